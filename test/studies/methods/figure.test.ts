import assert from 'node:assert/strict';
import {test} from 'node:test';
import {methodFigure} from '../../../lib/studies/methods/figure';
import {baselineRows, methodRow} from '../../figures/sample';
import {isSound, matchesSnapshot} from '../../figures/snapshot';

const variants = [
  ['SimCLR', 'simclr', 0.47, 2.6],
  ['BYOL', 'byol', 0.46, 3.4],
  ['DINO', 'dino', 0.44, 4.1],
] as const;
const rows = variants.flatMap(([variant, method, accuracy, minutes]) =>
  [0, 1, 2].map(seed =>
    methodRow(variant, {method}, seed, {accuracy: accuracy + 0.01 * seed, minutes: minutes + 0.1 * seed}),
  ),
);

test('numbered marks, best first, with every seed, and baselines across', () => {
  const figure = methodFigure(rows, {baselines: baselineRows});
  isSound(figure);
  matchesSnapshot(figure, __dirname, 'figure');
  assert.equal((figure.data as {mode: string}[]).filter(({mode}) => mode === 'markers+text').length, 3);
});

test('one seed has no interval; rows of two data sets and none are refused', () => {
  const [one] = [methodFigure(rows.filter(row => row.seed === 0))];
  assert.ok((one.data as {error_y?: object}[]).every(({error_y}) => error_y === undefined));
  assert.throws(
    () => methodFigure([...rows, {...rows[0]!, dataset: 'other'}]),
    /^RangeError: methodFigure: expected rows of one data set, got made-up, other/,
  );
  assert.throws(() => methodFigure([]), /^RangeError: methodFigure: expected at least one row, got none/);
});
