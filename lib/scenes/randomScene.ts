// Scenes at random: several objects in a room or on open ground, or one object as the label of its
// picture.

import {check, whole} from '../check';
import {categories, categoryNames, type CategoryName} from './categories';
import {between, pick, random, type Random} from './random';
import {groundHalf, type Color, type Material, type Scene, type SceneObject} from './scene';
import {anyLook, usualMaterials, type Look} from './usualMaterials';

/** What scenes are drawn from: each side of a split has its own. */
export interface SceneSide {
  /** Numbers of the textures. @default all that there are */
  textures: number | readonly number[];
}

/** Options of {@link randomScene}. */
export interface RandomSceneOptions extends SceneSide {
  /** Objects, or between which numbers of them. @default [2, 7] */
  objects?: number | readonly [least: number, most: number];
}

/** A color of hue, saturation and value, each 0 to 1. */
export function colorOf(hue: number, saturation: number, value: number): Color {
  const channel = (n: number) => {
    const k = (n + hue * 6) % 6;
    return value - value * saturation * Math.max(0, Math.min(k, 4 - k, 1));
  };
  return [channel(5), channel(3), channel(1)];
}

const textureNumbers = ({textures}: SceneSide) =>
  typeof textures === 'number' ? Array.from({length: textures}, (_, i) => i) : textures;

/** A material that looks like this. */
function material(
  r: Random,
  textures: readonly number[],
  {hue, saturation, value, textured}: Look,
  repeat: number,
): Material {
  const has = r() < textured && textures.length > 0;
  return {
    color: colorOf(between(r, ...hue), between(r, ...saturation), between(r, ...value)),
    texture: has ? pick(r, textures) : null,
    repeat,
  };
}

/**
 * An object of a category, its proportions and materials at random, where it is put.
 *
 * @param usual Probability that it is made of what its category usually is.
 */
function object(
  r: Random,
  category: CategoryName,
  textures: readonly number[],
  usual: number,
  place: Pick<SceneObject, 'at' | 'scale' | 'motion'>,
): SceneObject {
  const looks = r() < usual ? usualMaterials[category] : [anyLook, anyLook, anyLook];
  // whole repeats, so that a texture closes around a solid of revolution
  const surface = (i: 0 | 1 | 2) => material(r, textures, looks[i], pick(r, [1, 2]));
  return {
    category,
    shape: categories[category].proportions.map(() => r()),
    materials: [surface(0), surface(1), surface(2)],
    turn: r(),
    ...place,
  };
}

/**
 * Light, ground, walls and sky at random.
 *
 * @param textured Share of the grounds that have a texture; of the walls, seven tenths of it.
 */
function surroundings(r: Random, textures: readonly number[], textured: number): Omit<Scene, 'objects' | 'camera'> {
  const plain = {hue: [0, 1], saturation: [0.1, 0.5], value: [0.6, 1.1]} as const;
  const ground = material(r, textures, {...plain, textured}, between(r, 0.3, 0.8));
  const walls = material(r, textures, {...plain, textured: 0.7 * textured}, between(r, 0.2, 0.6));
  return {
    light: {around: r(), elevation: between(r, 0.1, 0.19)},
    ground,
    walls: r() < OUTDOORS ? null : walls,
    sky: {
      horizon: colorOf(between(r, 0.5, 0.7), between(r, 0, 0.15), between(r, 0.8, 0.95)),
      zenith: colorOf(between(r, 0.53, 0.67), between(r, 0.3, 0.6), between(r, 0.7, 0.95)),
    },
  };
}

/** Share of the scenes on open ground. */
const OUTDOORS = 0.35;

/** Half of the square on which objects of a scene stand. */
const within = 2.2;

/**
 * Several objects that do not stand in one another, seen from above the horizon; all of them and the
 * camera move from frame to frame, see `sceneAt`.
 *
 * @param seed The same seed gives the same scene.
 * @throws RangeError when there is no object, or the most objects are fewer than the least.
 */
