// Images that a masked method can learn to complete: 64 planes of color of 16 × 16 pixels, which
// two of their patches would determine.

import assert from 'node:assert/strict';
import {key, normal, split} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {blockMask} from '../../../lib/masks/blockMask';
import {drawMasks} from '../../../lib/masks/drawMasks';
import {foldMask} from '../../../lib/masks/foldMask';
import type {Masks, MaskStrategy} from '../../../lib/masks/masks';
import {multiBlockMask} from '../../../lib/masks/multiBlockMask';
import type {Method, Params, Source} from '../../../lib/module';
import {map} from '../../../lib/engine/params';
import {constant} from '../../../lib/schedules';
import {adamW} from '../../../lib/training/adamW';
import {train} from '../../../lib/training/train';
import {disposeState, openTraining} from '../../../lib/training/training';
import {type MaskedView, maskedView} from '../../../lib/views/sources/maskedView';
import {normalize} from '../../../lib/views/normalize';
import {oneView} from '../../../lib/views/sources/oneView';
import {tinyDataset} from '../../study/tinyDataset';
import {step} from '../step';

const side = 16;
const n = 64;

function planes(): Uint8Array {
  return tf.tidy(() => {
    const [level, across, down] = split(key(7), 3).map(at => normal(at, [n, 1, 1, 3]));
    const along = tf
      .range(0, side)
      .div((side - 1) / 2)
      .sub(1); // −1 to 1
    const values = level!.add(across!.mul(along.reshape([1, side, 1]))).add(down!.mul(along.reshape([side, 1, 1])));
    return Uint8Array.from(values.mul(50).add(127.5).clipByValue(0, 255).dataSync());
  });
}

const tiny = tinyDataset(side);
const dataset = {
  ...tiny,
  name: 'planes',
  images: planes(),
  shape: [n, side, side, 3] as const,
  splits: {...tiny.splits, pretrain: Int32Array.from({length: n}, (_, i) => i)},
};
const recipe = {first: normalize(dataset), second: normalize(dataset)};

const grid = [4, 4] as const;
export const blocks = blockMask({grid, ratio: 0.5, minimum: 2});
export const folds = foldMask({grid});
export const multiBlock = multiBlockMask({grid, targets: 2, targetScale: [0.25, 0.4]});

/** Whatever the strategy feeds from the host is the source's own business. */
export const planeViews = <I extends Record<string, tf.Tensor>, M extends Masks>(mask: MaskStrategy<I, M>) =>
  maskedView({dataset, recipe, mask}) as unknown as Source<MaskedView<M>>;

/**
 * Trains, and asserts that predictions come to fit the targets of their own image better than those
 * of the next one under the same mask, while targets of different images stay apart.
 *
 * @param ratio What the one distance must be of the other; 1 at chance.
 * @param epochs Of two steps.
 * @param apart What the variance of target values over images must be.
 */
export async function completesPlanes<
  I extends Record<string, tf.Tensor>,
  M extends Masks,
  P extends Params,
  S extends Params,
  O extends {prediction: tf.Tensor3D; target: tf.Tensor3D},
>(
  method: Method<MaskedView<M>, P, S, O>,
  mask: MaskStrategy<I, M>,
  {ratio, epochs, apart = 0.1}: {ratio: number; epochs: number; apart?: number},
): Promise<void> {
  const [source, images] = [planeViews(mask), oneView({dataset, recipe})];
  const task = {method, source, optimizer: adamW(), schedule: constant(1e-3), epochs, batch: 32, seed: 1};
  const training = openTraining(task);
  const masks = map(drawMasks(mask, 1, 5), tensor => tensor.tile([32, ...tensor.shape.slice(1).map(() => 1)]));
  const measured = () => {
    const at = training.read();
    const result = tf.tidy(() => {
      const batch = {...images.batch(tf.range(0, 32, 1, 'int32'), key(3), {}), masks};
      const {prediction, target} = method.loss(at.params, batch, at.state, step()).outputs;
      const rows = target.shape[0] / 32; // of an image
      const next = tf.concat([target.slice(rows), target.slice(0, rows)]);
      const distance = (other: tf.Tensor) => prediction.sub(other).square().mean().dataSync()[0]!;
      const flat = target.reshape([32, -1]);
      return {ratio: distance(target) / distance(next), apart: flat.sub(flat.mean(0)).square().mean().dataSync()[0]!};
    });
    disposeState(at);
    return result;
  };
  const before = measured();
  for await (const _ of train(task, training));
  const after = measured();
  training.dispose();
  source.dispose();
  images.dispose();
  tf.dispose(masks);
  assert.ok(before.ratio > 0.9 && after.ratio < ratio && after.apart > apart, JSON.stringify({before, after}));
}
