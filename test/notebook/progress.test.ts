import assert from 'node:assert/strict';
import {test} from 'node:test';
import {progressHtml, progressText, progressWarning} from '../../lib/notebook/progress';
import {duration} from '../../lib/notebook/running';
import {trainingEvents} from '../figures/sample';

const progress = {rows: [], seconds: 30, state: 'running' as const};

test('what is left follows from the steps seen, not from those before an interruption', () => {
  const resumed = trainingEvents(60, 100).slice(49); // steps 50 to 60 in 20 s: 40 more take 80 s
  assert.match(
    progressText({...progress, running: [{events: resumed, seconds: 20}]}),
    /^step 60 of 100, epoch 6 of 10, loss 1\.906, 250 images\/s, about 1 min 20 s left, 30 s so far$/,
  );
  assert.doesNotMatch(progressText({...progress, running: [{events: resumed.slice(0, 1), seconds: 0}]}), /left/);
});

test('a study: which run of how many, its settings, the rows so far, and the time of the runs to come', () => {
  // 10 steps in 5 s: 10 more and two runs of 21 steps take 26 s
  const events = trainingEvents(11, 21);
  const text = progressText({
    ...progress,
    running: [{events, training: {index: 2, runs: 5, temperature: 0.1, seed: 0}, seconds: 5}],
    rows: [{}, {}],
  });
  assert.match(text, /^2 rows, run 3 of 5, temperature 0\.1, seed 0, step 11 of 21, .*, about 26 s left, 30 s so far$/);
});

const side = (
  index: number,
  temperature: number,
  steps: number,
  seconds: number,
  over: {done: number; lost: number[]},
) => ({events: trainingEvents(steps, 100), training: {index, runs: 15, ...over, temperature, seed: 0}, seconds});

test('of trainings side by side a line each, under one for the whole study', () => {
  // a step a second each: 59 and 79 steps are left of these, 9 runs wait
  const running = [side(3, 0.5, 41, 40, {done: 2, lost: []}), side(4, 1, 21, 20, {done: 3, lost: [2]})];
  const text = progressText({...progress, running, rows: [{}, {}]});
  assert.deepEqual(text.split('\n'), [
    `2 rows, 3 of 15 runs done, 1 lost, 500 images/s, about ${duration((59 + 79 + 9 * 100) / 2)} left, 30 s so far`,
    '  run 4 of 15, temperature 0.5, seed 0, step 41 of 100, epoch 5 of 10, loss 2.286, 250 images/s, about 59 s left',
    '  run 5 of 15, temperature 1, seed 0, step 21 of 100, epoch 3 of 10, loss 2.955, 250 images/s, ' +
      'about 1 min 19 s left',
  ]);
  const html = progressHtml({...progress, running});
  for (const cell of [
    '<td style="text-align:left">4 of 15</td>',
    '<td style="text-align:left">3 of 15 done, 1 lost</td>',
    '>temperature</th>',
    '<td style="text-align:left">5 of 10</td>',
    '<td style="text-align:left">1 min 19 s</td>',
    'run 5: loss (nats)',
  ])
    assert.ok(html.includes(cell), `${cell} is not in ${html}`);
  const sick = [3, 4]
    .map(index => side(index, 1, 60, 60, {done: 3, lost: []}))
    .map(one => ({...one, events: one.events.map(event => ({...event, metrics: {collapse: 0.01, dimensions: 1}}))}));
  assert.match(progressWarning({...progress, running: sick}), /^Run 4: Collapse: .*\nRun 5: Collapse: /);
});

test('a loss that stays at what says nothing is named while it trains', () => {
  const events = trainingEvents(60).map(event => ({...event, loss: 5.54, range: {chance: 5.545, floor: 1.7}}));
  assert.match(
    progressWarning({...progress, running: [{events, seconds: 20}]}),
    /^The loss 5\.54 has not come down from 5\.54, chance/,
  );
});

test('the last run of a study takes its own time, however fast the others were', () => {
  // 10 steps a second, and one
  const running = [side(13, 0.5, 91, 9, {done: 13, lost: []}), side(14, 1, 11, 10, {done: 13, lost: []})];
  assert.match(progressText({...progress, running}), /about 1 min 29 s left, 30 s so far\n/);
});

test('times in the units that one would say', () => {
  assert.deepEqual([0.4, 59.4, 80, 7500].map(duration), ['0 s', '59 s', '1 min 20 s', '2 h 5 min']);
});

test('a drawing of a hundred thousand steps stays small, and ends with the last value', () => {
  const events = trainingEvents(100_000);
  const html = progressHtml({...progress, running: [{events, seconds: 1}]});
  assert.ok(html.length < 30_000, `${html.length} characters`);
  assert.ok(
    html.includes(`loss (nats): <b>${Number(events.at(-1)!.loss.toPrecision(4)).toString().replace('-', '−')}</b>`),
  );
});
