import assert from 'node:assert/strict';
import {test} from 'node:test';
import {lossFigure} from '../../../lib/studies/temperature/lossFigure';
import {temperatureRow, temperatureRows} from '../../figures/sample';
import {isSound, matchesSnapshot} from '../../figures/snapshot';

const hard = temperatureRows.map(row => ({
  ...row,
  run: `h${row.run}`,
  loss: 'hardContrastive' as const,
  uniformity: 3.2,
}));
const simple = [0, 1, 2].map(seed =>
  temperatureRow(1, seed, {
    run: `simple${seed}`,
    loss: 'simple',
    temperature: null,
    uniformity: 2 + 0.1 * seed,
    penaltyEntropy: null,
    pushShares: null,
  }),
);
const rows = [...temperatureRows, ...hard, ...simple];

test('a curve for each loss with a temperature, a line across for one without', () => {
  const figure = lossFigure(rows);
  isSound(figure);
  matchesSnapshot(figure, __dirname, 'lossFigure');
  const lines = (figure.data as {name: string; x: number[]; y: number[]; mode: string}[]).filter(
    ({name, mode}) => name === 'simple' && mode === 'lines',
  );
  assert.equal(lines.length, 3);
  assert.ok(Math.abs(lines[1]!.y[0]! - 2.1) < 1e-9 && lines[1]!.y[0] === lines[1]!.y[1]);
  assert.equal(figure.rows.length, 21);
});

test('runs whose temperature moved are left out; rows of two methods and rows without temperature are refused', () => {
  assert.equal(
    lossFigure([...temperatureRows, temperatureRow(1, 0, {temperature: null, schedule: 'learned from 0.07'})]).runs
      .length,
    9,
  );
  assert.throws(
    () => lossFigure([...temperatureRows, temperatureRow(1, 0, {method: 'moco'})]),
    /^RangeError: lossFigure: expected rows of one method, got simclr, moco/,
  );
  assert.throws(
    () => lossFigure(simple),
    /^RangeError: lossFigure: expected at least one row with a temperature, got none/,
  );
});
