// slow: trains

import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {BackboneName} from '../../lib/backbones/namedBackbone';
import {key} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import type {CropMaskSettings} from '../../lib/masks/namedCropMask';
import {noInformation} from '../../lib/study/noInformation';
import {methodNames, type MethodName, type MethodSettings} from '../../lib/methods/catalogue';
import {methodTask} from '../../lib/study/methodTask';
import {encoderOf} from '../../lib/embedding/encoderOf';
import {train} from '../../lib/training/train';
import {openTraining} from '../../lib/training/training';
import {normalize} from '../../lib/views/normalize';
import {continuesExactly} from '../methods/continues';
import {compiledEqualsEager} from '../methods/equal';
import {tinyDataset} from './tinyDataset';

const small: MethodSettings[] = [
  {method: 'siamese', options: {projector: {widths: [16, 16]}, negatives: {temperature: 0.2}}},
  {method: 'simclr', options: {projector: [16]}},
  {method: 'moco', options: {projector: [16], queue: 64, groups: 2}},
  {method: 'mocoV3'},
  {method: 'instanceDiscrimination', options: {projector: [16]}},
  {method: 'invariantSpread', options: {projector: [16]}},
  {method: 'pirl', options: {transform: 'rotation', width: 16}},
  {method: 'simsiam', options: {projector: [16, 16]}},
  {method: 'byol', options: {projector: [16, 16], momentum: 0.9}},
  {method: 'barlowTwins', options: {projector: [16, 16]}},
  {method: 'vicreg', options: {projector: [16, 16]}},
  {method: 'swav', options: {projector: [16, 16], prototypes: 20, frozenSteps: 0}},
  {method: 'pcl', options: {projector: [16], queue: 64, groups: 2, clusters: [8], warmup: 0}},
  {method: 'dino', options: {hidden: 16, bottleneck: 16, prototypes: 20, momentum: 0.9}},
  {
    method: 'ibot',
    options: {hidden: 16, bottleneck: 16, prototypes: 20, momentum: 0.9},
    mask: {strategy: 'attention', mode: 'hint'},
  },
  {method: 'mae', mask: {strategy: 'random', ratio: 0.75}},
  {method: 'sdae', ratio: 0.75},
  {method: 'supervised'},
];
const backbones: Partial<Record<MethodName, BackboneName>> = {
  ibot: 'vit-nano-token',
  mae: 'vit-nano',
  sdae: 'vit-nano',
};
/** Those whose loss is of patches or of classes. */
const withoutProjection: readonly MethodName[] = ['mae', 'sdae', 'supervised'];

test('every method is there', () =>
  assert.deepEqual(
    small.map(({method}) => method),
    Object.keys(methodNames),
  ));

for (const method of small) {
  test(`${method.method}: trains from plain data, tells its health, and gives an encoder`, async () => {
    const dataset = tinyDataset(16);
    const {task} = methodTask({
      dataset,
      method,
      seed: 1,
      backbone: backbones[method.method] ?? 'smallConv',
      epochs: 1,
      batch: 32,
      ...(['dino', 'ibot'].includes(method.method) && {
        optimizer: {name: 'adamW', rate: 1e-3, decay: 0.04, clip: 3},
        local: {count: 2, scale: 0.5},
      }),
    });
    const training = openTraining(task);
    try {
      let steps = 0;
      for await (const {loss, metrics, range} of train(task, training)) {
        assert.deepEqual(range, noInformation(method, {batch: 32, backbone: 'smallConv', images: 160}));
        steps++;
        assert.ok(
          Number.isFinite(loss) && Object.values(metrics).every(Number.isFinite),
          `${loss} ${JSON.stringify(metrics)}`,
        );
        assert.equal('collapse' in metrics, !withoutProjection.includes(method.method));
        assert.equal('prototypesUsed' in metrics, ['swav', 'dino', 'ibot'].includes(method.method));
      }
      assert.equal(steps, Math.floor(task.source.size / 32));
      const {encoder, backbone, dispose} = await encoderOf(task.method, training, dataset);
      const {embedding} = encoder(tf.tidy(() => normalize(dataset)(tf.fill([2, 16, 16, 3], 0.5))));
      assert.equal(embedding.shape[0], 2);
      assert.ok(Object.keys(backbone.params).length > 0);
      dispose();
    } finally {
      training.dispose();
      task.source.dispose();
    }
  });
}

test('another name is refused', () => {
  assert.throws(
    () => methodTask({dataset: tinyDataset(16), method: {method: 'simsim' as 'simsiam'}, seed: 0}),
    /^RangeError: methodRecord: expected siamese, simclr, .*, got 'simsim'/,
  );
});

test('fewer prototypes than classes are refused in one line, whichever method has them; as many are taken', () => {
  const dataset = tinyDataset(16);
  const build = (method: MethodSettings) =>
    methodTask({
      dataset,
      method,
      seed: 0,
      ...(method.method === 'ibot' && {backbone: 'vit-nano-token'}),
    }).task.source.dispose();
  const withPrototypes = (k: number): MethodSettings[] => [
    {method: 'siamese', options: {predictor: false, clusters: {prototypes: k}}},
    {method: 'swav', options: {prototypes: k}},
    {method: 'dino', options: {prototypes: k}},
    {method: 'ibot', options: {prototypes: k}},
    {method: 'pcl', options: {clusters: [2, k]}},
  ];
  for (const method of withPrototypes(3))
    assert.throws(
      () => build(method),
      /^RangeError: methodTask: expected at least as many prototypes as classes, 4, got 3: with fewer, classes share one$/,
      method.method,
    );
  for (const method of withPrototypes(4)) build(method);
  const few = {...dataset, splits: {...dataset.splits, pretrain: dataset.splits.pretrain.slice(0, 30)}};
  assert.throws(
    () => methodTask({dataset: few, method: {method: 'pcl'}, seed: 0}),
    /^RangeError: methodTask: expected at least as many prototypes as classes, 4, got 2/,
  );
});

