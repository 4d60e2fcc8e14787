import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import {tf} from '../../lib/engine/tf';
import {withEventFile} from '../../lib/training/eventFile';
import {openRun, type HistoryLine} from '../../lib/training/run';
import {readEvents} from './readEvents';

const study = () => fs.mkdtempSync(path.join(os.tmpdir(), 'events-'));
const line = (step: number): HistoryLine => ({
  step,
  loss: 6 / step,
  learningRate: 0.001 * step,
  uniformity: -step,
  seconds: step / 10,
});
const named = 'temperature 0.1, seed 0';

/** What the file should hold of a step: float32. */
const expected = ({step, seconds: _, ...numbers}: HistoryLine) => ({
  step,
  scalars: Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, Math.fround(value as number)])),
});
const stepsOf = (folder: string) =>
  readEvents(folder)
    .slice(1)
    .map(({step, scalars}) => ({step, scalars}));

test('the event file holds the history; a continued run has each step once; a far step keeps its number', async () => {
  const folder = study();
  const before = tf.memory().numTensors;
  const first = await withEventFile(await openRun(folder, {seed: 0}, {}), named);
  await first.rewind(0);
  for (const step of [1, 2, 3, 4, 300, 70_000]) first.append(line(step));
  first.close();
  const file = path.join(first.folder, named);
  assert.equal(readEvents(file)[0]!.version, 'brain.Event:2');
  assert.deepEqual(
    stepsOf(file),
    [1, 2, 3, 4, 300, 70_000].map(step => expected(line(step))),
  );
  const second = await withEventFile(await openRun(folder, {seed: 0}, {}), named);
  await second.rewind(2);
  for (const step of [3, 4, 5]) second.append(line(step));
  second.close();
  assert.deepEqual(
    stepsOf(file),
    [1, 2, 3, 4, 5].map(step => expected(line(step))),
  );
  assert.deepEqual(
    second.history().map(({step}) => step),
    [1, 2, 3, 4, 5],
  );
  assert.equal(tf.memory().numTensors, before);
});

test('the times between steps are those of the training, without what lay between two starts', async () => {
  const run = await openRun(study(), {}, {});
  for (const step of [1, 2, 3]) run.append(line(step));
  const again = await withEventFile(run, named);
  const now = Date.now() / 1000;
  await again.rewind(3);
  again.close();
  const times = readEvents(path.join(run.folder, named))
    .slice(1)
    .map(({time}) => time - now);
  times.forEach((time, i) => assert.ok(Math.abs(time - times[2]! - (i - 2) / 10) < 1e-5, `${times}`));
  assert.ok(times[2]! >= -1e-3 && times[2]! < 60);
});

test('a finished run gets its file when it is asked for; evaluations are in it by name, lists are not', async () => {
  const folder = study();
  const run = await openRun(folder, {}, {});
  run.append(line(1));
  run.append({
    step: 1,
    epoch: 1,
    evaluation: {accuracies: {knn: 0.5}, protocol: '20-NN', positiveSimilarities: [0, 1]},
    seconds: 0.2,
  });
  await run.finish({done: true});
  run.close();
  const finished = await withEventFile(await openRun(folder, {}, {}), named);
  finished.close();
  assert.deepEqual(stepsOf(path.join(run.folder, named)), [
    expected(line(1)),
    {step: 1, scalars: {'evaluation/accuracies/knn': 0.5}},
  ]);
});
