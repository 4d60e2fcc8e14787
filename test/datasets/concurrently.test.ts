import assert from 'node:assert/strict';
import {test} from 'node:test';
import {setImmediate} from 'node:timers/promises';
import {concurrently} from '../../lib/datasets/concurrently';

test('every job runs once, never more than the limit at a time', async () => {
  let [running, most] = [0, 0];
  const seen: number[] = [];
  await concurrently(20, 3, async i => {
    most = Math.max(most, ++running);
    await setImmediate();
    running--;
    seen.push(i);
  });
  assert.deepEqual(seen.sort((a, b) => a - b), Array.from({length: 20}, (_, i) => i));
  assert.equal(most, 3);
});

test('the first failure is thrown, and no further job starts', async () => {
  let started = 0;
  await assert.rejects(concurrently(1000, 2, async i => {
    started++;
    await setImmediate();
    if (i === 4) throw new Error('job 4');
  }), /job 4/);
  assert.ok(started < 10, `${started} jobs started`);
});
