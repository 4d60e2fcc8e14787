import assert from 'node:assert/strict';
import {test} from 'node:test';
import {colorPairsFigure} from '../../../lib/trials/colorShortcut/pairsFigure';
import {colorRow, colorRows} from '../../figures/colorRows';
import {isSound, matchesSnapshot} from '../../figures/snapshot';

test('a panel for each strength, the smallest on top', () => {
  const figure = colorPairsFigure(colorRows);
  isSound(figure);
  matchesSnapshot(figure, __dirname, 'pairsFigure');
  assert.deepEqual(
    (figure.layout.annotations as {text: string}[]).map(({text}) => text),
    ['s = 0', 's = 1/8', 's = 1/4', 's = 1/2', 's = 1'],
  );
});

test('one seed', () => {
  const {caption, layout} = colorPairsFigure([colorRow(0.3, 0)]);
  assert.match(caption, /over 1 seed;/);
  assert.match((layout.title as {subtitle: {text: string}}).subtitle.text, /one seed/);
});

test('no row, and rows of two data sets, are refused', () => {
  assert.throws(() => colorPairsFigure([]), /^RangeError: colorPairsFigure: expected at least one row/);
  assert.throws(
    () => colorPairsFigure([colorRow(0, 0), {...colorRow(0, 1), dataset: 'other'}]),
    /^RangeError: colorPairsFigure: expected rows of one data set, got made-up, other/,
  );
});
