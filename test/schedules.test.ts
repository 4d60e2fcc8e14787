import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tf} from '../lib/engine/tf';
import {constant, cosine, ramp, type Schedule, scheduled, stepSchedule, warmupCosine} from '../lib/schedules';
import {close} from './close';

const at = (schedule: Schedule, shares: number[]) => shares.map(share => schedule(tf.scalar(share)).dataSync()[0]!);

test('warmupCosine: 0, peak, the middle, the end', () => {
  close(
    at(warmupCosine({peak: 4, warmup: 0.1, end: 1}), [0, 0.05, 0.1, 0.19, 0.55, 1]),
    [0, 2, 4, 2.5 + 1.5 * Math.cos(0.1 * Math.PI), 2.5, 1],
    1e-6,
  );
  close(at(warmupCosine({peak: 4}), [0, 0.5, 1]), [4, 2, 0], 1e-6);
  close(at(warmupCosine({peak: 1}), [0.25]), [(1 + Math.SQRT1_2) / 2], 1e-6);
});

test('stepSchedule: each drop from its share on', () => {
  close(
    at(
      stepSchedule({
        peak: 0.03,
        drops: [
          [0.6, 0.1],
          [0.8, 0.1],
        ],
      }),
      [0, 0.59, 0.6, 0.79, 0.8, 1],
    ),
    [0.03, 0.03, 0.003, 0.003, 0.0003, 0.0003],
    1e-8,
  );
});

test('constant', () => assert.deepEqual(at(constant(0.5), [0, 1]), [0.5, 0.5]));

test("cosine: BYOL's momentum 1 − (1 − τ₀)(cos πt + 1)/2, and back again with a whole period", () => {
  close(
    at(cosine({from: 0.996, to: 1}), [0, 0.25, 0.5, 1]),
    [0.996, 1 - (0.004 * (Math.SQRT1_2 + 1)) / 2, 0.998, 1],
    1e-6,
  );
  close(at(cosine({from: 1, to: 0.1, periods: 1}), [0, 0.25, 0.5, 1]), [1, 0.55, 0.1, 1], 1e-6);
});

test("ramp: DINO's teacher, .04 to .07 within 30 of 100 epochs", () =>
  close(at(ramp({from: 0.04, to: 0.07, share: 0.3}), [0, 0.15, 0.3, 1]), [0.04, 0.055, 0.07, 0.07], 1e-6));

test('peak: the largest number of the run', () => {
  const shares = Array.from({length: 1001}, (_, i) => i / 1000);
  for (const schedule of [
    warmupCosine({peak: 4, warmup: 0.1, end: 1}),
    warmupCosine({peak: 1, end: 3}),
    constant(0.5),
    cosine({from: 0.996, to: 1}),
    cosine({from: 0.2, to: 1, periods: 0.25}),
    cosine({from: 1, to: 0.1, periods: 3}),
    ramp({from: 0.04, to: 0.07, share: 0.3}),
    ramp({from: 1, to: 0, share: 1}),
    stepSchedule({
      peak: 0.03,
      drops: [
        [0.8, 0.5],
        [0.6, 3],
      ],
    }),
    stepSchedule({peak: 1, drops: [[0.5, 0.1]]}),
  ])
    close([schedule.peak], [Math.max(...at(schedule, shares))], 1e-6);
});

test('scheduled: a number stays, a schedule is itself', () => {
  assert.deepEqual([at(scheduled(0.5), [0, 1]), scheduled(0.5).peak], [[0.5, 0.5], 0.5]);
  const moving = cosine({from: 0, to: 1});
  assert.equal(scheduled(moving), moving);
});

test('wrong settings are refused', () => {
  assert.throws(
    () => warmupCosine({peak: 1, warmup: 10}),
    /^RangeError: warmupCosine: expected warmup as a share of the run/,
  );
  assert.throws(
    () => stepSchedule({peak: 1, drops: [[120, 0.1]]}),
    /^RangeError: stepSchedule: expected drops as \[share of the run/,
  );
  assert.throws(() => constant(-1), /^RangeError: constant: expected a number ≥ 0, got -1/);
  assert.throws(() => cosine({from: 1, to: 0, periods: 0}), /^RangeError: cosine: expected periods > 0, got 0/);
  assert.throws(
    () => ramp({from: 1, to: 0, share: 30}),
    /^RangeError: ramp: expected a share of the run above 0, at most 1, got 30/,
  );
});
