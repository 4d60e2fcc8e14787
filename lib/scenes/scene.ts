// What a scene is: plain data, from which its image, depth, normals, masks, boxes and motion follow.
// Lengths have no unit: an object is about 1 high. y points up; an angle is a share of a full turn.

import {check} from '../check';
import {categories, categoryNames, type CategoryName} from './categories';

/** Red, green and blue; 1 reflects all the light, or is full brightness. */
export type Color = readonly [red: number, green: number, blue: number];

/** What a surface looks like: its color times a texture. */
export interface Material {
  color: Color;
  /** Number in the list of textures with which the scene is drawn; null for a plain surface. */
  texture: number | null;
  /** Repeats of the texture over a length of 1. */
  repeat: number;
}

/** One for each of the materials that an object has. */
export type Materials<M = Material> = readonly [M, M, M];

/** An object on the ground. */
export interface SceneObject {
  category: CategoryName;
  /** Its proportions, each 0 to 1: see {@link categories}. */
  shape: readonly number[];
  materials: Materials;
  at: readonly [x: number, z: number];
  /** About the vertical axis. */
  turn: number;
  scale: number;
  /** What changes from frame to frame. @default it stands still */
  motion?: {velocity: readonly [x: number, z: number]; spin: number};
}

/** A camera that looks at a point. */
export interface Camera {
  target: readonly [x: number, y: number, z: number];
  distance: number;
  /** Where it stands around the target, and how far above the horizon, −1/4 to 1/4. */
  around: number;
  elevation: number;
  /** Focal length in halves of the image's width: 1 sees 90°, 2 sees 53°. */
  focal: number;
  /** Turns around the target from frame to frame. @default 0 */
  orbit?: number;
}

/** All of a picture. */
export interface Scene {
  objects: readonly SceneObject[];
  camera: Camera;
  /** Direction to the sun. */
  light: {around: number; elevation: number};
  ground: Material;
  /** A room has four of them; null is open ground. */
  walls: Material | null;
  /** Colors of the sky, mixed by height. */
  sky: {horizon: Color; zenith: Color};
}

/** Half of the ground's width, and height of the walls. */
export const groundHalf = 4.6;
export const wallHeight = 3;

/**
 * @param textures How many there are.
 * @throws RangeError when an object has no such category or another number of proportions, or a
 * texture is not there.
 */
export function checkScene(scene: Scene, textures: number): void {
  for (const {category, shape, materials} of scene.objects) {
    check(
      Object.hasOwn(categories, category),
      'drawScene',
      `expected a category of ${categoryNames.join(', ')}, got '${category}'`,
    );
    const {proportions} = categories[category];
    check(
      shape.length === proportions.length,
      'drawScene',
      `expected ${proportions.length} proportions of a ${category} (${proportions.join(', ')}), got ${shape.length}`,
    );
    materials.forEach(checkMaterial);
  }
  [scene.ground, ...(scene.walls ? [scene.walls] : [])].forEach(checkMaterial);

  function checkMaterial({texture}: Material): void {
    check(
      texture === null || (Number.isInteger(texture) && texture >= 0 && texture < textures),
      'drawScene',
      `expected a texture from 0 to ${textures - 1} or null, got ${texture}`,
    );
  }
}
