import assert from 'node:assert/strict';
import {test} from 'node:test';
import {estimatorFigure} from '../../../lib/trials/estimators/figure';
import {estimatorRows} from '../../figures/sample';
import {isSound, matchesSnapshot} from '../../figures/snapshot';

test('estimates and their spread over the truth, with the ceiling that is in sight', () => {
  const figure = estimatorFigure(estimatorRows);
  isSound(figure);
  matchesSnapshot(figure, __dirname, 'figure');
  assert.throws(() => estimatorFigure([]), /expected at least one row, got none/);
});
