import assert from 'node:assert/strict';
import {test} from 'node:test';
import {duration, progressHtml, progressText} from '../../lib/notebook/progress';
import {trainingEvents} from '../figures/sample';

const progress = {rows: [], seconds: 30, state: 'running' as const};

test('what is left follows from the steps seen, not from those before an interruption', () => {
  const resumed = trainingEvents(60, 100).slice(49);   // steps 50 to 60 in 20 s: 40 more take 80 s
  assert.match(progressText({...progress, events: resumed, trainingSeconds: 20}), /^step 60 of 100, epoch 6 of 10, loss 1\.906, 250 images\/s, about 1 min 20 s left, 30 s so far$/);
  assert.doesNotMatch(progressText({...progress, events: resumed.slice(0, 1), trainingSeconds: 0}), /left/);
});

test('a study: which run of how many, its settings, the rows so far, and the time of the runs to come', () => {
  const events = trainingEvents(11, 21);   // 10 steps in 5 s: 10 more and two runs of 21 steps take 26 s
  const text = progressText({...progress, events, training: {index: 2, runs: 5, temperature: 0.1, seed: 0}, rows: [{}, {}], trainingSeconds: 5});
  assert.match(text, /^2 rows, run 3 of 5, temperature 0\.1, seed 0, step 11 of 21, .*, about 26 s left, 30 s so far$/);
});

test('times in the units that one would say', () => {
  assert.deepEqual([0.4, 59.4, 80, 7500].map(duration), ['0 s', '59 s', '1 min 20 s', '2 h 5 min']);
});

test('a drawing of a hundred thousand steps stays small, and ends with the last value', () => {
  const events = trainingEvents(100_000);
  const html = progressHtml({...progress, events, trainingSeconds: 1});
  assert.ok(html.length < 30_000, `${html.length} characters`);
  assert.ok(html.includes(`loss (nats): <b>${Number(events.at(-1)!.loss.toPrecision(4)).toString().replace('-', '−')}</b>`));
});
