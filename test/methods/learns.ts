// An easy set that a method must get better at: 64 images of noise, seen with a little more noise.

import assert from 'node:assert/strict';
import {key, normal, uniform} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import type {Method, Params, Source} from '../../lib/module';
import {adamW} from '../../lib/training/adamW';
import {constant} from '../../lib/schedules';
import {train} from '../../lib/training/train';
import {openTraining} from '../../lib/training/training';

type Batch = {first: tf.Tensor4D; second: tf.Tensor4D; view: tf.Tensor4D; index: tf.Tensor1D};

export function noisyImages(): Source<Batch> {
  const images = uniform(key(9), [64, 8, 8, 3]);
  const noisy = (indices: tf.Tensor1D, seed: tf.Tensor1D) =>
    images.gather(indices).add(normal(seed, [indices.shape[0], 8, 8, 3]).mul(0.1)) as tf.Tensor4D;
  return {
    size: 64,
    batch(index, stepKey) {
      const first = noisy(index, stepKey);
      return {first, view: first, second: noisy(index, stepKey.add(tf.scalar(1, 'int32')) as tf.Tensor1D), index};
    },
    dispose() {},
  };
}

/** @param nats By how much the mean loss of four steps must fall. */
export async function learns<P extends Params, S extends Params, O extends Params>(
  method: Method<Batch, P, S, O>,
  nats: number,
): Promise<void> {
  const task = {
    method,
    source: noisyImages(),
    optimizer: adamW(),
    schedule: constant(1e-2),
    epochs: 40,
    batch: 32,
    seed: 1,
  };
  const training = openTraining(task);
  const losses = [];
  for await (const {loss} of train(task, training)) losses.push(loss);
  const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  assert.ok(
    mean(losses.slice(-4)) < mean(losses.slice(0, 4)) - nats,
    `from ${mean(losses.slice(0, 4))} to ${mean(losses.slice(-4))} nats`,
  );
  training.dispose();
}
