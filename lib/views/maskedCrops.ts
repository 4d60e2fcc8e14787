// The batch of methods that hide parts of several crops of an image: crops of two sizes, and masks of the large ones.
// Zhou et al. 2022 (iBOT), arXiv:2111.07832, sec. 3.2; Assran et al. 2022 (MSN), arXiv:2204.07141, sec. 3.

import type {InputType} from '../engine/compile';
import {fold} from '../engine/random';
import {tf} from '../engine/tf';
import type {Masks, MaskStrategy} from '../masks/masks';
import type {Source} from '../module';
import {multiCrop, type MultiCrop, type MultiCropOptions} from './multiCrop';

/** `masks` are those of the g global crops, [g·n, …], crop by crop. */
export type MaskedCrops = MultiCrop & {masks: Masks};

export interface MaskedCropsOptions<Inputs extends Record<string, tf.Tensor> = {}> extends MultiCropOptions {
  mask: MaskStrategy<Inputs>;
}

/** The crops of {@link multiCrop}, the same for the same key, each global one with a mask of its own. */
export function maskedCrops<Inputs extends Record<string, tf.Tensor> = {}>({mask, ...options}: MaskedCropsOptions<Inputs>): Source<MaskedCrops, Inputs> {
  const {host, ...source} = multiCrop(options);
  const count = options.recipe.global.length;
  return {
    ...source,
    ...((host || mask.host) && {
      host: {
        inputs: {...host?.inputs, ...mask.host?.inputs} as {[name in keyof Inputs]: InputType},
        draw: async (indices: Int32Array, seed: number, options?: {signal?: AbortSignal}) => ({...await host?.draw(indices, seed, options), ...mask.host?.draw(count * indices.length, seed)} as Inputs),
      },
    }),
    batch: (index, key, inputs) => tf.tidy(() => {
      const crops = source.batch(index, key, inputs);
      return {...crops, masks: mask.draw(fold(key, 'masks'), count * index.shape[0], inputs)};
    }),
  };
}
