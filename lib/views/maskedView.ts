// The batch of masked image modelling: one random view of each image, and which of its patches are hidden.

import {check} from '../check';
import {imageSource} from '../datasets/imageSource';
import type {InputType} from '../engine/compile';
import {fold} from '../engine/random';
import {tf} from '../engine/tf';
import type {Masks, MaskStrategy} from '../masks/masks';
import type {Source} from '../module';
import type {TwoViewsOptions} from './twoViews';

/** Row i of all is of the same image; `index` [n] is its place in the split. */
export type MaskedView<M extends Masks = Masks> = {view: tf.Tensor4D; masks: M; index: tf.Tensor1D};

export interface MaskedViewOptions<Inputs extends Record<string, tf.Tensor>, M extends Masks> extends TwoViewsOptions {
  /** Draws on the host or on the device. One that needs a teacher's attention is for a method to call. */
  mask: MaskStrategy<Inputs, M>;
}

/**
 * The view of `oneView`, the same for the same key, with a mask for each image.
 *
 * @throws RangeError when the split is empty; when the patches of the mask's grid do not divide the view.
 */
export function maskedView<Inputs extends Record<string, tf.Tensor>, M extends Masks>({recipe, mask, ...options}: MaskedViewOptions<Inputs, M>): Source<MaskedView<M>, Inputs> {
  const {host, ...source} = imageSource(options) as Source<tf.Tensor4D, Inputs>;
  const {grid: [rows, columns], host: drawn} = mask;
  return {
    ...source,
    ...((host || drawn) && {
      host: {
        inputs: {...host?.inputs, ...drawn?.inputs} as {[name in keyof Inputs]: InputType},
        draw: async (indices, seed, options) => ({...await host?.draw(indices, seed, options), ...drawn?.draw(indices.length, seed)} as Inputs),
      },
    }),
    batch: (index, key, inputs) => tf.tidy(() => {
      const view = recipe.first(source.batch(index, key, inputs), key);
      const [n, h, w] = view.shape;
      check(h % rows === 0 && w % columns === 0, 'maskedView', `expected views that a grid of ${rows} × ${columns} patches divides, got ${h} × ${w} pixels: take a grid of the view's size over the patch's`);
      return {view, masks: mask.draw(fold(key, 'masks'), n, inputs), index: index.clone()};
    }),
  };
}
