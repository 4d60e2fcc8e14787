import assert from 'node:assert/strict';
import {test} from 'node:test';
import {staircaseFigure} from '../../../lib/trials/estimators/staircaseFigure';
import {estimatorRows} from '../../figures/sample';
import {isSound, matchesSnapshot} from '../../figures/snapshot';

const rows = estimatorRows.filter(({seed, information}) => seed === 0 && information === 4);

test('a panel for each estimator, with truth, best critic and ceiling', () => {
  const figure = staircaseFigure(rows);
  isSound(figure);
  matchesSnapshot(figure, __dirname, 'staircaseFigure');
  assert.equal((figure.layout.shapes as unknown[]).length, 1); // DV has no ceiling
});

test('refuses none, one twice, and other batches', () => {
  assert.throws(() => staircaseFigure([]), /^RangeError: staircaseFigure: expected at least one row, got none$/);
  assert.throws(
    () => staircaseFigure([...rows, ...rows]),
    /expected one run of each estimator, got InfoNCE, DV, InfoNCE, DV/,
  );
  assert.throws(() => staircaseFigure([rows[0]!, {...rows[1]!, batch: 16}]), /expected rows of one critic and batch/);
});
