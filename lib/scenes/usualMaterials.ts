// What things are usually made of. In photographs a thing's category and its look go together: trees
// are green, crates of wood, snowmen white. Pictures in which they do not have no label that can be
// told from a part of them, and nothing for which methods without labels could learn it.

import type {CategoryName} from './categories';
import type {Materials} from './scene';

/** Hue, saturation and value, each from and to, and the share of surfaces that have a texture. */
export interface Look {
  hue: readonly [from: number, to: number];
  saturation: readonly [from: number, to: number];
  value: readonly [from: number, to: number];
  textured: number;
}

const look = (hue: Look['hue'], saturation: Look['saturation'], value: Look['value'], textured: number): Look => ({
  hue,
  saturation,
  value,
  textured,
});

/** Any: how a surface looks that has nothing usual. */
export const anyLook = look([0, 1], [0.1, 0.75], [0.6, 1.1], 0.75);

const wood = look([0.05, 0.1], [0.35, 0.65], [0.5, 0.9], 0.8);
const leaves = look([0.22, 0.4], [0.4, 0.8], [0.5, 1], 0.9);
const metal = look([0.5, 0.7], [0, 0.15], [0.6, 1.1], 0.1);
const white = look([0.5, 0.65], [0, 0.08], [1, 1.2], 0.1);
const dark = look([0, 1], [0, 0.3], [0.1, 0.3], 0.1);
const paint = look([0, 1], [0.6, 0.95], [0.7, 1.1], 0.1);
const glass = look([0.28, 0.5], [0.4, 0.8], [0.3, 0.7], 0.1);
const clay = look([0, 0.08], [0.5, 0.8], [0.5, 0.9], 0.5);
const orange = look([0.04, 0.08], [0.8, 1], [0.9, 1.1], 0.1);
const pale = look([0.08, 0.17], [0.1, 0.35], [0.9, 1.15], 0.2);
const stone = look([0.05, 0.15], [0.05, 0.25], [0.6, 1], 0.9);
const cloth = look([0.85, 1], [0.3, 0.7], [0.7, 1.1], 0.6);
const china = look([0.55, 0.67], [0.3, 0.7], [0.7, 1.1], 0.5);

/** Of each category, its three materials. */
export const usualMaterials: Record<CategoryName, Materials<Look>> = {
  ball: [paint, paint, paint],
  crate: [wood, wood, wood],
  can: [metal, metal, metal],
  cone: [orange, orange, orange],
  ring: [cloth, cloth, cloth],
  bottle: [glass, dark, dark],
  vase: [china, china, china],
  mug: [white, white, white],
  table: [wood, wood, wood],
  chair: [cloth, wood, wood],
  lamp: [pale, dark, dark],
  tree: [leaves, wood, wood],
  house: [stone, clay, clay],
  car: [paint, dark, dark],
  mushroom: [clay, pale, pale],
  snowman: [white, dark, dark],
};
