import assert from 'node:assert/strict';
import {test} from 'node:test';
import {similarityFigure, similaritySlider} from '../../../lib/studies/temperature/similarityFigure';
import {temperatureRow, temperatureRows} from '../../figures/sample';
import {isSound, matchesSnapshot} from '../../figures/snapshot';

test('a panel for each temperature', () => {
  const fewer = (shares: number[]) =>
    Array.from({length: 8}, (_, i) => shares.slice(5 * i, 5 * i + 5).reduce((a, b) => a + b, 0));
  const rows = temperatureRows.map(row => ({
    ...row,
    positiveSimilarities: fewer(row.positiveSimilarities),
    negativeSimilarities: fewer(row.negativeSimilarities),
    nearestSimilarities: fewer(row.nearestSimilarities),
  }));
  for (const [name, figure] of Object.entries({
    similarityFigure: similarityFigure(rows),
    similaritySlider: similaritySlider(rows),
  })) {
    isSound(figure);
    matchesSnapshot(figure, __dirname, name);
  }
});

test('the slider has a frame and a step for each temperature, and begins at the largest', () => {
  const {data, frames, layout} = similaritySlider([
    ...temperatureRows,
    temperatureRow(1, 7, {temperature: null, loss: 'simple'}),
  ]);
  const [{steps, active}] = layout.sliders as unknown as [{steps: {label: string; args: [[string]]}[]; active: number}];
  assert.deepEqual(
    frames!.map(({name}) => name),
    ['0.05', '0.3', '1'],
  );
  assert.deepEqual(
    steps.map(({label, args: [[frame]]}) => [label, frame]),
    [
      ['0.05', '0.05'],
      ['0.3', '0.3'],
      ['1', '1'],
    ],
  );
  assert.equal(active, 2);
  assert.deepEqual(data, frames![2]!.data);
});

test('shares are means over seeds in percent, and the marks stand at the mean cosine', () => {
  // bins centered on −.75, −.25, .25, .75
  const delta = (bin: number) => Array.from({length: 4}, (_, i) => (i === bin ? 1 : 0));
  const row = (seed: number, bin: number) =>
    temperatureRow(0.5, seed, {
      positiveSimilarities: delta(bin),
      negativeSimilarities: delta(0),
      nearestSimilarities: delta(0),
    });
  const [positives, mean] = similarityFigure([row(0, 3), row(1, 2)]).data as unknown as {x: number[]; y: number[]}[];
  assert.deepEqual(positives!.y, [0, 0, 50, 50]);
  assert.deepEqual(positives!.x, [-0.75, -0.25, 0.25, 0.75]);
  assert.deepEqual(mean!.x, [0.5]);
});

test('histograms of different sizes are refused', () => {
  assert.throws(
    () => similarityFigure([{...temperatureRow(1, 0), positiveSimilarities: [1]}]),
    /^RangeError: similarityFigure: expected histograms of one number of bins, got 1, 40/,
  );
  assert.throws(
    () => similarityFigure([]),
    /^RangeError: similarityFigure: expected at least one row with a temperature/,
  );
});
