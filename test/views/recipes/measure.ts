// What a recipe does, measured from outside on images made for it.

import assert from 'node:assert/strict';
import fc from 'fast-check';
import {native} from '../../../lib/engine/device';
import {fold, key, uniform} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import type {RecipeOptions} from '../../../lib/views/recipe';
import type {View} from '../../../lib/views/view';

/** Leaves the values as they are, so that views can be looked at. */
export const unchanged = {mean: [0, 0, 0], standardDeviation: [1, 1, 1]};
export const oneChannel = {mean: [0], standardDeviation: [1]};

export const share = <T>(values: readonly T[], holds: (value: T) => boolean): number =>
  values.filter(holds).length / values.length;

export function near(actual: number, expected: number, tolerance: number, what: string): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual}, expected ${expected} ± ${tolerance}`);
}

/**
 * Part of the views of n copies of an image [h, w, c]: rows and columns `at`, `at + 1` …, as
 * [n][rows][columns][c].
 */
function look(
  view: View,
  image: tf.Tensor3D,
  n: number,
  at: [row: number, column: number],
  size: [rows: number, columns: number],
): number[][][][] {
  return tf.tidy(() =>
    view(tf.tile(image.expandDims(0), [n, 1, 1, 1]) as tf.Tensor4D, key(1))
      .slice([0, ...at, 0], [-1, ...size, -1])
      .arraySync(),
  );
}

/** The hue on the circle of 6: red 0, green 2, blue 4; below red down to -1. */
function hueInSixths([r, g, b]: [number, number, number], chroma: number): number {
  const high = Math.max(r, g, b);
  if (high === r) return (g - b) / chroma;
  return high === g ? 2 + (b - r) / chroma : 4 + (r - g) / chroma;
}

/**
 * Of images of one dark gray: the strongest brightness, and the share that got another one. Of
 * images of dark red: the widest turn of the hue, and the share without color.
 */
export function colors(view: View): {brightness: number; jittered: number; turn: number; gray: number} {
  const middles = (color: number[]) =>
    look(view, tf.tile(tf.tensor3d([[color]]), [9, 9, 1]), 2000, [4, 4], [1, 1]).map(
      image => image[0]![0] as [number, number, number],
    );
  const factors = middles([0.25, 0.25, 0.25]).map(([r]) => r / 0.25);
  const reds = middles([0.2, 0.1, 0.1]);
  const chroma = (color: number[]) => Math.max(...color) - Math.min(...color);
  return {
    brightness: Math.max(...factors) - 1,
    jittered: share(factors, f => Math.abs(f - 1) > 1e-3),
    turn: Math.max(
      ...reds
        .filter(color => chroma(color) > 1e-5)
        .map(color => {
          const sixths = hueInSixths(color, chroma(color));
          return Math.abs(sixths > 3 ? sixths - 6 : sixths) / 6;
        }),
    ),
    gray: share(reds, color => chroma(color) < 1e-5),
  };
}

/**
 * Of images of 60 pixels that are a ramp to the right in red and downwards in green: the smallest
 * and largest area of a crop, the widest aspect, the share of mirrored ones.
 */
export function crops(view: View, size: number): {smallest: number; largest: number; aspect: number; mirrored: number} {
  const ramp = tf.range(0, 60).add(0.5).div(60);
  const image = tf.stack(
    [tf.tile(ramp.expandDims(0), [60, 1]), tf.tile(ramp.expandDims(1), [1, 60]), tf.fill([60, 60], 0.5)],
    2,
  ) as tf.Tensor3D;
  const boxes = look(view, image, 2000, [10, 10], [2, 2])
    .map(pixels => pixels as [[number[], number[]], [number[], number[]]])
    .filter(([[[, , blue]]]) => Math.abs(blue! - 0.5) < 1e-5) // neither jittered nor gray
    .map(([[corner, right], [below]]) => ({
      width: (right[0]! - corner[0]!) * size,
      height: (below[1]! - corner[1]!) * size,
    }));
  assert.ok(boxes.length > 200, `only ${boxes.length} views kept their color`);
  const areas = boxes.map(({width, height}) => Math.abs(width) * height);
  return {
    smallest: Math.min(...areas),
    largest: Math.max(...areas),
    aspect: Math.max(...boxes.filter(({height}) => height > 0.4).map(({width, height}) => Math.abs(width) / height)),
    mirrored: share(boxes, ({width}) => width < 0),
  };
}

/**
 * Of images of one bright point, by recipes that show the whole image: the share of blurred ones,
 * the largest σ, how far the kernel reaches, and whether borders get darker.
 */
export function blurs(view: View, size: number): {blurred: number; sigma: number; radius: number; darkBorder: boolean} {
  const at = Math.floor(size / 2);
  const middle = tf.oneHot(tf.scalar(at, 'int32'), size);
  const point = middle.expandDims(0).mul(middle.expandDims(1)).mul(0.8).add(0.1).expandDims(2) as tf.Tensor3D;
  const rows = look(view, point, 600, [at, 0], [1, size]).map(([row]) => row!.map(([v]) => v!));
  // nothing reaches 9 pixels far
  const relative = (row: number[], offset: number) => (row[at + offset]! - row[at + 9]!) / (row[at]! - row[at + 9]!);
  const widest = rows.reduce((a, b) => (relative(a, 1) > relative(b, 1) ? a : b));
  return {
    blurred: share(rows, row => relative(row, 1) > 1e-4),
    sigma: Math.sqrt(-0.5 / Math.log(relative(widest, 1))),
    radius: [1, 2, 3, 4, 5, 6].findLast(offset => relative(widest, offset) > 1e-3) ?? 0,
    darkBorder: widest[0]! < 0.9 * widest[at + 9]!,
  };
}

/**
 * Views keep to [0, 1], have the size asked for, are a function of the key, differ between images
 * and leave no tensor behind; what is recorded does not depend on images and key.
 */
export function behaves(recipe: (options: RecipeOptions) => {first: View; second: View}): void {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.integer({min: 8, max: 50}),
      fc.integer({min: 4, max: 40}),
      fc.constantFrom(1, 3),
      (seed, from, size, c) =>
        tf.tidy(() => {
          // black, white and pure colors go furthest
          const image = uniform(key(seed), [1, from, from + 3, c]).round() as tf.Tensor4D;
          const images = tf.tile(image, [4, 1, 1, 1]) as tf.Tensor4D;
          for (const view of Object.values(recipe({size, ...(c === 1 ? oneChannel : unchanged)}))) {
            const [a, b] = [view(images, key(seed)), view(images, key(seed))];
            assert.deepEqual(a.shape, [4, size, size, c]);
            assert.ok(a.dataSync().every(v => v >= 0 && v <= 1));
            assert.deepEqual(a.dataSync(), b.dataSync());
          }
        }),
    ),
    {numRuns: 8},
  );

  const {first, second} = recipe({size: 12, mean: [0.4, 0.5, 0.6], standardDeviation: [0.2, 0.3, 0.4]});
  const images = tf.tile(uniform(key(7), [1, 16, 16, 3]), [12, 1, 1, 1]) as tf.Tensor4D;
  const before = tf.memory().numTensors;
  const values = tf.tidy(() => first(images, key(8)).arraySync());
  assert.equal(tf.memory().numTensors, before);
  assert.equal(new Set(values.map(image => image.join())).size, 12, 'each image draws for itself');

  const raw = tf.tidy(() =>
    recipe({size: 12, ...unchanged})
      .first(images, key(8))
      .arraySync(),
  );
  near(values[0]![5]![5]![2]!, (raw[0]![5]![5]![2]! - 0.6) / 0.4, 1e-5, 'blue, normalized at the end');

  for (const view of [first, second]) assert.deepEqual(recorded(view, 1), recorded(view, 2));
}

/** Every kernel that a view runs, and every constant that it puts on the device. */
function recorded(view: View, seed: number): string[] {
  const images = uniform(key(seed), [5, 9, 9, 3]);
  const k = fold(key(seed), 0); // made on the device: no upload of it is recorded
  const log: string[] = [];
  const binding = native.binding;
  const spy = {
    executeOp: (...call: Parameters<typeof binding.executeOp>) => {
      log.push(`${call[0]} ${JSON.stringify(call[1])}`);
      return binding.executeOp(...call);
    },
    createTensor: (...call: Parameters<typeof binding.createTensor>) => {
      log.push(`constant [${call[0]}] ${call[2]}`);
      return binding.createTensor(...call);
    },
  };
  native.binding = new Proxy({} as typeof binding, {
    get: (_, name) => (name in spy ? spy[name as keyof typeof spy] : binding[name as keyof typeof binding]),
  });
  try {
    tf.tidy(() => {
      view(images, k);
    });
  } finally {
    native.binding = binding;
  }
  assert.ok(log.length > 50, `only ${log.length} kernels and constants were seen`);
  return log;
}
