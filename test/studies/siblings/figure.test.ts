import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ablationFigure} from '../../../lib/studies/siblings/figure';
import type {Ablation} from '../../../lib/studies/siblings/study';
import {baselineRows, methodRow} from '../../figures/sample';
import {isSound, matchesSnapshot} from '../../figures/snapshot';

const ablation: Ablation = {
  title: 'Parts',
  about: 'Made up.',
  lines: [
    ['with everything', 'whole'],
    ['without the guard, which is a long name for a line of a figure', 'broken'],
    ['not trained', 'missing'],
  ],
};
const sick = {course: [{loss: -1, collapse: 0.01, dimensions: 9}]};
const rows = [0, 1, 2].flatMap(seed => [
  methodRow('whole', {method: 'simsiam'}, seed, {accuracy: 0.4 + 0.01 * seed}),
  methodRow('broken', {method: 'siamese'}, seed, {accuracy: 0.3, ...(seed > 0 && sick)}),
  methodRow('other', {method: 'byol'}, seed, {accuracy: 0.9}),
]);

test('each trained setting has a line: accuracy, spread, directions; crosses where sick; the paper at right', () => {
  // sick: where most seeds are
  const figure = ablationFigure(rows, ablation, {
    baselines: baselineRows,
    published: {heading: 'A paper', rows: [{setting: 'with everything', accuracy: 0.681}]},
  });
  isSound(figure);
  matchesSnapshot(figure, __dirname, 'figure');
  const means = (figure.data as {mode: string; name: string; marker: {symbol?: string}}[]).filter(
    ({name, marker}) => marker.symbol && name,
  );
  assert.deepEqual(
    means.map(({marker}) => marker.symbol),
    ['circle', 'x', 'circle', 'x', 'circle', 'x'],
  );
  assert.ok((figure.layout.annotations as {text: string}[]).some(({text}) => text === '68.1 %'));
  assert.equal(figure.runs.length, 6);
});

test('one seed has no interval; rows of no line and of two data sets are refused', () => {
  const one = ablationFigure(
    rows.filter(row => row.seed === 0),
    ablation,
  );
  assert.ok((one.data as {error_x?: object}[]).every(({error_x}) => error_x === undefined));
  assert.throws(
    () =>
      ablationFigure(
        rows.filter(row => row.variant === 'other'),
        ablation,
      ),
    /^RangeError: ablationFigure: expected rows of whole; broken; missing, got other/,
  );
  assert.throws(
    () => ablationFigure([...rows, {...rows[0]!, dataset: 'another'}], ablation),
    /^RangeError: ablationFigure: expected rows of one data set, got made-up, another/,
  );
});
