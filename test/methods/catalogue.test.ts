import assert from 'node:assert/strict';
import {test} from 'node:test';
import {pickingRange} from '../../lib/losses/lossRange';
import {
  methodCatalogue,
  methodNames,
  methodRecord,
  type MethodRecord,
  type MethodSettings,
} from '../../lib/methods/catalogue';
import {simclr} from '../../lib/methods/contrastive/simclr';
import {methodTask} from '../../lib/study/methodTask';
import {noInformation} from '../../lib/study/noInformation';
import {passes} from '../../lib/study/passes';
import {train} from '../../lib/training/train';
import {openTraining} from '../../lib/training/training';
import {twoViews, type TwoViews} from '../../lib/views/sources/twoViews';
import {tinyDataset} from '../study/tinyDataset';

test('titles are set apart: a run is found by them', () => {
  assert.equal(new Set(Object.values(methodNames)).size, Object.keys(methodCatalogue).length);
});

test('another name is refused, with those that there are; so is what every object has', () => {
  for (const method of ['simsim', 'constructor']) {
    assert.throws(
      () => methodRecord({method: method as 'simclr'}),
      new RegExp(`^RangeError: methodRecord: expected siamese, simclr, .*, supervised, got '${method}'$`),
    );
  }
});

test('a record is all that a method needs to be trained, judged and counted by its name', async t => {
  const own: MethodRecord<{options?: {width?: number}}, TwoViews> = {
    title: 'made up',
    make: ({options}, {backbone}) => simclr({backbone, projector: [options?.width ?? 8], temperature: 0.3}),
    source: (_settings, {dataset, recipe}) => twoViews({dataset, recipe}),
    range: (_settings, {batch}) => pickingRange(2 * batch - 1, 0.3),
    prototypes: () => 4,
    encoded: () => ({learned: 2, watched: 1}),
  };
  Object.assign(methodCatalogue, {madeUp: own});
  t.after(() => {
    delete (methodCatalogue as Record<string, unknown>).madeUp;
  });
  // the type is of the names in the file
  const method = {method: 'madeUp', options: {width: 16}} as unknown as MethodSettings;
  const dataset = tinyDataset(16);
  const {task} = methodTask({dataset, method, seed: 0, batch: 32, epochs: 1});
  const training = openTraining(task);
  try {
    const {value} = await train(task, training).next();
    assert.ok(value!.loss > 0 && 'collapse' in value!.metrics);
    assert.deepEqual(value!.range, pickingRange(63, 0.3));
  } finally {
    training.dispose();
    task.source.dispose();
  }
  assert.deepEqual(noInformation(method, {batch: 32, backbone: 'smallConv'}), pickingRange(63, 0.3));
  assert.equal(passes({method, local: {count: 0, scale: 0.5}, side: 32}), 7);
  assert.throws(
    () => methodTask({dataset: {...dataset, classes: ['a', 'b', 'c', 'd', 'e']}, method, seed: 0}),
    /^RangeError: methodTask: expected at least as many prototypes as classes, 5, got 4/,
  );
});
