import assert from 'node:assert/strict';
import {test} from 'node:test';
import {familyBootstrap} from '../../lib/evaluation/familyBootstrap';
import {close} from '../close';
import {flat} from '../flat';

/** k families of `size` that are right or wrong as one, 60 % right. */
const blocks = (k: number, size: number) => ({
  correct: Array.from({length: k * size}, (_, i) => Math.floor(i / size) % 5 < 3),
  families: Int32Array.from({length: k * size}, (_, i) => 1000 - Math.floor(i / size)),
});

test('families that succeed or fail as one: the interval is that of as many independent samples', async () => {
  const half = 1.96 * Math.sqrt((0.6 * 0.4) / 200);
  for (const size of [1, 5]) {
    const {correct, families} = blocks(200, size);
    const {low, high} = await flat(() => familyBootstrap(correct, families));
    close([low, high], [0.6 - half, 0.6 + half], 0.012);
  }
});

test('the same seed gives the same interval, a lower level a narrower one', () => {
  const {correct, families} = blocks(400, 3);
  const wide = familyBootstrap(correct, families, {seed: 1});
  assert.deepEqual(familyBootstrap(correct, families, {seed: 1}), wide);
  assert.notDeepEqual(familyBootstrap(correct, families, {seed: 2, resamples: 500}), wide);
  const narrow = familyBootstrap(correct, families, {seed: 1, level: 0.5});
  assert.ok(narrow.low > wide.low && narrow.high < wide.high);
});

test('all right gives an interval of no width; families of different sizes weigh by their images', () => {
  assert.deepEqual(familyBootstrap([1, 1, 1], Int32Array.of(0, 0, 1)), {low: 1, high: 1});
  const {low, high} = familyBootstrap([1, 0, 0, 0], Int32Array.of(0, 1, 1, 1), {level: 0.999});
  assert.deepEqual([low, high], [0, 1]);
});

test('drawn in pieces it is the same', () => {
  // 2000 × 3000 draws are more than a piece
  const families = Int32Array.from({length: 3000}, (_, i) => i);
  const {low, high} = familyBootstrap(
    Array.from(families, i => i % 2),
    families,
  );
  const half = 1.96 * Math.sqrt(0.25 / 3000);
  close([low, high], [0.5 - half, 0.5 + half], 0.003);
});

test('one family and options out of range are refused', () => {
  assert.throws(
    () => familyBootstrap([1, 0], Int32Array.of(3, 3)),
    /^RangeError: familyBootstrap: expected at least 2 families, got 1/,
  );
  assert.throws(
    () => familyBootstrap([1], Int32Array.of(1, 2)),
    /^RangeError: familyBootstrap: expected a family for each of 1 images, got 2/,
  );
  assert.throws(
    () => familyBootstrap([1, 0], Int32Array.of(1, 2), {resamples: 10}),
    /^RangeError: familyBootstrap: expected resamples a whole number from 100, got 10/,
  );
  assert.throws(
    () => familyBootstrap([1, 0], Int32Array.of(1, 2), {level: 1}),
    /^RangeError: familyBootstrap: expected a level between 0 and 1, got 1/,
  );
});
