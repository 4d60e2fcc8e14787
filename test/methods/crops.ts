// Crops for the methods that see several of each image, made by both languages; see
// test/reference/clusterMethods.py.

import {tf} from '../../lib/engine/tf';
import type {Backbone, Method, Params} from '../../lib/module';
import type {MultiCrop} from '../../lib/views/sources/multiCrop';
import type {TwoViews} from '../../lib/views/sources/twoViews';
import {hashed} from '../reference/hashed';

export const weight = (name: string, shape: number[], scale = 0.5) => tf.tensor(hashed(name, shape, scale), shape);

/** Six images: two crops of 4 × 4 and some of 2 × 2, of twelve channels. */
export function crops(local: number): MultiCrop {
  const crop = (name: string, side: number) => weight(name, [6, side, side, 12], 3) as tf.Tensor4D;
  return {
    global: [crop('first', 4), crop('second', 4)],
    local: Array.from({length: local}, (_, i) => crop(`local${i}`, 2)),
    index: tf.range(0, 6, 1, 'int32'),
  };
}

/**
 * The smallest backbone that takes crops of any size: the mean over an image's positions, without
 * parameters.
 */
export const positionsMean = (width: number): Backbone => ({
  width,
  init: () => ({}),
  apply: (_params, images) => images.mean([1, 2]) as tf.Tensor2D,
});

/** The same method on two views: global crops of them, and the middle of each as a local crop. */
export function onTwoViews<P extends Params, S extends Params, O extends Params>(
  method: Method<MultiCrop, P, S, O>,
): Method<TwoViews, P, S, O> {
  const middle = (images: tf.Tensor4D) => images.slice([0, 2, 2, 0], [-1, 4, 4, -1]);
  return {
    ...method,
    loss: (params, {first, second, index}, state, step) =>
      method.loss(params, {global: [first, second], local: [middle(first), middle(second)], index}, state, step),
  };
}