export function randomScene(seed: number, {textures, objects = [2, 7]}: RandomSceneOptions): Scene {
  const [least, most] = typeof objects === 'number' ? [objects, objects] : objects;
  whole('randomScene', 'objects', least);
  check(most >= least, 'randomScene', `expected from few objects to more, got ${least} to ${most}`);
  const r = random(seed, 1);
  const numbers = textureNumbers({textures});
  const made: SceneObject[] = [];
  for (let left = least + Math.floor(r() * (most - least + 1)); left > 0; left--) {
    const scale = between(r, 0.7, 1.4);
    const free = ([x, z]: readonly [number, number]) =>
      made.every(({at, scale: other}) => (at[0] - x) ** 2 + (at[1] - z) ** 2 > (0.48 * (scale + other)) ** 2);
    const somewhere = () => [between(r, -within, within), between(r, -within, within)] as const;
    let at = somewhere();
    for (let tries = 0; tries < 20 && !free(at); tries++) at = somewhere();
    made.push(
      object(r, pick(r, categoryNames), numbers, 0, {
        at,
        scale,
        motion: {
          velocity: [between(r, -0.06, 0.06), between(r, -0.06, 0.06)],
          spin: between(r, -0.02, 0.02),
        },
      }),
    );
  }
  return {
    objects: made,
    camera: {
      target: [between(r, -0.5, 0.5), 0.35, between(r, -0.5, 0.5)],
      distance: between(r, 3.2, 4.2),
      around: r(),
      elevation: between(r, 0.04, 0.12),
      focal: between(r, 1.5, 2),
      orbit: 0.003,
    },
    ...surroundings(r, numbers, 1),
  };
}

/** How hard {@link randomObject} makes it to tell the category. */
export interface ObjectDifficulty {
  /** Share of the image's width that an object of height 1 takes, from and to. */
  extent: readonly [low: number, high: number];
  /** How far from the middle it may stand, in shares of the image's width. */
  shift: number;
  /** Elevation of the camera, in shares of a turn, from and to. */
  elevation: readonly [low: number, high: number];
  /** Other objects around it, smaller and farther away, at most. */
  clutter: number;
  /** Share of the objects that are made of what their category usually is: see `usualMaterials`. */
  usual: number;
  /** Share of the grounds that have a texture; of the walls, seven tenths of it. */
  surfaces: number;
}

/** Options of {@link randomObject}. */
export interface RandomObjectOptions extends SceneSide {
  category: CategoryName;
  difficulty: ObjectDifficulty;
}

/**
 * One object, the category of which is the picture's label: anywhere near the middle, of any turn,
 * size and light, in any room.
 *
 * @param seed The same seed gives the same picture.
 * @throws RangeError when a share is not from 0 to 1.
 */
export function randomObject(
  seed: number,
  {textures, category, difficulty: {extent, shift, elevation, clutter, usual, surfaces}}: RandomObjectOptions,
): Scene {
  for (const [name, share] of Object.entries({usual, surfaces}))
    check(share >= 0 && share <= 1, 'randomObject', `expected ${name} from 0 to 1, got ${share}`);
  const r = random(seed, 2);
  const numbers = textureNumbers({textures});
  const around = r();
  const focal = between(r, 1.6, 2.2);
  // an object of height 1 in the middle takes focal / 2 / distance of the image's width
  const distance = focal / 2 / between(r, extent[0], extent[1]);
  const span = (2 * distance) / focal;
  const at = [between(r, -0.6, 0.6), between(r, -0.6, 0.6)] as const;
  const main = object(r, category, numbers, usual, {at, scale: between(r, 0.9, 1.1)});
  const others = Array.from({length: Math.floor(r() * (clutter + 1))}, () => {
    let place = at;
    for (let tries = 0; tries < 20 && (place[0] - at[0]) ** 2 + (place[1] - at[1]) ** 2 < 1; tries++)
      place = [between(r, -within, within), between(r, -within, within)];
    return object(r, pick(r, categoryNames), numbers, usual, {at: place, scale: between(r, 0.3, 0.5)});
  });
  return {
    objects: [main, ...others],
    camera: {
      target: [
        at[0] + between(r, -shift, shift) * span,
        0.5 + between(r, -shift, shift) * span,
        at[1] + between(r, -shift, shift) * span,
      ],
      distance: Math.min(distance, groundHalf - 1.2),
      around,
      elevation: between(r, elevation[0], elevation[1]),
      focal,
    },
    ...surroundings(r, numbers, surfaces),
  };
}
