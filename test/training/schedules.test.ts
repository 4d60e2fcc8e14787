import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tf} from '../../lib/engine/tf';
import {constant, type Schedule, stepSchedule, warmupCosine} from '../../lib/training/schedules';
import {close} from '../close';

const at = (schedule: Schedule, shares: number[]) => shares.map(share => schedule(tf.scalar(share)).dataSync()[0]!);

test('warmupCosine: 0, peak, the middle, the end', () => {
  close(at(warmupCosine({peak: 4, warmup: 0.1, end: 1}), [0, 0.05, 0.1, 0.19, 0.55, 1]), [0, 2, 4, 2.5 + 1.5 * Math.cos(0.1 * Math.PI), 2.5, 1], 1e-6);
  close(at(warmupCosine({peak: 4}), [0, 0.5, 1]), [4, 2, 0], 1e-6);
  close(at(warmupCosine({peak: 1}), [0.25]), [(1 + Math.SQRT1_2) / 2], 1e-6);
});

test('stepSchedule: each drop from its share on', () => {
  close(at(stepSchedule({peak: 0.03, drops: [[0.6, 0.1], [0.8, 0.1]]}), [0, 0.59, 0.6, 0.79, 0.8, 1]), [0.03, 0.03, 0.003, 0.003, 0.0003, 0.0003], 1e-8);
});

test('constant', () => assert.deepEqual(at(constant(0.5), [0, 1]), [0.5, 0.5]));

test('wrong settings are refused', () => {
  assert.throws(() => warmupCosine({peak: 1, warmup: 10}), /^RangeError: warmupCosine: expected warmup as a share of the run/);
  assert.throws(() => stepSchedule({peak: 1, drops: [[120, 0.1]]}), /^RangeError: stepSchedule: expected drops as \[share of the run/);
  assert.throws(() => constant(-1), /^RangeError: constant: expected a rate ≥ 0, got -1/);
});
