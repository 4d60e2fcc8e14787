// What an object can be: sixteen categories, each a solid with proportions of its own. It stands on
// the ground at the origin and is about 1 high.

import {circle} from './circle';
import {ball, box, cylinder, lathe, lying, placed, ring, type Mesh} from './mesh';

/** A surface, and which of the object's three materials it has. */
export type Part = readonly [mesh: Mesh, material: 0 | 1 | 2];

/** One kind of object. */
export interface CategoryRecord {
  /** What its proportions are, in their order. */
  readonly proportions: readonly string[];
  /**
   * Its surfaces.
   * @param shares Proportions, each 0 to 1: from the least to the most that there is.
   */
  parts(shares: readonly number[]): Part[];
}

/** A record whose proportions have as many names as its function takes numbers. */
const record = (proportions: string, parts: (...shares: number[]) => Part[]): CategoryRecord => ({
  proportions: proportions.split(', '),
  parts: shares => parts(...shares),
});

const corners = [
  [-1, -1],
  [1, -1],
  [1, 1],
  [-1, 1],
] as const;

/** Four legs under a board of `width` and `depth`. */
const legs = (width: number, depth: number, height: number, thick: number): Part[] =>
  corners.map(([x, z]) => [
    placed(box(thick, height, thick), {to: [x * (width / 2 - thick), height / 2, z * (depth / 2 - thick)]}),
    1,
  ]);

