// Drawn scenes: two to seven objects in a room or on open ground, with what each pixel shows, how far
// away it is and how it is inclined.

import path from 'node:path';
import {check, whole} from '../../check';
import {macrotask} from '../../macrotask';
import {categoryNames} from '../../scenes/categories';
import {drawScene} from '../../scenes/drawScene';
import {randomScene} from '../../scenes/randomScene';
import type {Scene} from '../../scenes/scene';
import {owners} from '../../scenes/surfaces';
import {channelStatistics} from '../channelStatistics';
import {range, type LoadedDataset} from '../dataset';
import {dataFolder} from '../files/folder';
import type {Side} from '../sides';
import {sceneTextures} from './sceneTextures';

const sides = ['train', 'validation', 'test'] as const satisfies Side[];

/** So many seeds belong to a side. */
const SEEDS = 2 ** 24;

/** What a pixel can show: the surroundings, then the objects' categories. */
export const sceneClasses: readonly string[] = ['sky', 'ground', 'wall', ...categoryNames];

/** What is known of each pixel, image after image, [n, h, w]. */
export interface SceneChannels {
  /** Number in {@link sceneClasses}. */
  semantic: Uint8Array;
  /** 0 where there is no object, else its number in the scene + 1. */
  instance: Uint8Array;
  /** Along the camera's axis; Infinity in the sky. */
  depth: Float32Array;
  /** [n, h, w, 3] of length 1, toward the camera; 0 in the sky: see drawScene. */
  normal: Float32Array;
}

/** Scenes have no label of their own: `labels` are −1. */
export interface SceneImages extends LoadedDataset {
  /** As plain data; `sceneAt` gives their other frames. */
  scenes: readonly Scene[];
  channels: SceneChannels;
}

/** Options of {@link scenes}. */
export interface ScenesOptions {
  /** Side in pixels, at least 16. @default 64 */
  size?: number;
  /** Scenes of each side. @default 4,000 for training, 500 for validation, 500 for the test */
  images?: Record<Side, number>;
  /** Where the textures' data sets lie. @default data/ of the project */
  folder?: string;
  /** Is told when the textures are prepared. @default console.log */
  log?: (line: string) => void;
}

/**
 * Draws scenes into memory: 4 ms each at 64 px, 17 bytes a pixel more than the image's three. The
 * sides have their own seeds and textures; the first scenes of a side are the same whatever their
 * number.
 *
 * @throws RangeError when the size is below 16 or a side has no scene.
 *
 * @example
 * ```ts
 * import {scenes, sceneClasses} from 'ssl-workbench';
 * const {channels, shape} = await scenes({images: {train: 8, validation: 2, test: 2}});
 * console.log(shape, sceneClasses[channels.semantic[0]!]);
 * ```
 */
export async function scenes({
  size = 64,
  images: of = {train: 4000, validation: 500, test: 500},
  folder = dataFolder(),
  log = console.log,
}: ScenesOptions = {}): Promise<SceneImages> {
  check(Number.isInteger(size) && size >= 16, 'scenes', `expected a size of at least 16 whole pixels, got ${size}`);
  for (const side of sides) whole('scenes', `images for ${side}`, of[side]);
  const {textures, sides: ofSide, ...source} = await sceneTextures({folder, log});
  const list = sides.flatMap((side, s) =>
    Array.from({length: of[side]}, (_, i) => randomScene(s * SEEDS + i, {textures: ofSide[side]})),
  );
  const shape = [list.length, size, size, 3] as const;
  const area = size * size;
  const images = new Uint8Array(list.length * area * 3);
  const channels: SceneChannels = {
    semantic: new Uint8Array(list.length * area),
    instance: new Uint8Array(list.length * area),
    depth: new Float32Array(list.length * area),
    normal: new Float32Array(list.length * area * 3),
  };
  for (const [i, scene] of list.entries()) {
    const {image, owner, depth, normal} = drawScene(scene, {size, textures});
    images.set(image, i * area * 3);
    channels.depth.set(depth, i * area);
    channels.normal.set(normal, i * area * 3);
    channels.instance.set(
      owner.map(value => Math.max(0, value + 1)),
      i * area,
    );
    channels.semantic.set(semanticOf(scene, owner), i * area);
    if (i % 50 === 0) await macrotask();
  }
  const pretrain = range(0, of.train + of.validation);
  return {
    name: `scenes-${size}`,
    images,
    shape,
    labels: new Int32Array(list.length).fill(-1),
    classes: [],
    splits: {
      pretrain,
      train: range(0, of.train),
      validation: range(of.train, pretrain.length),
      test: range(pretrain.length, list.length),
    },
    scenes: list,
    channels,
    ...channelStatistics(images, shape, pretrain),
    ...source,
    origin: {loader: 'scenes', options: {folder: path.resolve(folder), size, images: of}},
  };
}

/** Numbers in {@link sceneClasses}. */
function semanticOf({objects}: Scene, owner: Int16Array): Uint8Array {
  const ofObject = objects.map(({category}) => sceneClasses.indexOf(category));
  const around = {[owners.sky]: 0, [owners.ground]: 1, [owners.wall]: 2};
  return Uint8Array.from(owner, value => (value < 0 ? around[value as keyof typeof around] : ofObject[value]!));
}
