// The batch of masked image modeling: one random view of each image, and which of its patches are
// hidden.

import type {tf} from '../../engine/tf';
import type {Masks, MaskStrategy} from '../../masks/masks';
import type {Source} from '../../module';
import {oneView} from './oneView';
import type {TwoViewsOptions} from './twoViews';
import {withMasks} from './withMasks';

/** Row i of all is of the same image; `index` [n] is its place in the split. */
export type MaskedView<M extends Masks = Masks> = {view: tf.Tensor4D; masks: M; index: tf.Tensor1D};

/** Options of {@link maskedView}. */
export interface MaskedViewOptions<Inputs extends Record<string, tf.Tensor>, M extends Masks> extends TwoViewsOptions {
  /**
   * Draws on the host or on the device, and may look at the view. One that needs a teacher's
   * attention is for a method to call.
   */
  mask: MaskStrategy<Inputs, M>;
}

/**
 * The view of `oneView`, the same for the same key, with a mask for each image.
 *
 * @throws RangeError when the split is empty; when the patches of the mask's grid do not divide the
 * view.
 */
export function maskedView<Inputs extends Record<string, tf.Tensor>, M extends Masks>({
  mask,
  ...options
}: MaskedViewOptions<Inputs, M>): Source<MaskedView<M>, Omit<Inputs, 'view'>> {
  return withMasks(oneView(options), {mask, count: 1, views: ({view}) => [view], caller: 'maskedView'});
}
