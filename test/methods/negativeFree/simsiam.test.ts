import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {simsiam} from '../../../lib/methods/negativeFree/simsiam';
import {siamese} from '../../../lib/methods/parts/siamese';
import {leaves} from '../../../lib/engine/params';
import {warmupCosine} from '../../../lib/schedules';
import {sgd} from '../../../lib/training/sgd';
import {disposeState, openTraining} from '../../../lib/training/training';
import {close} from '../../close';
import {flatten} from '../contrastive/flatten';
import {dense, findsViews, source} from './findsViews';
import {backbone, batch, equalsReference, stepAt, weightsOf} from './reference';

test("loss and all gradients equal torch's", () =>
  equalsReference(simsiam({backbone, projector: [6, 6, 4], predictor: [3]}), 'simsiam'));

test("heads of ResNet-50 have the paper's sizes", () => {
  const params = simsiam({backbone: flatten(2048)}).init(key(0));
  assert.deepEqual(
    leaves(params).map(([name, {shape}]) => `${name} ${shape}`),
    [
      'predictor.bn1.bias 512',
      'predictor.bn1.weight 512',
      'predictor.linear1.weight 512,2048',
      'predictor.linear2.bias 2048',
      'predictor.linear2.weight 2048,512',
      'projector.bn1.bias 2048',
      'projector.bn1.weight 2048',
      'projector.bn2.bias 2048',
      'projector.bn2.weight 2048',
      'projector.linear1.weight 2048,2048',
      'projector.linear2.weight 2048,2048',
      'projector.linear3.weight 2048,2048',
    ],
  );
});

test('it is the hub without options', () => {
  const [named, hub] = [simsiam({backbone}), siamese({backbone})];
  const [{params}, {params: theirs}] = [weightsOf(named), weightsOf(hub)];
  assert.deepEqual(
    leaves(params).map(([name]) => name),
    leaves(theirs).map(([name]) => name),
  );
  close(
    named.loss(params, batch(), {}, stepAt()).loss.dataSync(),
    hub.loss(theirs, batch(), {}, stepAt()).loss.dataSync(),
    0,
  );
  assert.deepEqual(
    ['predictor.linear1.weight', 'projector.linear1.weight', 'backbone.conv1.weight'].map(name =>
      named.rule!(name, stepAt(), tf.ones([2, 2])),
    ),
    [{steady: true}, {}, {}],
  );
  assert.deepEqual(simsiam({backbone, predictorRate: 1}).rule!('predictor.linear1.weight', stepAt(), tf.ones([2, 2])), {
    rate: 1,
  });
});

test('at the first step of a warm-up, whose rate is 0, the predictor alone moves, at the peak', async () => {
  const moved = async (method: ReturnType<typeof simsiam>) => {
    const task = {
      method,
      source,
      optimizer: sgd({momentum: 0}),
      schedule: warmupCosine({peak: 0.5, warmup: 0.5}),
      epochs: 2,
      batch: 64,
      seed: 3,
    };
    const training = openTraining(task, {eager: true});
    const before = training.read();
    const {learningRate} = await training.advance(
      Int32Array.from({length: 64}, (_, i) => i),
      {},
    );
    const after = training.read();
    const names = leaves(before.params)
      .filter(([, tensor], i) => tensor.sub(leaves(after.params)[i]![1]).abs().max().dataSync()[0]! > 0)
      .map(([name]) => name);
    [before, after].forEach(disposeState);
    training.dispose();
    assert.equal(learningRate, 0);
    return names;
  };
  const predictor = leaves(simsiam({backbone: dense}).init(key(0)))
    .map(([name]) => name)
    .filter(name => name.startsWith('predictor.'));
  assert.deepEqual(await moved(simsiam({backbone: dense})), predictor);
  assert.deepEqual(await moved(simsiam({backbone: dense, predictorRate: 1})), []);
});

test('learns to find the other view', async () => {
  const {before, after, losses} = await findsViews(simsiam({backbone: dense, predictor: [64]}), 2);
  assert.ok(before < 0.15 && after > 0.6 && losses.at(-1)! < -0.9, `${before} to ${after}, loss ${losses.at(-1)}`);
});
