import assert from 'node:assert/strict';
import {test} from 'node:test';
import {channelFigure} from '../../lib/figures/channelFigure';
import {isSound, matchesSnapshot} from './snapshot';

const falling = (share: number) => {
  const values = Array.from({length: 20}, (_, k) => share ** k);
  return values.map(value => value / values.reduce((a, b) => a + b));
};

test('a curve from 0 to 100 % for each, and the diagonal', () => {
  const figure = channelFigure(
    {MAE: falling(0.5), SimCLR: falling(0.95), even: new Float32Array(20).fill(0.05)},
    {source: 'made up'},
  );
  isSound(figure);
  matchesSnapshot(figure, __dirname, 'channelFigure');
  const [steep] = figure.data as unknown as {x: number[]; y: number[]}[];
  assert.deepEqual([steep!.x[0], steep!.y[0], steep!.x.at(-1)], [0, 0, 100]);
  assert.ok(Math.abs(steep!.y.at(-1)! - 100) < 1e-9);
});

test('none is refused', () => {
  assert.throws(
    () => channelFigure({}),
    /^RangeError: channelFigure: expected shares of at least one encoder, got none/,
  );
  assert.throws(
    () => channelFigure({MAE: []}),
    /^RangeError: channelFigure: expected shares of at least one encoder, got none/,
  );
});
