import assert from 'node:assert/strict';
import {test} from 'node:test';
import {smallConv} from '../../lib/backbones/smallConv';
import {valueAndGradients} from '../../lib/engine/gradients';
import {key} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {embed} from '../../lib/embedding/embed';
import {supervised} from '../../lib/methods/supervised';
import {constant} from '../../lib/schedules';
import {adamW} from '../../lib/training/adamW';
import {encoderOf} from '../../lib/embedding/encoderOf';
import {train} from '../../lib/training/train';
import {openTraining} from '../../lib/training/training';
import {labeledView} from '../../lib/views/sources/labeledView';
import {close} from '../close';
import {flat} from '../flat';
import reference from '../reference/instanceMethods.json';
import {flatten} from './contrastive/flatten';
import {images, linear1} from './contrastive/reference';
import {dataset, recipe, sameCompiled} from './sameCompiled';
import {step} from './step';

test("loss and gradient equal torch's; logits are the projection", async () => {
  const method = supervised({backbone: flatten(12), classes: 4});
  const params = {backbone: {}, classifier: linear1()};
  const batch = {view: images('first'), label: tf.tensor1d([3, 0, 1, 1, 2, 0], 'int32')};
  const {loss, gradients, outputs} = valueAndGradients(weights => method.loss(weights, batch, {}, step()), params);
  close(loss.dataSync(), [reference.supervised.loss], 1e-5);
  close(gradients.classifier.weight.dataSync(), reference.supervised.gradient, 1e-5);
  close(method.embed(params, {}, batch.view, {}).projection!.dataSync(), outputs.logits.dataSync(), 1e-6);
  const at = step();
  await flat(() => tf.tidy(() => void method.loss(params, batch, {}, at)));
});

test('learns classes that it was not shown images of', async () => {
  const method = supervised({backbone: smallConv({width: 16}), classes: 4});
  const task = {
    method,
    source: labeledView({dataset, recipe}),
    optimizer: adamW(),
    schedule: constant(1e-2),
    epochs: 8,
    batch: 25,
    seed: 0,
  };
  const training = openTraining(task);
  for await (const _ of train(task, training));
  const {encoder, dispose} = await encoderOf(method, training, dataset);
  const {projection} = await embed(encoder, dataset, dataset.splits.test);
  const right = projection!
    .argMax(1)
    .dataSync()
    .filter((label, i) => label === dataset.labels[dataset.splits.test[i]!]).length;
  assert.ok(right >= 36, `${right} of 40`);
  dispose();
  training.dispose();
  task.source.dispose();
});

test('compiled equals eager', () =>
  sameCompiled(supervised({backbone: smallConv({width: 16}), classes: 4}), {
    source: () => labeledView({dataset, recipe}),
  }));

test('a single class is refused', () => {
  const method = supervised({backbone: flatten(12), classes: 1});
  assert.throws(
    () => method.loss(method.init(key(0)), {view: images('first'), label: tf.zeros([6], 'int32')}, {}, step()),
    /^RangeError: crossEntropy: expected logits \[n, k\], k ≥ 2, .*got \[6,1\]/,
  );
});

test('what a batch says of its classes takes the place of the labels; smoothing spreads both', () => {
  const params = {backbone: {}, classifier: linear1()};
  const [view, label] = [images('first'), tf.tensor1d([3, 0, 1, 1, 2, 0], 'int32')];
  const lossOf = (smoothing: number, target?: tf.Tensor2D) =>
    supervised({backbone: flatten(12), classes: 4, smoothing})
      .loss(params, {view, label, target}, {}, step())
      .loss.dataSync();
  const hot = tf.oneHot(label, 4).toFloat() as tf.Tensor2D;
  const even = tf.fill([6, 4], 0.25) as tf.Tensor2D;
  close(lossOf(0, hot), [reference.supervised.loss], 1e-5);
  const [all] = lossOf(0, even);
  close(lossOf(0.4), [0.6 * reference.supervised.loss + 0.4 * all!], 1e-5);
  close(lossOf(0.4, hot), lossOf(0.4), 1e-6);
  assert.throws(() => lossOf(1), /^RangeError: supervised: expected label smoothing from 0 to below 1, got 1$/);
});
