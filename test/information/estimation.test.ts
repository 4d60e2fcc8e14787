import assert from 'node:assert/strict';
import {test} from 'node:test';
import {correlatedGaussians} from '../../lib/information/correlatedGaussians';
import {estimation, nothing} from '../../lib/information/estimation';
import {adamW} from '../../lib/training/adamW';
import {train} from '../../lib/training/train';
import {disposeState, openTraining} from '../../lib/training/training';
import {constant} from '../../lib/schedules';

const task = () => ({
  method: estimation({
    truth: correlatedGaussians({dimensions: 3}),
    information: 1,
    estimator: {estimator: 'mine'},
    batch: 16,
    hidden: 16,
  }),
  source: nothing(16, 10),
  optimizer: adamW({decay: 0}),
  schedule: constant(1e-3),
  epochs: 2,
  batch: 16,
  seed: 4,
});

async function losses(training: ReturnType<typeof openTraining>, stop = Infinity): Promise<number[]> {
  const found: number[] = [];
  for await (const {loss, step} of train(task(), training as never)) {
    found.push(loss);
    if (step >= stop) break;
  }
  return found;
}

test("compiled equals eager; stopped and continued gives the same numbers, MINE's average included", async () => {
  const [compiled, eager, first, second] = [
    openTraining(task()),
    openTraining(task(), {eager: true}),
    openTraining(task()),
    openTraining(task()),
  ];
  const whole = await losses(compiled);
  (await losses(eager)).forEach((loss, i) => assert.ok(Math.abs(loss - whole[i]!) < 1e-4, `step ${i + 1}`));
  const before = await losses(first, 7);
  const state = first.read();
  assert.notEqual(state.state.logAverage.dataSync()[0], 0);
  second.write(state);
  disposeState(state);
  assert.deepEqual([...before, ...(await losses(second as never))], whole);
  for (const training of [compiled, eager, first, second]) training.dispose();
});
