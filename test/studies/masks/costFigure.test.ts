import assert from 'node:assert/strict';
import {test} from 'node:test';
import {maskCostFigure} from '../../../lib/studies/masks/costFigure';
import {maskCostRows} from '../../figures/sample';
import {isSound, matchesSnapshot} from '../../figures/snapshot';

type Trace = {name: string; x: number[]; y: number[]; yaxis: string; error_y?: {array: number[]; arrayminus: number[]}};

test('medians of the turns with shortest and longest, and shares of the lowest ratio beside the tokens', () => {
  const figure = maskCostFigure(maskCostRows);
  isSound(figure);
  matchesSnapshot(figure, __dirname, 'costFigure');
  const [encoder, decoder, , , tokens] = figure.data as unknown as Trace[];
  const rounded = (values: number[]) => values.map(value => Number(value.toFixed(6)));
  assert.deepEqual(
    [rounded(encoder!.y), rounded(decoder!.y)],
    [
      [190, 110, 60],
      [60, 60, 60],
    ],
  );
  assert.deepEqual(
    [rounded(encoder!.error_y!.array), rounded(encoder!.error_y!.arrayminus)],
    [
      [30, 30, 30],
      [10, 10, 10],
    ],
  );
  assert.deepEqual(rounded(tokens!.y), [100, 55.555556, 27.777778]);
});

test('the order of rows does not matter; none, and those of two devices or networks, are refused', () => {
  assert.deepEqual(
    maskCostFigure([...maskCostRows].reverse()).data.map(({name}) => name),
    ['decoder', 'encoder', 'decoder', 'encoder', 'tokens encoded'],
  );
  assert.match(maskCostFigure([...maskCostRows].reverse()).alt, /In percent of 10 % hidden: decoder 10 %: 100 %/);
  assert.throws(() => maskCostFigure([]), /^RangeError: maskCostFigure: expected at least one row, got none/);
  assert.throws(
    () => maskCostFigure([...maskCostRows, {...maskCostRows[0]!, device: 'another'}]),
    /^RangeError: maskCostFigure: expected rows of one device, got made-up machine, another/,
  );
  assert.throws(
    () => maskCostFigure([...maskCostRows, {...maskCostRows[0]!, batch: 9}]),
    /^RangeError: maskCostFigure: expected rows of one network and batch/,
  );
});
