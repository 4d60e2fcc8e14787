import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {simsiam} from '../../../lib/methods/negativeFree/simsiam';
import {siamese} from '../../../lib/methods/siamese';
import {leaves} from '../../../lib/params';
import {close} from '../../close';
import {flatten} from '../contrastive/flatten';
import {dense, findsViews} from './findsViews';
import {backbone, batch, equalsReference, stepAt, weightsOf} from './reference';

test("loss and all gradients equal torch's", () => equalsReference(simsiam({backbone, projector: [6, 6, 4], predictor: [3]}), 'simsiam'));

test("heads of ResNet-50 have the paper's sizes", () => {
  const params = simsiam({backbone: flatten(2048)}).init(key(0));
  assert.deepEqual(leaves(params).map(([name, {shape}]) => `${name} ${shape}`), [
    'predictor.bn1.bias 512', 'predictor.bn1.weight 512', 'predictor.linear1.weight 512,2048', 'predictor.linear2.bias 2048', 'predictor.linear2.weight 2048,512',
    'projector.bn1.bias 2048', 'projector.bn1.weight 2048', 'projector.bn2.bias 2048', 'projector.bn2.weight 2048',
    'projector.linear1.weight 2048,2048', 'projector.linear2.weight 2048,2048', 'projector.linear3.weight 2048,2048',
  ]);
});

test('it is the hub without options', () => {
  const [named, hub] = [simsiam({backbone}), siamese({backbone})];
  const [{params}, {params: theirs}] = [weightsOf(named), weightsOf(hub)];
  assert.deepEqual(leaves(params).map(([name]) => name), leaves(theirs).map(([name]) => name));
  close(named.loss(params, batch(), {}, stepAt()).loss.dataSync(), hub.loss(theirs, batch(), {}, stepAt()).loss.dataSync(), 0);
  assert.deepEqual(['predictor.linear1.weight', 'projector.linear1.weight', 'backbone.conv1.weight'].map(name => named.rule!(name, stepAt(), tf.ones([2, 2]))), [{steady: true}, {}, {}]);
  assert.deepEqual(simsiam({backbone, predictorRate: 1}).rule!('predictor.linear1.weight', stepAt(), tf.ones([2, 2])), {rate: 1});
});

test('learns to find the other view', async () => {
  const {before, after, losses} = await findsViews(simsiam({backbone: dense, predictor: [64]}), 2);
  assert.ok(before < 0.15 && after > 0.6 && losses.at(-1)! < -0.9, `${before} to ${after}, loss ${losses.at(-1)}`);
});
