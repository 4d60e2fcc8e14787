import assert from 'node:assert/strict';
import {test} from 'node:test';
import {sharedFactorsFigure} from '../../../lib/studies/sharedFactors/figure';
import {sharedFactorsRows} from '../../figures/sample';
import {isSound, matchesSnapshot} from '../../figures/snapshot';

test('a line for each choice, a panel for each factor, the untrained encoder down each', () => {
  const figure = sharedFactorsFigure(sharedFactorsRows);
  isSound(figure);
  matchesSnapshot(figure, __dirname, 'figure');
  assert.equal((figure.layout.shapes as {line: {dash?: string}}[]).filter(({line}) => line?.dash === 'dash').length, 3);
});

test('other factors and the other reader', () => {
  const figure = sharedFactorsFigure(sharedFactorsRows, {factors: ['scale'], accuracy: 'knn'});
  assert.match(figure.alt, /background shared: scale 21\.0 %/);
  assert.throws(() => sharedFactorsFigure([]), /expected at least one row, got none/);
});
