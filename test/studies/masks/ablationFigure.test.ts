import assert from 'node:assert/strict';
import {test} from 'node:test';
import {maskAblationFigure} from '../../../lib/studies/masks/ablationFigure';
import {mae2022} from '../../../lib/studies/masks/published';
import {maskAblations} from '../../../lib/studies/masks/ablations';
import {maskRow} from '../../figures/sample';
import {isSound, matchesSnapshot} from '../../figures/snapshot';

const rows = [0, 1, 2].flatMap(seed => [
  maskRow(null, seed, {accuracy: 0.3 + 0.01 * seed, fineTuned: 0.5}),
  maskRow(0.75, seed, {accuracy: 0.4 + 0.01 * seed, fineTuned: 0.55}),
  maskRow(0.75, seed, {accuracy: 0.35 + 0.02 * seed, settings: {mask: {strategy: 'block', ratio: 0.75}}}),
  maskRow(0.75, seed, {accuracy: 0.34, settings: {mask: {strategy: 'cells', ratio: 0.75}}}),
]);
const [strategies] = maskAblations(rows);
const texts = (figure: ReturnType<typeof maskAblationFigure>) =>
  (figure.layout.annotations as {text: string}[]).map(({text}) => text);

test("a line for each strategy with seeds and intervals; the untrained encoder; the paper's two numbers", () => {
  // the paper's where it has the setting
  const figure = maskAblationFigure(strategies!, {rows, published: mae2022});
  isSound(figure);
  matchesSnapshot(figure, __dirname, 'ablationFigure');
  assert.deepEqual(texts(figure).slice(1), [
    'He et al.<br>fine-tuned',
    '84.9',
    '82.8',
    'He et al.<br>linear',
    '73.5',
    '63.9',
  ]);
  assert.deepEqual(
    (figure.layout.shapes as {x0: number}[]).map(({x0}) => x0.toFixed(1)),
    ['31.0', '34.0'],
  );
  assert.equal(figure.runs.length, 12);
});

test('fine-tuning is a panel where every line has it; seconds are one where they are known', () => {
  const headings = (figure: ReturnType<typeof maskAblationFigure>) =>
    Object.entries(figure.layout)
      .filter(([name]) => name.startsWith('xaxis'))
      .map(([, axis]) => (axis as unknown as {title: {text: string}}).title.text);
  assert.deepEqual(headings(maskAblationFigure(strategies!)), ['k-NN (%)', 'linear probe (%)', 'seconds a step']);
  const [all] = maskAblations(
    [0.75, 0.5].map(ratio => maskRow(ratio, 0, {accuracy: 0.4, fineTuned: 0.6, secondsPerStep: null})),
  );
  const figure = maskAblationFigure(all!);
  assert.deepEqual(headings(figure), ['k-NN (%)', 'linear probe (%)', 'fine-tuned (%)']);
  // one seed
  assert.ok((figure.data as {error_x?: object}[]).every(({error_x}) => error_x === undefined));
});

test('no row, and rows of two data sets, are refused', () => {
  assert.throws(
    () => maskAblationFigure({...strategies!, lines: []}),
    /^RangeError: maskAblationFigure: expected at least one row, got none/,
  );
  assert.throws(
    () => maskAblationFigure(strategies!, {rows: [maskRow(null, 0, {accuracy: 0.3, dataset: 'other'})]}),
    /^RangeError: maskAblationFigure: expected rows of one data set, got made-up, other/,
  );
});
