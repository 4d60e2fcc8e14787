import assert from 'node:assert/strict';
import {test} from 'node:test';
import {trainingFigure} from '../../lib/figures/trainingFigure';
import {trainingEvents} from './sample';
import {isSound, matchesSnapshot} from './snapshot';

type Trace = {name: string; x: number[]; y: number[]; mode: string};

test('loss and metrics of one training', () => {
  const figure = trainingFigure(trainingEvents(30), {
    references: [{value: Math.log(63), label: 'all views alike: log 63'}],
    runs: ['abc'],
  });
  isSound(figure);
  matchesSnapshot(figure, __dirname, 'trainingFigure');
});

test('several trainings, one of which lacks a metric', () => {
  const figure = trainingFigure({
    'batch 8': trainingEvents(30),
    'batch 256': trainingEvents(30).map(event => ({...event, metrics: {alignment: event.metrics.alignment!}})),
  });
  isSound(figure);
  matchesSnapshot(figure, __dirname, 'trainingFigureSeveral');
});

test('each number of health says what it is, and in which unit', () => {
  const metrics = (i: number) => ({
    collapse: 1 - 0.5 / (i + 1),
    dimensions: 2 + 0.1 * i,
    assignmentEntropy: 0.7 + 0.3 / (i + 1),
    prototypesUsed: 0.9 - 0.5 / (i + 1),
    teacherEntropy: 4 - 0.5 / (i + 1),
    divergence: 0.5 / (i + 1),
    teacherDistance: (0.1 * i) / 30,
    temperature: 0.1,
  });
  const figure = trainingFigure(
    trainingEvents(30).map((event, i) => ({...event, metrics: metrics(i)})),
    {title: 'DINO'},
  );
  isSound(figure);
  matchesSnapshot(figure, __dirname, 'trainingFigureTeacher');
  const titles = (figure.layout.annotations as {text: string}[]).map(({text}) => text);
  for (const name of Object.keys(metrics(0))) assert.ok(!titles.includes(name), `${name} stands under its own name`);
});

test('many steps are thinned to means of neighbors, and the rows keep all', () => {
  const figure = trainingFigure(trainingEvents(1000));
  const [loss] = figure.data as unknown as Trace[];
  assert.equal(loss!.x.length, Math.ceil(1000 / 3));
  assert.equal(loss!.x[0], 2);
  assert.ok(Math.abs(loss!.y[0]! - (6 + 6 - Math.log(2) + 6 - Math.log(3)) / 3) < 1e-12);
  assert.match(figure.caption, /each point is the mean of up to 3 steps/);
  assert.equal(figure.rows.length, 1000);
});

test('a training that was stopped says where; a single event is a point', () => {
  assert.match(
    JSON.stringify(trainingFigure(trainingEvents(12, 40)).layout.title),
    /40 steps, 4 epochs; stopped at step 12/,
  );
  assert.equal((trainingFigure(trainingEvents(1, 40)).data as unknown as Trace[])[0]!.mode, 'lines+markers');
});

test('a reference stands in the panel of its metric', () => {
  const figure = trainingFigure(trainingEvents(30), {
    references: [
      {value: 4, label: 'chance'},
      {value: 2, label: 'unrelated', metric: 'alignment'},
    ],
  });
  isSound(figure);
  const placed = (figure.layout.annotations as {text: string; yref: string}[]).filter(({text}) =>
    ['chance', 'unrelated'].includes(text),
  );
  assert.deepEqual(
    placed.map(({text, yref}) => [text, yref]),
    [
      ['chance', 'y'],
      ['unrelated', 'y2'],
    ],
  );
  assert.deepEqual(
    (figure.layout.shapes as {yref: string; y0: number}[]).map(({yref, y0}) => [yref, y0]),
    [
      ['y', 4],
      ['y2', 2],
    ],
  );
  assert.throws(
    () => trainingFigure(trainingEvents(3), {references: [{value: 2, label: 'two', metric: 'aligment'}]}),
    /^RangeError: trainingFigure: expected references to the loss or to alignment, .*, got aligment/,
  );
});

test('of one training what its loss is worth when it says nothing stands in its panel, of several nothing', () => {
  const events = trainingEvents(30).map(event => ({...event, range: {chance: 5, floor: 2}}));
  const shapes = (figure: ReturnType<typeof trainingFigure>) =>
    (figure.layout.shapes as {y0: number}[]).map(({y0}) => y0);
  const figure = trainingFigure(events);
  isSound(figure);
  assert.deepEqual(shapes(figure), [5, 2]);
  assert.deepEqual(shapes(trainingFigure(events, {references: []})), []);
  assert.deepEqual(shapes(trainingFigure({a: events, b: events})), []);
});

test('no events are refused', () => {
  assert.throws(() => trainingFigure([]), /^RangeError: trainingFigure: expected at least one event/);
  assert.throws(() => trainingFigure({}), /^RangeError: trainingFigure/);
});
