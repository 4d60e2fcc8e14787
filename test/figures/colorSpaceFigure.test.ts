import assert from 'node:assert/strict';
import {test} from 'node:test';
import {colorSpaceFigure} from '../../lib/figures/colorSpaceFigure';
import {baselineRows, colorSpaceRows} from './sample';
import {isSound, matchesSnapshot} from './snapshot';

test('accuracy over information, a point and a name for each space', () => {
  const figure = colorSpaceFigure(colorSpaceRows, {baselines: baselineRows});
  isSound(figure);
  matchesSnapshot(figure, 'colorSpaceFigure');
});

test('means stand at the mean of information and accuracy; names are those of the spaces; the rank correlation is that of the points', () => {
  const {data, layout, caption, alt} = colorSpaceFigure(colorSpaceRows);
  const [means] = data as unknown as {x: number[]; y: number[]; mode: string}[];
  assert.deepEqual([means!.mode, means!.x.map(value => value.toFixed(2))], ['markers', ['2.74', '2.69', '2.14', '2.16', '1.44', '2.24']]);
  assert.ok(Math.abs(means!.y[0]! - 38) < 1e-9);
  const names = (layout.annotations as {text: string}[]).map(({text}) => text);
  for (const name of ['RGB', 'XYZ', 'Lab', 'YDbDr', 'HSV', 'learned with labels']) assert.equal(names.filter(text => text === `<b>${name}</b>`).length, 3);
  assert.match(caption, /a linear probe on the embedding, made-up: −1\.00; k-NN on the embedding, made-up: −1\.00; a linear probe on the embedding, earth: 1\.00/);
  assert.match(caption, /5\.53 nats for cosines over τ and log K = 5\.55, lie to the right of the axis/);
  assert.match(alt, /Lab 2\.14 nats, 44\.0 %/);
});

test('one seed shows no spread; other K or data sets are not mixed', () => {
  isSound(colorSpaceFigure(colorSpaceRows.filter(({seed}) => seed === 0)));
  const [first, ...rest] = colorSpaceRows;
  assert.throws(() => colorSpaceFigure([{...first!, settings: {...first!.settings, candidates: 64}}, ...rest]), /expected rows of one K, τ and encoder/);
  assert.throws(() => colorSpaceFigure([{...first!, dataset: 'other'}, ...rest]), /expected rows of one data set/);
  assert.throws(() => colorSpaceFigure([]), /expected at least one row, got none/);
});
