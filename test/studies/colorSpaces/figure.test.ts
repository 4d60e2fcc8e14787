import assert from 'node:assert/strict';
import {test} from 'node:test';
import {colorSpaceFigure} from '../../../lib/studies/colorSpaces/figure';
import {baselineRows, colorSpaceRows} from '../../figures/sample';
import {isSound, matchesSnapshot} from '../../figures/snapshot';

test('information and accuracies, with the untrained encoder', () => {
  const figure = colorSpaceFigure(colorSpaceRows, {baselines: baselineRows});
  isSound(figure);
  matchesSnapshot(figure, __dirname, 'figure');
});

test('a line for each space, those that share least on top; the rank correlation is that of the means', () => {
  const {layout, caption, alt} = colorSpaceFigure(colorSpaceRows);
  const ticks = (layout.yaxis as {ticktext: string[]; range: number[]}).ticktext;
  assert.deepEqual(ticks, ['HSV', 'Lab', 'YDbDr', 'learned with labels', 'XYZ', 'RGB']);
  assert.match(
    caption,
    /a linear probe on the embedding, made-up: −1\.00; k-NN on the embedding, made-up: −1\.00; a linear probe on the embedding, earth: 1\.00/,
  );
  assert.match(caption, /cannot pass 5\.53 nats \(cosines over τ\) and log K = 5\.55/);
  assert.match(alt, /Lab: I_NCE 2\.14 nats, linear \(%\) 44\.0, k-NN \(%\) 40\.0/);
});

test('one seed shows no spread; other K or data sets are not mixed', () => {
  isSound(colorSpaceFigure(colorSpaceRows.filter(({seed}) => seed === 0)));
  const [first, ...rest] = colorSpaceRows;
  assert.throws(
    () => colorSpaceFigure([{...first!, settings: {...first!.settings, candidates: 64}}, ...rest]),
    /expected rows of one K, τ and encoder/,
  );
  assert.throws(() => colorSpaceFigure([{...first!, dataset: 'other'}, ...rest]), /expected rows of one data set/);
  assert.throws(() => colorSpaceFigure([]), /expected at least one row, got none/);
});
