// The batch of methods that hide parts of several crops of an image: crops of two sizes, and masks
// of the large ones. Zhou et al. 2022 (iBOT), arXiv:2111.07832, sec. 3.2; Assran et al. 2022 (MSN),
// arXiv:2204.07141, sec. 3.

import type {tf} from '../../engine/tf';
import type {Masks, MaskStrategy} from '../../masks/masks';
import type {Source} from '../../module';
import {multiCrop, type MultiCrop, type MultiCropOptions} from './multiCrop';
import {withMasks} from './withMasks';

/** `masks` are those of the g global crops, [g·n, …], crop by crop. */
export type MaskedCrops<M extends Masks = Masks> = MultiCrop & {masks: M};

/** Options of {@link maskedCrops}. */
export interface MaskedCropsOptions<
  Inputs extends Record<string, tf.Tensor>,
  M extends Masks,
> extends MultiCropOptions {
  /**
   * Draws on the host or on the device, and may look at the views. One that needs a teacher's
   * attention is for a method to call.
   */
  mask: MaskStrategy<Inputs, M>;
}

/**
 * The crops of {@link multiCrop}, the same for the same key, each global one with a mask of its
 * own.
 *
 * @throws RangeError as {@link multiCrop}, and when the patches of the mask's grid do not divide
 * the global crops.
 */
export function maskedCrops<Inputs extends Record<string, tf.Tensor>, M extends Masks>({
  mask,
  ...options
}: MaskedCropsOptions<Inputs, M>): Source<MaskedCrops<M>, Omit<Inputs, 'view'>> {
  return withMasks(multiCrop(options), {
    mask,
    count: options.recipe.global.length,
    views: ({global}) => global,
    caller: 'maskedCrops',
  });
}
