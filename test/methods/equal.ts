// Asserts that a compiled training gives the numbers of the same training run eagerly, and that
// neither holds more tensors with every step.

import assert from 'node:assert/strict';
import {smallConv} from '../../lib/backbones/smallConv';
import {tf} from '../../lib/engine/tf';
import type {Params} from '../../lib/module';
import {leaves} from '../../lib/engine/params';
import {train} from '../../lib/training/train';
import {disposeState, openTraining, type Task} from '../../lib/training/training';
import {close} from '../close';

/** The smallest backbone that learns. */
export const tinyBackbone = () => smallConv({width: 16});

/**
 * Step 1 to 1e-5, the losses of all steps to 1e-4, what the parameters and the method's state are
 * then to 1e-3.
 * @param task A new one at each call.
 */
export async function compiledEqualsEager<Batch, P extends Params, S extends Params, O extends Params>(
  task: () => Task<Batch, P, S, O>,
  steps = 10,
): Promise<void> {
  const [graph, eager] = [await trained(task(), steps, false), await trained(task(), steps, true)];
  close(graph.losses.slice(0, 1), eager.losses.slice(0, 1), 1e-5);
  close(graph.losses, eager.losses, 1e-4);
  close(graph.values, eager.values, 1e-3);
}

async function trained<Batch, P extends Params, S extends Params, O extends Params>(
  task: Task<Batch, P, S, O>,
  steps: number,
  eager: boolean,
) {
  const training = openTraining(task, {eager});
  const losses: number[] = [];
  const held: number[] = [];
  for await (const {loss} of train(task, training)) {
    held.push(tf.memory().numTensors);
    if (losses.push(loss) === steps) break;
  }
  assert.deepEqual(
    [...new Set(held.slice(1))],
    [held[1]],
    `tensors held after each ${eager ? 'eager' : 'compiled'} step: ${held.join(' ')}`,
  );
  const end = training.read();
  const values = leaves({params: end.params, state: end.state}).flatMap(([, tensor]) => [...tensor.dataSync()]);
  disposeState(end);
  training.dispose();
  task.source.dispose();
  return {losses, values};
}
