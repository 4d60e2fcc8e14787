import assert from 'node:assert/strict';
import {test} from 'node:test';
import {layerFigure, type LayerRow} from '../../lib/figures/layerFigure';
import {isSound, matchesSnapshot} from './snapshot';

const row = (encoder: string, i: number, pooling: LayerRow['pooling'], seed = 0): LayerRow => {
  const accuracy =
    encoder === 'untrained'
      ? 0.2 + 0.01 * i
      : 0.3 + 0.05 * i - 0.008 * i * i + (pooling === 'mean' ? 0.04 : 0) + 0.01 * seed;
  return {
    encoder,
    layer: i === 4 ? 'norm' : i + 1,
    pooling,
    linear: accuracy + 0.05,
    knn: accuracy,
    protocol: 'made-up protocol',
    seed,
    run: `${encoder} ${seed}`,
    ...(encoder === 'untrained' && {baseline: true}),
  };
};
const rowsOf = (encoder: string, seed?: number) =>
  [0, 1, 2, 3, 4].flatMap(i => (['token', 'mean'] as const).map(pooling => row(encoder, i, pooling, seed)));

test('a line for each pooling, trained and untrained, in order of layers', () => {
  const figure = layerFigure([...rowsOf('MAE').reverse(), ...rowsOf('untrained')]);
  isSound(figure);
  matchesSnapshot(figure, __dirname, 'layerFigure');
  assert.deepEqual((figure.layout.xaxis as {ticktext: string[]}).ticktext, ['1', '2', '3', '4', 'norm']);
});

test('seeds make a mean and an interval', () => {
  const figure = layerFigure([0, 1, 2].flatMap(seed => rowsOf('MAE', seed)));
  const [line] = figure.data as unknown as {y: number[]; error_y: {array: number[]}}[];
  assert.ok(
    Math.abs(line!.y[0]! - 36) < 1e-9 && Math.abs(line!.error_y.array[0]! - 4.302653 / Math.sqrt(3)) < 1e-4,
    `${line!.y[0]} ± ${line!.error_y.array[0]}`,
  ); // 35, 36, 37
  assert.deepEqual(figure.runs, ['MAE 0', 'MAE 1', 'MAE 2']);
});

test('none, and several trained encoders, are refused', () => {
  assert.throws(() => layerFigure([]), /^RangeError: layerFigure: expected rows of one trained encoder, got none/);
  assert.throws(
    () => layerFigure([...rowsOf('MAE'), ...rowsOf('SimCLR')]),
    /^RangeError: layerFigure: expected rows of one trained encoder, got MAE, SimCLR/,
  );
});
