import assert from 'node:assert/strict';
import {test} from 'node:test';
import {colorShortcutFigure} from '../../../lib/trials/colorShortcut/figure';
import {simclr2020Strengths} from '../../../lib/trials/colorShortcut/published';
import {close} from '../../close';
import {colorRow, colorRows} from '../../figures/colorRows';
import {isSound, matchesSnapshot} from '../../figures/snapshot';

test('ours above, published below, on one axis', () => {
  const figure = colorShortcutFigure(colorRows, {published: simclr2020Strengths});
  isSound(figure);
  matchesSnapshot(figure, __dirname, 'figure');
});

test('the line of crops alone is the mean of strength 0; blurred views are not drawn', () => {
  const {data} = colorShortcutFigure(colorRows, {published: simclr2020Strengths});
  const named = (name: string) => data.find(trace => trace.name === name)!;
  assert.ok(Math.abs((named('crops alone').y as number[])[0]! - 41) < 1e-9);
  close(named('SimCLR').y as number[], [59.6, 61, 62.6, 63.2], 1e-9);
});

test('without published rows one panel; without crops alone no line', () => {
  const figure = colorShortcutFigure([colorRow(1, 0)]);
  isSound(figure);
  assert.deepEqual(
    figure.data.map(trace => trace.name),
    ['found', 'chance'],
  );
  assert.deepEqual(figure.credits, []);
});

test('nothing to draw, and rows that do not belong together, are refused', () => {
  assert.throws(
    () => colorShortcutFigure([colorRow(0, 0)]),
    /^RangeError: colorShortcutFigure: expected at least one row of a strength above 0/,
  );
  assert.throws(
    () => colorShortcutFigure([colorRow(1, 0), {...colorRow(1, 1), images: 64}]),
    /^RangeError: colorShortcutFigure: expected rows of one data set and one number of images, got 256 images of made-up, 64 images of made-up/,
  );
});
