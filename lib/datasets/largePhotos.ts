// The eight old photographs as a whole, in grey, about 1,024 px on their longer side.

import {check} from '../check';
import sharp from 'sharp';
import {largeImages, type LargeArea, type LargeImages} from './largeImages';
import {photoChecksum, photoFile, photographs} from './photoSources';

/** Edges of the prints that are left out, as in the photo patches. */
const margin = 12;

/** Every fourth is held out: the river of Black Canyon and the boats of Nagasaki. */
const heldOut = (photograph: number) => photograph % 4 === 3;

/** Loads six photographs for pre-training and two that are held out; needs no download. In grey, as the photo patches: the tint of a paper would tell the print. */
export async function largePhotos(): Promise<LargeImages> {
  const images = await Promise.all(photographs.map(async photograph => {
    const {data, info: {height, width, channels}} = await sharp(photoFile(photograph)).greyscale().raw().toBuffer({resolveWithObject: true});
    check(channels === 1, 'largePhotos', `expected one channel of ${photograph.title}, got ${channels}`);
    return {name: photograph.title, pixels: Uint8Array.from({length: data.length * 3}, (_, i) => data[Math.floor(i / 3)]!), height, width};
  }));
  const areas: LargeArea[] = images.map(({height, width}, image) => ({image, top: margin, left: margin, height: height - 2 * margin, width: width - 2 * margin}));
  return largeImages({
    name: 'large-photos', images, areas: {pretrain: areas.filter(({image}) => !heldOut(image)), test: areas.filter(({image}) => heldOut(image))},
    licence: 'CC0-1.0', credit: `Photographs by ${[...new Set(photographs.map(({by}) => by))].join(', ')}; digital images courtesy of the Getty's Open Content Program`,
    checksum: photoChecksum(),
  });
}
