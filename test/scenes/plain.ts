// Scenes whose pictures can be told by hand.

import type {CategoryName} from '../../lib/scenes/categories';
import type {Material, Scene, SceneObject} from '../../lib/scenes/scene';

export const gray: Material = {color: [0.8, 0.8, 0.8], texture: null, repeat: 1};

/** An object of the middle proportions at the origin. */
export const thing = (category: CategoryName, others: Partial<SceneObject> = {}): SceneObject => ({
  category,
  shape: [0.5, 0.5, 0.5, 0.5, 0.5],
  materials: [gray, gray, gray],
  at: [0, 0],
  turn: 0,
  scale: 1,
  ...others,
});

/** Seen from z = 3 at the height of 0.5, looking at −z. */
export const sceneOf = (objects: SceneObject[], others: Partial<Scene> = {}): Scene => ({
  objects,
  camera: {target: [0, 0.5, 0], distance: 3, around: 0.25, elevation: 0, focal: 2},
  light: {around: 0.1, elevation: 0.15},
  ground: gray,
  walls: null,
  sky: {horizon: [0.9, 0.9, 0.9], zenith: [0.5, 0.6, 0.9]},
  ...others,
});

/** Through the sample of a pixel that its channels are exact for: its part along the axis is 1. */
export function rayOf({camera: {focal}}: Scene, size: number, pixel: number): [x: number, y: number, z: number] {
  const [column, row] = [(pixel % size) + 0.25, Math.floor(pixel / size) + 0.25];
  return [(column - size / 2) / ((focal * size) / 2), (size / 2 - row) / ((focal * size) / 2), 1];
}
