// A kernel lives for hours: training after training in one process must not fill its memory.
// slow: trains

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import {health} from '../../lib/analysis/health';
import {smallConv} from '../../lib/backbones/smallConv';
import {tf} from '../../lib/engine/tf';
import {evaluateEncoder} from '../../lib/evaluation/evaluateEncoder';
import {simclr} from '../../lib/methods/contrastive/simclr';
import {adamW} from '../../lib/training/adamW';
import {encoderOf} from '../../lib/embedding/encoderOf';
import {warmupCosine} from '../../lib/schedules';
import {train} from '../../lib/training/train';
import {openTraining} from '../../lib/training/training';
import {simclrCifarViews} from '../../lib/views/recipes/simclrCifar';
import {twoViews} from '../../lib/views/sources/twoViews';
import {tinyDataset} from '../study/tinyDataset';

setFlagsFromString('--expose-gc');
// what JavaScript has yet to collect is no leak, and wanders by 80 MB
const collectGarbage = runInNewContext('gc') as () => void;

/** A whole training as a notebook does it: views, steps, statistics, evaluation. */
async function once(seed: number) {
  const dataset = tinyDataset(32);
  const source = twoViews({
    dataset,
    recipe: simclrCifarViews({mean: dataset.mean, standardDeviation: dataset.standardDeviation}),
  });
  const task = {
    method: simclr({backbone: smallConv({width: 32}), projector: [32]}),
    source,
    optimizer: adamW(),
    schedule: warmupCosine({peak: 1e-3}),
    epochs: 3,
    batch: 32,
    seed,
    watch: health,
  };
  const training = openTraining(task);
  for await (const _ of train(task, training));
  const {encoder, dispose} = await encoderOf(task.method, training, dataset);
  await evaluateEncoder(encoder, dataset);
  dispose();
  training.dispose();
  source.dispose();
}

/**
 * Trainings before it counts: what is allocated once and kept, such as the allocator's own arenas,
 * is no leak. It has been seen to come as late as with the third training.
 */
const WARM_UP = 3;

test('after a warm-up sixteen trainings leave no tensor, and resident memory grows by at most 50 MB', async () => {
  // the least of the last eight against the least of the first eight
  const resident: number[] = [];
  const tensors: number[] = [];
  for (let i = 0; i < WARM_UP; i++) await once(i);
  for (let i = 0; i < 16; i++) {
    await once(WARM_UP + i);
    collectGarbage();
    resident.push(process.memoryUsage().rss / 2 ** 20);
    tensors.push(tf.memory().numTensors);
  }
  assert.equal(new Set(tensors).size, 1, `tensors after each training: ${tensors}`);
  // single values wander by 80 MB with what the allocator has yet to give back; a leak lifts the
  // least of them, too
  const least = (values: number[]) => Math.min(...values);
  assert.ok(
    least(resident.slice(8)) - least(resident.slice(0, 8)) <= 50,
    `MB after each training: ${resident.map(Math.round)}`,
  );
});