/** All categories by name, in the order of their labels. */
export const categories = {
  ball: record('size', size => [[ball(0.4 + 0.1 * size, 0.4 + 0.1 * size), 0]]),
  crate: record('width, height, depth', (w, h, d) => [
    [placed(box(0.5 + 0.5 * w, 0.5 + 0.5 * h, 0.5 + 0.5 * d), {to: [0, 0.25 + 0.25 * h, 0]}), 0],
  ]),
  can: record('radius, height', (r, h) => [[cylinder(0.2 + 0.2 * r, 0.2 + 0.2 * r, 0, 0.6 + 0.4 * h), 0]]),
  cone: record('radius, height', (r, h) => [[cylinder(0.3 + 0.25 * r, 0, 0, 0.8 + 0.3 * h), 0]]),
  ring: record('radius, thickness', (r, t) => {
    const [radius, tube] = [0.3 + 0.15 * r, 0.08 + 0.1 * t];
    return [[placed(ring(radius, tube), {to: [0, radius + tube, 0]}), 0]];
  }),
  bottle: record('radius, height of the body, radius of the neck, slope of the shoulder', (r, h, n, s) => {
    const [body, high, neck] = [0.18 + 0.12 * r, 0.5 + 0.2 * h, 0.06 + 0.04 * n];
    return [
      [
        lathe([
          [0, 0],
          [body, 0],
          [body, high],
          [neck, high + 0.15 + 0.1 * s],
          [neck, 1],
        ]),
        0,
      ],
      [cylinder(neck * 1.15, neck * 1.15, 0.95, 1.03), 1],
    ];
  }),
  vase: record('belly, waves, where they begin', (belly, waves, begin) => [
    [
      lathe([
        [0, 0],
        ...Array.from({length: 9}, (_, i): [number, number] => {
          const [, sine] = circle(0.08 + 0.16 * begin + (i / 8) * (0.32 + 0.32 * waves));
          return [0.12 + (0.22 + 0.14 * belly) * Math.abs(sine), i / 8];
        }),
      ]),
      0,
    ],
  ]),
  mug: record('radius, height, slope of the wall', (r, h, slope) => {
    const [radius, high] = [0.25 + 0.12 * r, 0.5 + 0.3 * h];
    return [
      [cylinder(radius, radius * (0.9 + 0.2 * slope), 0, high), 0],
      [placed(ring(0.16, 0.045, 14, 8), {to: [radius + 0.08, high / 2, 0]}), 0],
    ];
  }),
  table: record('width, depth, height, thickness of the board, of the legs', (w, d, h, board, leg) => {
    const [width, depth, high] = [0.8 + 0.5 * w, 0.6 + 0.4 * d, 0.5 + 0.3 * h];
    return [
      [placed(box(width, 0.05 + 0.04 * board, depth), {to: [0, high, 0]}), 0],
      ...legs(width, depth, high, 0.05 + 0.04 * leg),
    ];
  }),
  chair: record('width, height of the seat, of the back, thickness of the legs', (w, h, back, leg) => {
    const [width, seat, high] = [0.45 + 0.15 * w, 0.4 + 0.1 * h, 0.4 + 0.25 * back];
    return [
      [placed(box(width, 0.06, width), {to: [0, seat, 0]}), 0],
      [placed(box(width, high, 0.06), {to: [0, seat + high / 2, -width / 2 + 0.03]}), 0],
      ...legs(width, width, seat, 0.05 + 0.03 * leg),
    ];
  }),
  lamp: record('height, radius of the foot, of the shade below, above', (h, foot, low, high) => {
    const pole = 0.7 + 0.2 * h;
    return [
      [cylinder(0.2 + 0.1 * foot, 0.15, 0, 0.06), 1],
      [cylinder(0.03, 0.03, 0, pole), 1],
      [
        lathe([
          [0.3 + 0.12 * low, pole - 0.12],
          [0.12 + 0.1 * high, pole + 0.22],
        ]),
        0,
      ],
    ];
  }),
  tree: record('height of the trunk, kind of the crown, its height', (h, kind, high) => {
    const trunk = 0.25 + 0.2 * h;
    const layers = [0, 1, 2].map(i => {
      const low = trunk + 0.2 * i;
      return [cylinder(0.42 - 0.1 * i, 0, low, low + 0.36 + 0.12 * high + 0.02 * i), 0] as const;
    });
    const round = placed(ball(0.38, 0), {to: [0, trunk + 0.32, 0], stretch: [1, 0.8 + 0.4 * high, 1]});
    return [[cylinder(0.08, 0.06, 0, trunk), 1], ...(kind < 0.5 ? layers : [[round, 0] as const])];
  }),
  house: record('width, depth, height of the wall, of the roof', (w, d, h, roof) => {
    const [width, depth, high] = [0.7 + 0.4 * w, 0.6 + 0.3 * d, 0.4 + 0.25 * h];
    const pyramid = placed(cylinder(Math.SQRT1_2, 0, 0, 0.3 + 0.25 * roof, 4), {turn: 0.125});
    return [
      [placed(box(width, high, depth), {to: [0, high / 2, 0]}), 0],
      [placed(pyramid, {to: [0, high, 0], stretch: [1.1 * width, 1, 1.1 * depth]}), 1],
    ];
  }),
  car: record('length, width, height, length of the cabin', (l, w, h, cabin) => {
    const [long, wide, high] = [0.9 + 0.3 * l, 0.45 + 0.1 * w, 0.18 + 0.08 * h];
    return [
      [placed(box(long, high, wide), {to: [0, 0.12 + high / 2, 0]}), 0],
      [placed(box(long * (0.45 + 0.15 * cabin), 0.18, wide * 0.9), {to: [-0.05, 0.21 + high, 0]}), 2],
      ...corners.map(([x, z]): Part => [
        placed(lying(cylinder(0.12, 0.12, -0.04, 0.04, 12)), {to: [x * long * 0.32, 0.12, (z * wide) / 2]}),
        1,
      ]),
    ];
  }),
  mushroom: record('height of the stem, radius of the cap', (h, cap) => {
    const stem = 0.4 + 0.3 * h;
    const wide = 0.3 + 0.2 * cap;
    return [
      [cylinder(0.12, 0.09, 0, stem), 1],
      [
        lathe([
          [0.05, stem - 0.02],
          [wide, stem],
          [0.86 * wide, stem + 0.15],
          [0.45 * wide, stem + 0.26],
          [0, stem + 0.3],
        ]),
        0,
      ],
    ];
  }),
  snowman: record('size', size => {
    const a = 0.28 + 0.08 * size;
    return [
      [ball(a, a * 0.95), 0],
      [ball(a * 0.72, a * 2.4), 0],
      [ball(a * 0.5, a * 3.45), 0],
      [cylinder(a * 0.4, a * 0.35, a * 3.8, a * 4.5), 1],
    ];
  }),
} satisfies Record<string, CategoryRecord>;

/** Name of a category. */
export type CategoryName = keyof typeof categories;

/** Names in the order of their labels. */
export const categoryNames = Object.keys(categories) as CategoryName[];
