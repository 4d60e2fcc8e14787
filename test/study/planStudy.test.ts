import assert from 'node:assert/strict';
import {test} from 'node:test';
import {jStat} from 'jstat';
import {planStudy, type PilotRows} from '../../lib/study/planStudy';
import {random} from '../../lib/scenes/random';

/** Rows whose hits have given chances, by image and seed. */
const rowsOf = (seeds: number, images: number, chance: (image: number, seed: number) => number, stream: number) =>
  Array.from({length: seeds}, (_, seed) => {
    const r = random(stream, seed);
    const text = Array.from({length: images}, (_i, image) => Number(r() < chance(image, seed))).join('');
    return {seed, dataset: 'made', minutes: 3, hits: {knn: text, linear: text}};
  });

test('hits that are drawn independently: the variance of two shares, and as many seeds as it takes', () => {
  const [images, p, q] = [4000, 0.6, 0.5];
  const [a, b] = [rowsOf(6, images, () => p, 1), rowsOf(6, images, () => q, 2)];
  const {deviations, halfWidth, seeds, minutes} = planStudy(a, b, {difference: 0.005, settings: 8, jobs: 2});
  const variance = p * (1 - p) + q * (1 - q); // of one image's difference
  assert.ok(Math.abs(deviations.rest / Math.sqrt(variance) - 1) < 0.02, `${deviations.rest}`);
  assert.ok(deviations.families < 0.06 && deviations.seeds < 0.008, JSON.stringify(deviations));
  const exact = jStat.studentt.inv(0.975, 5) * Math.sqrt(variance / images / 6);
  assert.ok(Math.abs(halfWidth / exact - 1) < 0.35, `${halfWidth} for ${exact}`);
  const needed = Array.from({length: 100}, (_, i) => i + 2).find(
    n => jStat.studentt.inv(0.975, n - 1) * Math.sqrt(variance / images / n) <= 0.005,
  )!;
  assert.ok(Math.abs(seeds! - needed) <= 0.35 * needed, `${seeds} for ${needed}`);
  assert.equal(minutes, (3 * seeds! * 8) / 2);
});

test('images that always differ leave an interval that no number of seeds narrows', () => {
  // one setting has the even images right, the other the first half of them and all the odd ones
  const images = 1000;
  const a = rowsOf(3, images, image => Number(image % 2 === 0), 1);
  const b = rowsOf(3, images, image => Number(image % 2 === 1 || image < images / 2), 2);
  const {seeds, minutes, leastHalfWidth, halfWidth, families, deviations} = planStudy(a, b, {difference: 0.01});
  assert.deepEqual([seeds, minutes], [null, null]);
  const differences = Array.from({length: images}, (_, image) => (image % 2 === 0 ? Number(image >= images / 2) : -1));
  const mean = differences.reduce((sum, value) => sum + value, 0) / images;
  const variance = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (images - 1);
  assert.ok(Math.abs(deviations.families - Math.sqrt(variance)) < 1e-9);
  assert.ok(Math.abs(leastHalfWidth - jStat.studentt.inv(0.975, images - 1) * Math.sqrt(variance / images)) < 1e-6);
  assert.ok(Math.abs(halfWidth - leastHalfWidth) < 1e-9); // seeds are all alike
  assert.ok(Math.abs(families - (jStat.studentt.inv(0.975, images - 1) ** 2 * variance) / 1e-4) <= 1);
});

test('images of one family count as one', () => {
  const chance = (image: number) => Number(image % 10 < 5);
  const families = Int32Array.from({length: 1000}, (_, image) => Math.floor(image / 5));
  const [a, b] = [rowsOf(2, 1000, chance, 1), rowsOf(2, 1000, () => 0, 2)];
  const [apart, together] = [planStudy(a, b, {difference: 0.02}), planStudy(a, b, {difference: 0.02, families})];
  assert.ok(Math.abs(together.leastHalfWidth / apart.leastHalfWidth - Math.sqrt(5)) < 0.02);
});

test('refused: a single seed, other seeds, another number of families, no difference', () => {
  const [a, b] = [rowsOf(2, 50, () => 0.5, 1), rowsOf(2, 50, () => 0.5, 2)];
  const plan = (given: PilotRows, others: object = {}) => planStudy(given, b, {difference: 0.1, ...others});
  assert.throws(() => plan(a.slice(1)), /^RangeError: planStudy: expected a pilot of at least 2 seeds, got 1$/);
  assert.throws(() => plan(rowsOf(3, 50, () => 0.5, 1)), /^RangeError: hitDifferences: expected one run of each seed/);
  assert.throws(
    () => plan(a, {families: new Int32Array(3)}),
    /^RangeError: pairedDifference: expected a family for each of 50 test images, got 3$/,
  );
  assert.throws(() => plan(a, {difference: 0}), /^RangeError: planStudy: expected a difference > 0, got 0$/);
});
