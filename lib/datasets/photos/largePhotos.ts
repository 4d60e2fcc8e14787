// Six of the old photographs as a whole, in gray, 1,024 px on their longer side.

import sharp from 'sharp';
import {check} from '../../check';
import {largeImages, type LargeArea, type LargeImages} from '../largeImages';
import {photoChecksum, photoFile, photographs} from './photoSources';

/** Edges of the prints that are left out, as in the photo patches. */
const margin = 12;

/**
 * Plants before bare paper: of places of 64 px in these two, 59 % and 61 % show next to nothing but
 * paper, in the others 0 to 36 %.
 */
const bare = ['acanthus-mollis', 'allium-oreophilum'];

const heldOut = ['black-canyon', 'nagasaki-boats'];

/**
 * Loads four photographs for pre-training and two that are held out; needs no download. In gray, as
 * the photo patches: the tint of a paper would tell the print.
 */
export async function largePhotos(): Promise<LargeImages> {
  const shown = photographs.filter(photograph => !bare.includes(photograph.package));
  const images = await Promise.all(
    shown.map(async photograph => {
      const {
        data,
        info: {height, width, channels},
      } = await sharp(photoFile(photograph)).greyscale().raw().toBuffer({resolveWithObject: true});
      check(channels === 1, 'largePhotos', `expected one channel of ${photograph.title}, got ${channels}`);
      return {
        name: photograph.title,
        pixels: Uint8Array.from({length: data.length * 3}, (_, i) => data[Math.floor(i / 3)]!),
        height,
        width,
      };
    }),
  );
  const areas: LargeArea[] = images.map(({height, width}, image) => ({
    image,
    top: margin,
    left: margin,
    height: height - 2 * margin,
    width: width - 2 * margin,
  }));
  const isHeldOut = (image: number) => heldOut.includes(shown[image]!.package);
  return largeImages({
    name: 'large-photos',
    images,
    areas: {pretrain: areas.filter(({image}) => !isHeldOut(image)), test: areas.filter(({image}) => isHeldOut(image))},
    license: 'CC0-1.0',
    credit:
      `Photographs by ${[...new Set(shown.map(({by}) => by))].join(', ')}; digital images courtesy of the ` +
      `Getty's Open Content Program`,
    checksum: photoChecksum(),
  });
}
