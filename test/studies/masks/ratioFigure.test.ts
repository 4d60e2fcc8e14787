import assert from 'node:assert/strict';
import {test} from 'node:test';
import {meanInterval} from '../../../lib/analysis/meanInterval';
import {maskRatioFigure} from '../../../lib/studies/masks/ratioFigure';
import {mae2022} from '../../../lib/studies/masks/published';
import {baselineRows, maskRatioRows, maskRow} from '../../figures/sample';
import {isSound, matchesSnapshot} from '../../figures/snapshot';

type Trace = {
  name: string;
  x: number[];
  y: number[];
  yaxis: string;
  error_y?: {array: number[]};
  customdata: number[][];
};
const traces = (figure: ReturnType<typeof maskRatioFigure>) => figure.data as unknown as Trace[];
const texts = (figure: ReturnType<typeof maskRatioFigure>) =>
  (figure.layout.annotations as {text: string}[]).map(({text}) => text);
const headings = (figure: ReturnType<typeof maskRatioFigure>) =>
  texts(figure)
    .filter(text => /^(accuracy|published|loss|seconds|share)/.test(text))
    .map(text => text.split(/[,: ]/)[0]);

test("ours with lines for what was not pre-trained, the paper's panel, loss, cost", () => {
  const figure = maskRatioFigure(maskRatioRows, {baselines: baselineRows, published: mae2022});
  isSound(figure);
  matchesSnapshot(figure, __dirname, 'ratioFigure');
  assert.deepEqual(headings(figure), ['accuracy', 'published', 'loss', 'seconds', 'share']);
});

test('every seed is a point and means carry the t-interval; each measure where it was taken, beside its ratio', () => {
  const all = traces(maskRatioFigure(maskRatioRows)).filter(({yaxis}) => yaxis === 'y');
  const of = (name: string) => all.find(trace => trace.name === name)!;
  const at = (ratio: number) => maskRatioRows.filter(row => row.hidden === ratio && row.settings.mask);
  const {mean, high} = meanInterval(at(0.6).map(row => 100 * row.last.linear));
  assert.ok(
    Math.abs(of('linear probe').y[1]! - mean) < 1e-9 &&
      Math.abs(of('linear probe').error_y!.array[1]! - (high - mean)) < 1e-9,
  );
  assert.deepEqual(of('k-NN').customdata, [
    [10, 3],
    [60, 3],
    [95, 3],
  ]);
  assert.deepEqual(of('fine-tuned').customdata, [
    [10, 3],
    [95, 3],
  ]);
  assert.deepEqual(
    of('k-NN, each seed').y,
    maskRatioRows.filter(row => row.settings.mask).map(row => 100 * row.last.knn),
  );
  [10, 60, 95].forEach((ratio, i) =>
    assert.ok(
      Math.abs(of('k-NN').x[i]! - ratio) < 2 &&
        of('k-NN').x[i]! < of('linear probe').x[i]! &&
        of('linear probe').x[i] === ratio,
    ),
  );
});

test('lines: the encoder as it starts, trained from scratch, and HOG, each as it is measured', () => {
  const figure = maskRatioFigure(maskRatioRows, {baselines: baselineRows});
  assert.deepEqual(
    texts(figure)
      .filter(text => /^(untrained|from scratch|HOG|raw|chance)/.test(text))
      .sort(),
    ['HOG, k-NN 54.0', 'HOG, linear 49.0', 'from scratch 46.0', 'untrained, k-NN 31.0', 'untrained, linear 34.0'],
  );
});

test("the axis is linear, in percent; a tick of ours keeps its label, the paper's that would touch it does not", () => {
  const {type, tickvals, ticktext, range} = maskRatioFigure(maskRatioRows, {published: mae2022}).layout
    .xaxis as unknown as {type: string; tickvals: number[]; ticktext: string[]; range: number[]};
  assert.equal(type, 'linear');
  assert.deepEqual(tickvals, [10, 20, 30, 40, 50, 60, 70, 75, 80, 90, 95]);
  assert.deepEqual(ticktext, ['10', '20', '30', '40', '50', '60', '70', '', '80', '', '95']);
  assert.ok(range[0]! > 0 && range[0]! < 10 && range[1]! > 95 && range[1]! < 105);
});

test('without fine-tuning, seconds and published rows there is no panel and no curve for them', () => {
  const bare = maskRatioFigure([
    maskRow(0.25, 0, {accuracy: 0.3, secondsPerStep: null}),
    maskRow(0.75, 0, {accuracy: 0.4, secondsPerStep: null}),
  ]);
  isSound(bare);
  assert.deepEqual(headings(bare), ['accuracy', 'loss', 'share']);
  assert.deepEqual(
    [
      ...new Set(
        traces(bare)
          .filter(({yaxis}) => yaxis === 'y')
          .map(({name}) => name),
      ),
    ],
    ['k-NN', 'linear probe'],
  );
  assert.match(JSON.stringify(bare.layout.title), /one seed: no spread known/);
});

test('rows of several machines: their seconds are not compared', () => {
  assert.match(
    maskRatioFigure([...maskRatioRows, maskRow(0.4, 0, {accuracy: 0.3, device: 'another'})]).caption,
    /Rows come from 2 machines/,
  );
});

test('runs, rows and credits travel with it', () => {
  const figure = maskRatioFigure(maskRatioRows, {published: mae2022});
  assert.deepEqual(figure.credits, ['He et al. 2022, arXiv:2111.06377, Figure 5']);
  assert.deepEqual(
    [
      figure.runs.length,
      figure.rows.filter(row => row.kind === 'published').length,
      figure.rows[0]!.ratio,
      figure.rows[0]!.fineTuned,
    ],
    [12, 10, 0.1, 0.5],
  );
});

test('rows without random masks, of two data sets, or of two variants at a ratio are refused', () => {
  assert.throws(
    () => maskRatioFigure(maskRatioRows.filter(row => !row.settings.mask)),
    /^RangeError: maskRatioFigure: expected at least one row with a random mask, got none/,
  );
  assert.throws(
    () => maskRatioFigure([...maskRatioRows, maskRow(0.4, 0, {accuracy: 0.3, dataset: 'other'})]),
    /^RangeError: maskRatioFigure: expected rows of one data set, got made-up, other/,
  );
  assert.throws(
    () => maskRatioFigure([...maskRatioRows, maskRow(0.6, 0, {accuracy: 0.3, variant: 'deeper'})]),
    /^RangeError: maskRatioFigure: expected one variant at each ratio, got .*deeper/,
  );
});

test("below the accuracies, each ratio's probe against the one nearest to 75 %, or another that is named", () => {
  const differences = (figure: ReturnType<typeof maskRatioFigure>) =>
    traces(figure).find(({name}) => name.startsWith('difference'))!;
  const {name, x, y} = differences(maskRatioFigure(maskRatioRows));
  assert.deepEqual([name, x], ['difference to 60 % hidden', [10, 95]]);
  assert.ok(Math.max(...y) < 0, String(y)); // the sample is best at 60 %
  assert.deepEqual(differences(maskRatioFigure(maskRatioRows, {reference: 10})).x, [60, 95]);
});
