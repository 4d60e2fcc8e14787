import assert from 'node:assert/strict';
import {test} from 'node:test';
import {penaltyFigure, type PenaltyRow} from '../../lib/figures/penaltyFigure';
import {close} from '../close';
import {isSound, matchesSnapshot} from './snapshot';

/** Cosines from 0.7 down to −0.3, more of them near 0; shares of that anchor alone. */
function row(temperature: number, m = 40): PenaltyRow {
  const similarities = Array.from({length: m}, (_, i) => 0.2 + 0.5 * Math.cos((Math.PI * (i + 0.5)) / m));
  const pushes = similarities.map(s => Math.exp(s / temperature)).sort((a, b) => b - a);
  const sum = pushes.reduce((a, b) => a + b);
  return {temperature, similarities: similarities.reverse(), shares: pushes.map(push => push / sum), run: 'made-up'};
}

type Trace = {name: string; xaxis: string; x: number[]; y: number[]};
const tracesOf = (rows: PenaltyRow[]) => penaltyFigure(rows).data as unknown as Trace[];

test('two panels, a line for each temperature', () => {
  const figure = penaltyFigure(
    [0.3, 0.07, 1].map(temperature => row(temperature)),
    {source: 'made up'},
  );
  isSound(figure);
  assert.deepEqual(figure.runs, ['made-up']);
  matchesSnapshot(figure, __dirname, 'penaltyFigure');
});

test('above, penalties add up to 100 % and rise by e^(Δs/τ); below, they come together', () => {
  const [above, below] = tracesOf([row(0.2)]) as [Trace, Trace];
  assert.deepEqual([above.xaxis, below.xaxis], ['x', 'x2']);
  close([above.y.reduce((a, b) => a + b)], [100], 1e-9);
  close([above.y[0]! / above.y[9]!], [Math.exp((above.x[0]! - above.x[9]!) / 0.2)], 1e-9);
  let sum = 0;
  close(
    below.y,
    above.y.map(share => (sum += share)),
    1e-9,
  ); // here the one anchor is all there are
  assert.deepEqual(
    below.x,
    Array.from({length: 40}, (_, i) => i + 1),
  );
});

test('marks stand at the number of negatives that take half of the push, which is written above', () => {
  const figure = penaltyFigure([{temperature: 1, similarities: [0.1, 0.3, 0.2, 0], shares: [0.4, 0.3, 0.2, 0.1]}]);
  const half = (figure.data as unknown as Trace[]).find(trace => trace.name === 'half, τ = 1')!;
  assert.deepEqual([half.x, half.y], [[2], [70]]);
  assert.equal((figure.layout.annotations as {text: string}[]).at(-1)!.text, '2');
});

test('of many negatives some 200 ranks are drawn, the nearest all', () => {
  const [above] = tracesOf([row(0.1, 50_000)]) as [Trace];
  assert.ok(above.x.length > 100 && above.x.length <= 200);
  const figure = penaltyFigure([row(0.1, 50_000)]);
  isSound(figure);
  assert.deepEqual(
    figure.rows.slice(0, 10).map(({rank}) => rank),
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  );
  assert.equal(figure.rows.at(-1)!.rank, 50_000);
});

test('no rows, a temperature twice or of 0, and rows of other sizes are refused', () => {
  assert.throws(() => penaltyFigure([]), /^RangeError: penaltyFigure: expected at least one row, got none/);
  assert.throws(
    () => penaltyFigure([row(0.1), row(0.1)]),
    /^RangeError: penaltyFigure: expected one row for each temperature, above 0, got 0\.1, 0\.1/,
  );
  assert.throws(
    () => penaltyFigure([{...row(0.1), temperature: 0}]),
    /expected one row for each temperature, above 0, got 0$/,
  );
  assert.throws(
    () => penaltyFigure([row(0.1), row(0.2, 30)]),
    /^RangeError: penaltyFigure: expected as many negatives in all rows, at least 2, got 40, 30/,
  );
});
