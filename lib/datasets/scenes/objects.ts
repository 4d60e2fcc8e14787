// Drawn objects: one object an image, in any place, turn, size, light and room. Labeled by category;
// every image has an instance of its own, and the sides of the split have their own textures.

import path from 'node:path';
import {check, whole} from '../../check';
import {macrotask} from '../../macrotask';
import {categoryNames} from '../../scenes/categories';
import {drawScene} from '../../scenes/drawScene';
import {randomObject, type ObjectDifficulty} from '../../scenes/randomScene';
import type {Scene} from '../../scenes/scene';
import {channelStatistics} from '../channelStatistics';
import {range, type LoadedDataset} from '../dataset';
import {dataFolder} from '../files/folder';
import {photoVersions} from '../photos/photoSources';
import {earthVersions} from '../earth/earthSources';
import {checkRenderedSize, halved, loadRendered, type RenderedOptions, type RenderedSet} from '../rendered';
import type {Side} from '../sides';
import {sceneTextures, type SceneTextures} from './sceneTextures';

const sides = ['train', 'validation', 'test'] as const satisfies Side[];

/** Images of each side. */
export type ObjectCounts = Record<Side, number>;

/**
 * So many for the test that the difference of two runs is known to a point: of two runs that
 * disagree on a third of the images to ±1.1.
 */
const counts: ObjectCounts = {train: 20_000, validation: 2500, test: 10_000};

/** So many seeds belong to a side. */
const SEEDS = 2 ** 24;

/** Options of {@link objects}. */
export interface ObjectsOptions extends RenderedOptions {
  /**
   * Images of each side, at most those that there are by default: the first ones, drawn anew at
   * every call and kept in memory, about 3 ms each.
   * @default 20,000 for training, 2,500 for validation, 10,000 for the test, drawn once into `folder`
   */
  images?: ObjectCounts;
}

/**
 * Chosen by what an encoder with labels has above HOG and above itself untrained: see data/README.md.
 */
const difficulty: ObjectDifficulty = {
  extent: [0.45, 0.8],
  shift: 0.25,
  elevation: [0.03, 0.12],
  clutter: 0,
  usual: 0.6,
  surfaces: 0.2,
};

/** The scene of an image, the i-th of a side. */
export function objectScene(side: Side, i: number, textures: readonly number[]): Scene {
  check(
    Number.isInteger(i) && i >= 0 && i < SEEDS,
    'objectScene',
    `expected an image from 0 to ${SEEDS - 1}, got ${i}`,
  );
  const category = categoryNames[i % categoryNames.length]!;
  return randomObject(sides.indexOf(side) * SEEDS + i, {category, textures, difficulty});
}

/** All images of 64 px, side after side. */
async function draw(
  {textures, sides: ofSide}: SceneTextures,
  of: ObjectCounts,
  progress: (line: () => string) => void,
): Promise<Uint8Array> {
  const n = total(of);
  const images = new Uint8Array(n * 64 * 64 * 3);
  let done = 0;
  for (const side of sides)
    for (let i = 0; i < of[side]; i++) {
      images.set(drawScene(objectScene(side, i, ofSide[side]), {size: 64, textures}).image, done * 64 * 64 * 3);
      if (++done % 50 > 0) continue;
      progress(() => `${done} of ${n} objects`);
      await macrotask();
    }
  return images;
}

const total = (of: ObjectCounts) => sides.reduce((sum, side) => sum + of[side], 0);

/** What the record keeps beside the images. */
type Facts = {counts: ObjectCounts; license: string; credit: string};

const rendered = (folder: string, log: (line: string) => void): RenderedSet<Facts> => ({
  name: 'objects',
  caller: 'objects',
  what: `${total(counts).toLocaleString('en')} objects`,
  recipe: 2,
  versions: () => ({...photoVersions(), ...earthVersions()}),
  count: facts => total(facts.counts),
  async render(progress) {
    const textures = await sceneTextures({folder, log});
    const {license, credit, checksum} = textures;
    return {images: await draw(textures, counts, progress), checksum, facts: {counts, license, credit}};
  },
});

/** The first images of each side, drawn into memory. */
async function drawn(of: ObjectCounts, {size, folder, log}: Required<RenderedOptions>) {
  const textures = await sceneTextures({folder, log});
  const images = await draw(textures, of, () => {});
  return {images: size === 64 ? images : halved(images), record: textures};
}

/**
 * Loads the drawn objects: 32,500 images of {@link categoryNames}, each category as often as any
 * other. Drawn first when they are missing: two minutes on one core, 499 MB.
 *
 * Images of the test show instances, places and lights of their own, on textures that no other side
 * has. Pre-training sees the sides for training and validation.
 *
 * @throws RangeError when the size is neither 32 nor 64, or a side has no image or more than there
 * are.
 *
 * @example
 * ```ts
 * import {objects} from 'ssl-workbench';
 * const {classes, splits} = await objects({images: {train: 64, validation: 16, test: 16}});
 * console.log(classes, splits.pretrain.length); // [ 'ball', 'crate', … ] 80
 * ```
 */
export async function objects({
  size = 32,
  images: asked,
  log = console.log,
  folder = dataFolder(),
}: ObjectsOptions = {}): Promise<LoadedDataset> {
  checkRenderedSize('objects', size);
  const of = asked ?? counts;
  for (const side of sides) {
    whole('objects', `images for ${side}`, of[side]);
    check(of[side] <= counts[side], 'objects', `expected at most ${counts[side]} images for ${side}, got ${of[side]}`);
  }
  const {
    images,
    record: {license, credit, checksum},
  } = asked ? await drawn(of, {size, folder, log}) : await loadRendered(rendered(folder, log), {size, log, folder});
  const n = total(of);
  const shape = [n, size, size, 3] as const;
  const pretrain = range(0, of.train + of.validation);
  // categories follow one another on each side
  const labels = Int32Array.from(
    sides.flatMap(side => Array.from({length: of[side]}, (_, i) => i % categoryNames.length)),
  );
  return {
    name: `objects-${size}`,
    images,
    shape,
    labels,
    classes: categoryNames,
    splits: {
      pretrain,
      train: range(0, of.train),
      validation: range(of.train, pretrain.length),
      test: range(pretrain.length, n),
    },
    families: range(0, n),
    captions: Array.from(labels, label => categoryNames[label]!),
    ...channelStatistics(images, shape, pretrain),
    license,
    credit,
    checksum,
    origin: {loader: 'objects', options: {folder: path.resolve(folder), size, ...(asked && {images: asked})}},
  };
}
