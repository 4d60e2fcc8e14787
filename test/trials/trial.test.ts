// slow: trains

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {smallConv} from '../../lib/backbones/smallConv';
import {simclr} from '../../lib/methods/contrastive/simclr';
import {trial} from '../../lib/trials/trial';
import {adamW} from '../../lib/training/adamW';
import type {TrainingEvent} from '../../lib/training/event';
import {constant} from '../../lib/schedules';
import {simclrCifarViews} from '../../lib/views/recipes/simclrCifar';
import {twoViews} from '../../lib/views/sources/twoViews';
import {flat} from '../flat';
import {tinyDataset} from '../study/tinyDataset';

const dataset = tinyDataset();
const task = () => ({
  method: simclr({backbone: smallConv({width: 16}), projector: [16, 8]}),
  source: twoViews({dataset, recipe: simclrCifarViews({...dataset, size: 16})}),
  optimizer: adamW(),
  schedule: constant(1e-3),
  epochs: 2,
  batch: 40,
  seed: 0,
});

test('every step is told, accuracies are shares, and no tensor stays', async () => {
  const told: TrainingEvent[] = [];
  const whole = task();
  const {events, accuracies, protocol} = await flat(() => trial(whole, dataset, {onEvent: event => told.push(event)}));
  assert.deepEqual(
    told.map(({step}) => step),
    [1, 2, 3, 4, 5, 6, 7, 8],
  );
  assert.deepEqual(events, told);
  assert.deepEqual(Object.keys(accuracies).sort(), ['knn', 'knnProjection', 'linear', 'linearProjection']);
  assert.ok(
    Object.values(accuracies).every(share => share > 0.5 && share <= 1),
    'four plain colors are easily told apart',
  );
  assert.match(protocol, /20-NN.*40 training, 40 validation, 40 test images/);
  whole.source.dispose();
});

test('an interrupt ends it and leaves nothing', async () => {
  const controller = new AbortController();
  const cut = task();
  await flat(() =>
    assert.rejects(
      trial(cut, dataset, {
        signal: controller.signal,
        onEvent: ({step}) => step === 3 && controller.abort(new DOMException('interrupted', 'AbortError')),
      }),
      {name: 'AbortError'},
    ),
  );
  cut.source.dispose();
});
