// Textures of scenes: patches of the photographs and of the Earth, each on one side of the split, as
// they are in their own data sets.

import {createHash} from 'node:crypto';
import {check} from '../../check';
import {texture, type Texture} from '../../scenes/texture';
import {earth} from '../earth/earth';
import type {LoadedDataset} from '../dataset';
import {photos} from '../photos/photos';
import {dataFolder} from '../files/folder';
import type {RenderedOptions} from '../rendered';
import type {Side} from '../sides';

/** All textures in one list, the numbers of those that each side may use, and where they are from. */
export interface SceneTextures {
  textures: Texture[];
  sides: Record<Side, number[]>;
  license: string;
  credit: string;
  /** SHA-256 over those of the sources. */
  checksum: string;
}

const SIDE = 64;
/** Of each data set and side, at most. */
const MOST = 240;

/**
 * Patches that are bright and rich enough to be seen on a small object: oceans and the night of old
 * prints are left out. Of those that remain, evenly many over the whole list.
 *
 * @param options `folder`, `log`: as those of the data sets.
 */
export function sceneTextures({
  folder = dataFolder(),
  ...options
}: Omit<RenderedOptions, 'size'> = {}): Promise<SceneTextures> {
  const known = loaded.get(folder) ?? load({folder, ...options});
  loaded.set(folder, known);
  known.catch(() => loaded.delete(folder)); // the caller has the error; the next call tries again
  return known;
}

/** By their folder: 30 MB, read and chosen in two seconds. */
const loaded = new Map<string, Promise<SceneTextures>>();

async function load(options: Omit<RenderedOptions, 'size'>): Promise<SceneTextures> {
  const sources = [await photos({...options, size: SIDE}), await earth({...options, size: SIDE})];
  const made: SceneTextures = {
    textures: [],
    sides: {train: [], validation: [], test: []},
    license: sources.map(({license}) => license).join('; '),
    credit: `Textures: ${sources.map(({credit}) => credit).join('; ')}`,
    checksum: createHash('sha256')
      .update(sources.map(({checksum}) => checksum).join())
      .digest('hex'),
  };
  for (const source of sources)
    for (const side of ['train', 'validation', 'test'] as const) {
      const good = [...source.splits[side]].filter(i => isRich(patchOf(source, i)));
      const count = Math.min(MOST, good.length);
      for (let i = 0; i < count; i++) {
        made.sides[side].push(made.textures.length);
        made.textures.push(texture(patchOf(source, good[Math.floor((i * good.length) / count)]!), SIDE));
      }
    }
  checkSides(made.sides);
  return made;
}

/** @throws RangeError when a texture is of two sides: an encoder would know it from its training. */
export function checkSides(sides: Readonly<Record<string, readonly number[]>>): void {
  const owner = new Map<number, string>();
  for (const [side, numbers] of Object.entries(sides))
    for (const number of new Set(numbers)) {
      const other = owner.get(number);
      check(
        other === undefined,
        'sceneTextures',
        `expected textures of one side each, got ${number} in ${other} and ${side}`,
      );
      owner.set(number, side);
    }
}

const patchOf = ({images}: LoadedDataset, i: number) => images.subarray(i * SIDE * SIDE * 3, (i + 1) * SIDE * SIDE * 3);

function isRich(patch: Uint8Array): boolean {
  let [sum, squares] = [0, 0];
  for (const value of patch) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / patch.length;
  return mean > 80 && squares / patch.length - mean ** 2 > 15 ** 2;
}