/** Trainings with each kind of mask. */
const crops: CropMaskSettings[] = [{strategy: 'random'}, {strategy: 'block'}, {strategy: 'attention', mode: 'high'}];
const ibotTask = (mask: CropMaskSettings, others: {batch?: number; epochs?: number} = {}) =>
  methodTask({
    dataset: tinyDataset(16),
    method: {method: 'ibot', options: {hidden: 16, bottleneck: 16, prototypes: 20, momentum: 0.9}, mask},
    seed: 1,
    backbone: 'vit-nano-token',
    epochs: 1,
    batch: 16,
    optimizer: {name: 'sgd', rate: 0.01, decay: 0},
    ...others,
  }).task;

for (const mask of crops) {
  test(`iBOT, ${mask.strategy}: compiled equals eager, and a training that is continued from a checkpoint ends in the same numbers`, async () => {
    await compiledEqualsEager(() => ibotTask(mask), 3);
    const task = ibotTask(mask, {batch: 40});
    assert.equal((await continuesExactly(task, [2])).losses.length, 4);
    task.source.dispose();
  });
}

test('iBOT needs a transformer with the class token as its embedding, and masks that there are', () => {
  const build = (others: Partial<Parameters<typeof methodTask>[0]>) =>
    methodTask({dataset: tinyDataset(16), method: {method: 'ibot', options: {prototypes: 20}}, seed: 0, ...others});
  for (const backbone of ['smallConv', 'resnet18-cifar', 'vit-nano'] as const) {
    assert.throws(
      () => build({backbone}),
      new RegExp(
        '^RangeError: methodTask: expected a transformer with the class token as its embedding for iBOT, for ' +
          `example vit-nano-token, got ${backbone}$`,
      ),
    );
  }
  const masked = (mask: object) => () =>
    build({
      backbone: 'vit-nano-token',
      method: {method: 'ibot', options: {prototypes: 20}, mask: mask as CropMaskSettings},
    });
  assert.throws(
    masked({strategy: 'grid'}),
    /^RangeError: namedCropMask: expected random, block or attention, got 'grid'$/,
  );
  assert.throws(
    masked({strategy: 'attention', mode: 'most'}),
    /^RangeError: attentionMask: expected mode 'high', 'hint' or 'low', got 'most'$/,
  );
  assert.throws(
    () =>
      build({backbone: 'vit-nano-token', method: {method: 'ibot', options: {prototypes: 20}, teacherTemperature: 0}}),
    /^RangeError: methodTask: expected a teacherTemperature > 0, got 0$/,
  );
  assert.throws(
    () => build({backbone: 'vit-nano-token', dataset: tinyDataset(18)}),
    /^RangeError: vit: expected a height and a width that are multiples of the patch of 4 px, got \[1,18,18,3\]$/,
  );
});

test('small crops: as large as the large ones, or half a crop, are refused; none are taken', async () => {
  const dataset = tinyDataset(16);
  const firstStep = async (local: {count: number; scale: number}) => {
    const {task} = methodTask({
      dataset,
      method: {method: 'swav', options: {projector: [16, 16], prototypes: 20}},
      seed: 0,
      batch: 32,
      local,
    });
    const training = openTraining(task);
    try {
      await train(task, training).next();
    } finally {
      training.dispose();
      task.source.dispose();
    }
  };
  await assert.rejects(
    firstStep({count: 2, scale: 0.99}),
    /^RangeError: multiCrop: expected local crops smaller than the global ones of 16 × 16, got 16 × 16: make them smaller, or leave them out$/,
  );
  await assert.rejects(
    firstStep({count: 1.5, scale: 0.5}),
    /^RangeError: methodTask: expected local\.count a whole number from 0, got 1.5$/,
  );
  await assert.rejects(
    firstStep({count: -1, scale: 0.5}),
    /^RangeError: methodTask: expected local\.count a whole number from 0, got -1$/,
  );
  for (const scale of [0, 1, NaN])
    await assert.rejects(
      firstStep({count: 2, scale}),
      new RegExp(`^RangeError: methodTask: expected local\\.scale above 0 and below 1, got ${scale}$`),
    );
  await firstStep({count: 0, scale: 0.5});
});

test('views smaller than the images are trained on; the encoder is measured by views of their size', () =>
  tf.tidy(() => {
    const dataset = tinyDataset(16);
    const {task, recipe} = methodTask({
      dataset,
      seed: 0,
      method: {method: 'simclr'},
      views: {strength: 0.5, blur: 0, smallestArea: 0.4, scale: 0.5},
      batch: 4,
    });
    const {first} = task.source.batch(tf.tensor1d([0, 1, 2, 3], 'int32'), key(0), {});
    assert.deepEqual(first.shape.slice(1, 3), [8, 8]);
    assert.deepEqual(recipe.first(tf.zeros([2, 16, 16, 3]), key(0)).shape, [2, 16, 16, 3]);
    task.source.dispose();
  }));
