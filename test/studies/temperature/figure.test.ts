import assert from 'node:assert/strict';
import {test} from 'node:test';
import {meanInterval} from '../../../lib/analysis/meanInterval';
import {temperatureFigure} from '../../../lib/studies/temperature/figure';
import {publishedTemperatures} from '../../../lib/studies/temperature/published';
import {baselineRows, temperatureRow, temperatureRows} from '../../figures/sample';
import {isSound, matchesSnapshot} from '../../figures/snapshot';

type Trace = {
  name: string;
  x: number[];
  y: number[];
  yaxis: string;
  error_y?: {array: number[]; arrayminus: number[]};
  customdata: number[][];
};
const traces = (figure: ReturnType<typeof temperatureFigure>) => figure.data as unknown as Trace[];
const texts = (figure: ReturnType<typeof temperatureFigure>) =>
  (figure.layout.annotations as {text: string}[]).map(({text}) => text);

test('with baselines and published marks', () => {
  const figure = temperatureFigure(temperatureRows, {baselines: baselineRows, published: publishedTemperatures});
  isSound(figure);
  matchesSnapshot(figure, __dirname, 'figure');
});

test('every seed is a point; means carry the t-interval', () => {
  const figure = temperatureFigure(temperatureRows);
  const [mean, seeds] = traces(figure);
  assert.deepEqual(
    seeds!.y,
    temperatureRows.map(row => 100 * row.last.linear),
  );
  const {mean: expected, low, high} = meanInterval(temperatureRows.slice(0, 3).map(row => 100 * row.last.linear));
  assert.ok(Math.abs(mean!.y[0]! - expected) < 1e-9);
  assert.ok(
    Math.abs(mean!.error_y!.array[0]! - (high - expected)) < 1e-9 &&
      Math.abs(mean!.error_y!.arrayminus[0]! - (expected - low)) < 1e-9,
  );
  assert.deepEqual(mean!.customdata, [
    [0.05, 3],
    [0.3, 3],
    [1, 3],
  ]);
  // beside its temperature, near enough to be read as that
  mean!.x.forEach((x, i) => assert.ok(Math.abs(Math.log10(x / [0.05, 0.3, 1][i]!)) < 0.05));
});

test('the accuracy asked for is drawn, with the baselines of its probe', () => {
  const figure = temperatureFigure(temperatureRows, {baselines: baselineRows, accuracy: 'knnProjection'});
  assert.deepEqual(
    traces(figure)[1]!.y,
    temperatureRows.map(row => 100 * row.last.knnProjection),
  );
  assert.ok(texts(figure).includes('untrained 39.0 %')); // mean of .38 and .40
  assert.match(figure.caption, /untrained: mean of 2 seeds/);
});

test('published marks get a panel, or stand among ours of the same data set; losses without τ are left out', () => {
  const panels = (figure: ReturnType<typeof temperatureFigure>) =>
    Object.keys(figure.layout).filter(name => name.startsWith('yaxis')).length;
  assert.equal(panels(temperatureFigure(temperatureRows)), 4); // accuracy, differences, uniformity, tolerance
  assert.equal(panels(temperatureFigure(temperatureRows, {accuracy: 'knnProjection'})), 3); // rows keep no hits of it
  const elsewhere = temperatureFigure(temperatureRows, {published: publishedTemperatures});
  assert.equal(panels(elsewhere), 5);
  const drawn = traces(elsewhere)
    .filter(({yaxis}) => yaxis === 'y3')
    .flatMap(({y}) => y);
  assert.equal(drawn.length, publishedTemperatures.filter(({loss}) => loss === 'contrastive').length);
  const cifar = temperatureFigure(
    temperatureRows.map(row => ({...row, dataset: 'cifar-10'})),
    {published: publishedTemperatures.filter(({dataset}) => dataset === 'CIFAR-10')},
  );
  assert.equal(panels(cifar), 4);
  assert.deepEqual(
    traces(cifar)
      .find(({name}) => name === 'published')!
      .y.map(value => value.toFixed(2)),
    ['79.75', '83.27', '82.69', '82.21'],
  );
});

test('one seed shows no spread over seeds and says so', () => {
  const figure = temperatureFigure([temperatureRow(0.1, 0), temperatureRow(1, 0)]);
  isSound(figure);
  assert.equal(traces(figure).length, 5); // no seeds beside their own mean
  assert.match(JSON.stringify(figure.layout.title), /one seed: no spread known/);
});

test('temperatures too close for two labels keep ticks, and the measured one its label', () => {
  const {layout} = temperatureFigure([temperatureRow(0.3, 0), temperatureRow(1, 0)], {
    published: [{...publishedTemperatures[0]!, temperature: 0.29}],
  });
  const {tickvals, ticktext} = layout.xaxis as unknown as {tickvals: number[]; ticktext: string[]};
  assert.deepEqual(
    [tickvals, ticktext],
    [
      [0.29, 0.3, 1],
      ['', '0.3', '1'],
    ],
  );
});

test('runs, rows and numbers travel with it', () => {
  const figure = temperatureFigure(temperatureRows, {baselines: baselineRows, published: publishedTemperatures});
  assert.deepEqual(
    figure.runs,
    temperatureRows.map(row => row.run),
  );
  assert.equal(figure.rows.filter(row => row.kind === 'measured').length, 9);
  assert.ok(!('positiveSimilarities' in figure.rows[0]!));
  assert.deepEqual(figure.credits, [
    'Wang & Liu 2021, arXiv:2012.09740, Table 1',
    'Wang & Liu 2021, arXiv:2012.09740, README of the code',
    'Chen et al. 2020, arXiv:2002.05709, Table 5',
  ]);
});

test('no rows, or rows of two data sets, are refused', () => {
  assert.throws(
    () => temperatureFigure([]),
    /^RangeError: temperatureFigure: expected at least one row with a temperature, got none/,
  );
  assert.throws(
    () => temperatureFigure([temperatureRow(1, 0), {...temperatureRow(1, 1), dataset: 'other'}]),
    /^RangeError: temperatureFigure: expected rows of one data set, got made-up, other/,
  );
  assert.throws(
    () => temperatureFigure([temperatureRow(1, 0), temperatureRow(1, 0, {loss: 'hardContrastive'})]),
    /^RangeError: temperatureFigure: expected rows of one loss, got contrastive, hardContrastive/,
  );
});

test('below, each temperature against the one nearest to 0.3, or another that is named', () => {
  const hits = (text: string) => ({knn: text, linear: text});
  const rows = [
    ...[0, 1].map(seed => temperatureRow(0.05, seed, {hits: hits('110000')})),
    ...[0, 1].map(seed => temperatureRow(0.4, seed, {hits: hits('111100')})),
  ];
  const named = (figure: ReturnType<typeof temperatureFigure>) =>
    traces(figure).find(({name}) => name.startsWith('difference'))!;
  const {name, x, y} = named(temperatureFigure(rows));
  assert.deepEqual([name, x], ['difference to τ = 0.4', [0.05]]);
  assert.ok(Math.abs(y[0]! + 100 / 3) < 1e-9);
  assert.deepEqual(named(temperatureFigure(rows, {reference: 0.05})).x, [0.4]);
});
