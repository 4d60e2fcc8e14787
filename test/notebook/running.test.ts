import assert from 'node:assert/strict';
import {test} from 'node:test';
import {runningRows, runningTrainings, type TrainingOfStudy} from '../../lib/notebook/running';
import {trainingEvents} from '../figures/sample';

const of = (index: number, done: number, lost: number[] = []): TrainingOfStudy => ({
  index,
  runs: 4,
  done,
  lost,
  temperature: index / 10,
});
const shown = (running: ReturnType<typeof runningTrainings>) =>
  running.list().map(({events, training}) => [training?.index, events.map(({step}) => step)]);

test('trainings side by side are kept apart; one that has ended stays until another begins or it is counted', () => {
  const running = runningTrainings();
  const [one, two, three] = trainingEvents(3);
  running.add(one!, of(1, 0));
  running.add(one!, of(0, 0));
  running.add(two!, of(1, 0));
  running.add(three!, of(1, 0));
  assert.deepEqual(shown(running), [
    [0, [1]],
    [1, [1, 2, 3]],
  ]);
  running.add(two!, of(0, 1));
  assert.deepEqual(shown(running), [[0, [1, 2]]]);
  running.add(one!, of(2, 1));
  running.add(three!, of(0, 1));
  running.add(one!, of(3, 1));
  assert.deepEqual(shown(running), [
    [2, [1]],
    [3, [1]],
  ]);
});

test('a run that was lost with its process runs no more', () => {
  const running = runningTrainings();
  const [one, two] = trainingEvents(3);
  running.add(one!, of(0, 0));
  running.add(one!, of(1, 0));
  running.add(two!, of(0, 0, [1]));
  assert.deepEqual(shown(running), [[0, [1, 2]]]);
  assert.deepEqual(
    runningRows(running.list()).map(({run, temperature, epoch}) => [run, temperature, epoch]),
    [
      ['1 of 4', 0, '1 of 1'],
      ['0 of 4 done, 1 lost', undefined, undefined],
    ],
  );
});

test('a training of no study starts anew when its steps do', () => {
  const running = runningTrainings();
  for (const event of [...trainingEvents(2, 5), ...trainingEvents(1, 5)]) running.add(event);
  assert.deepEqual(shown(running), [[undefined, [1]]]);
  assert.deepEqual(
    runningRows(running.list()).map(({run, left}) => [run, left]),
    [['1 of 1', null]],
  );
});
