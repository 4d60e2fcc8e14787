import assert from 'node:assert/strict';
import {test} from 'node:test';
import {estimatorFigure} from '../../../lib/trials/estimators/figure';
import {estimatorRows} from '../../figures/sample';
import {isSound, matchesSnapshot} from '../../figures/snapshot';

test('estimates and their spread over the truth, with the ceiling that is in sight', () => {
  const figure = estimatorFigure(estimatorRows);
  isSound(figure);
  matchesSnapshot(figure, __dirname, 'figure');
  assert.match(figure.caption, /Ceilings: InfoNCE 2\.08 nats/);
  assert.match(figure.alt, /DV: I 2 nats: 1\.89, I 4 nats: 3\.89/);
  assert.throws(() => estimatorFigure([]), /expected at least one row, got none/);
});
