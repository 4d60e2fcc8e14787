// An easy set that a method must learn, and on which a broken one shows its collapse: 128 images
// that are a mixture of four patterns each, under eight other, stronger patterns that every view
// draws anew.

import {collapseLevel} from '../../../lib/analysis/collapseLevel';
import {participationRatio} from '../../../lib/analysis/participationRatio';
import {key, normal, split} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {mlp} from '../../../lib/layers/mlp';
import {unit} from '../../../lib/layers/unit';
import type {Backbone, Key, Method, Params, Source} from '../../../lib/module';
import {warmupCosine} from '../../../lib/schedules';
import {adamW} from '../../../lib/training/adamW';
import {train} from '../../../lib/training/train';
import {disposeState, openTraining} from '../../../lib/training/training';
import type {TwoViews} from '../../../lib/views/sources/twoViews';

const [images, values] = [128, 8 * 8 * 3];

const network = mlp([values, 64, 32], {last: 'batchNorm'});
/** Two linear layers with BatchNorm on an image's values. */
export const dense: Backbone = {
  width: network.width,
  init: network.init,
  apply: (params, x, mode) => network.apply(params, x.reshape([x.shape[0], values]), mode),
};

const [a, b, c] = split(key(9), 3) as [Key, Key, Key];
const [own, others, mixtures] = [normal(a, [4, values]), normal(b, [8, values]), normal(c, [images, 4])];
const view = (indices: tf.Tensor1D, seed: Key) =>
  mixtures
    .gather(indices)
    .matMul(own)
    .add(normal(seed, [indices.shape[0], 8]).matMul(others).mul(1.5))
    .reshape([indices.shape[0], 8, 8, 3])
    .mul(0.3) as tf.Tensor4D;
const twoViews = (index: tf.Tensor1D, seed: Key): TwoViews => {
  const [first, second] = split(seed, 2).map(part => view(index, part));
  return {first: first!, second: second!, index};
};
/** The easy set. */
export const source: Source<TwoViews> = {size: images, batch: (index, seed) => twoViews(index, seed), dispose() {}};

/**
 * Trains for 240 steps.
 *
 * @returns Share of images whose other view is the nearest of all by the embedding, before and
 * after (by chance 1/128), the projections' collapse level and dimensions after, and the losses.
 */
export async function findsViews<P extends Params, S extends Params, O extends Params>(
  method: Method<TwoViews, P, S, O>,
  seed = 1,
): Promise<{before: number; after: number; collapse: number; dimensions: number; losses: number[]}> {
  const task = {
    method,
    source,
    optimizer: adamW({decay: 1e-4}),
    schedule: warmupCosine({peak: 3e-3, warmup: 0.1}),
    epochs: 120,
    batch: 64,
    seed,
  };
  const training = openTraining(task);
  const measured = () => {
    const {params, state, ...rest} = training.read();
    const result = tf.tidy(() => {
      const {first, second} = twoViews(tf.range(0, images, 1, 'int32'), key(77));
      const [x, y] = [first, second].map(batch => method.embed(params, state, batch, {}));
      const nearest = tf.matMul(unit(x!.embedding), unit(y!.embedding), false, true).argMax(1);
      return {
        found: nearest
          .equal(tf.range(0, images, 1, 'int32'))
          .mean()
          .dataSync()[0]!,
        collapse: collapseLevel(x!.projection!).dataSync()[0]!,
        dimensions: participationRatio(x!.projection!).dataSync()[0]!,
      };
    });
    disposeState({params, state, ...rest});
    return result;
  };
  try {
    const before = measured();
    const losses = [];
    for await (const {loss} of train(task, training)) losses.push(loss);
    const after = measured();
    return {before: before.found, after: after.found, collapse: after.collapse, dimensions: after.dimensions, losses};
  } finally {
    training.dispose();
  }
}
