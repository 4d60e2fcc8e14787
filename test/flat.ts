// Asserts that work leaves no tensor behind.

import assert from 'node:assert/strict';
import {tf} from '../lib/engine/tf';

/** Runs `work`; the number of tensors after it must be that before it plus `more`. */
export async function flat<T>(work: () => T | Promise<T>, more = 0): Promise<T> {
  const before = tf.memory().numTensors;
  const result = await work();
  assert.equal(tf.memory().numTensors - before, more, 'tensors left');
  return result;
}
