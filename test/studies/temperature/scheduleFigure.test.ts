import assert from 'node:assert/strict';
import {test} from 'node:test';
import {scheduleFigure} from '../../../lib/studies/temperature/scheduleFigure';
import {temperatureRow} from '../../figures/sample';
import {isSound, matchesSnapshot} from '../../figures/snapshot';

const moved = (seed: number, from: number) =>
  temperatureRow(0.5, seed, {
    run: `learned${seed}`,
    temperature: null,
    schedule: 'learned from 0.5',
    course: [
      {loss: 4, temperature: from},
      {loss: 3, temperature: 0.2},
    ],
  });
const rows = [temperatureRow(0.1, 0), temperatureRow(0.1, 1), moved(0, 0.5), moved(1, 0.4)];

test('a line for each schedule, its accuracy beside it', () => {
  const figure = scheduleFigure(rows);
  isSound(figure);
  matchesSnapshot(figure, __dirname, 'scheduleFigure');
  const [constant, learned] = figure.data as unknown as {name: string; y: number[]}[];
  assert.deepEqual([constant!.name, constant!.y], ['constant 0.1', [0.1, 0.1]]);
  assert.ok(Math.abs(learned!.y[0]! - 0.45) < 1e-9 && Math.abs(learned!.y[1]! - 0.2) < 1e-9);
  assert.deepEqual(figure.credits, ['Radford et al. 2021, arXiv:2103.00020 (learned)']);
});

test('rows of two losses, and none with a temperature, are refused', () => {
  assert.throws(
    () => scheduleFigure([...rows, temperatureRow(0.1, 2, {loss: 'decoupled'})]),
    /^RangeError: scheduleFigure: expected rows of one loss, got contrastive, decoupled/,
  );
  assert.throws(
    () => scheduleFigure([temperatureRow(1, 0, {temperature: null, loss: 'simple'})]),
    /^RangeError: scheduleFigure: expected at least one row with a temperature/,
  );
});
