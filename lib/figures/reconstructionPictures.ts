// What a masked method makes of images, as pictures.

import type {Reconstruction} from '../methods/masked/reconstruction';
import {denormalize} from '../views/denormalize';
import type {NormalizeOptions} from '../views/normalize';
import {pictures, type Picture} from './pictures';

/** Pictures of n images at one ratio of masked patches. */
export type ReconstructionPictures = {ratio: number} & {readonly [name in keyof Reconstruction]: readonly Picture[]};

/**
 * @param ratio Share of the patches that were masked.
 * @param normalization Of the views: the data set's.
 * @param labels [n] what each image shows.
 */
/**
 * Originals, masked images, reconstructions and both pasted together as pictures, in [0, 1] again:
 * one ratio's part of a reconstruction figure.
 *
 * @param ratio Share of the patches that is hidden.
 * @param normalization Of the images, which is undone.
 * @param labels What each image shows. @default nothing
 */
export async function reconstructionPictures(
  ratio: number,
  {original, masked, reconstruction, pasted}: Reconstruction,
  normalization: NormalizeOptions,
  labels?: readonly string[],
): Promise<ReconstructionPictures> {
  const undo = denormalize(normalization);
  const of = async (images: Reconstruction['original']) => {
    const shown = undo(images);
    try {
      return await pictures(shown, labels);
    } finally {
      shown.dispose();
    }
  };
  return {
    ratio,
    original: await of(original),
    masked: await of(masked),
    reconstruction: await of(reconstruction),
    pasted: await of(pasted),
  };
}
