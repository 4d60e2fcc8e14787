import assert from 'node:assert/strict';
import {test} from 'node:test';
import {smallConv} from '../../lib/backbones/smallConv';
import {vit} from '../../lib/backbones/vit';
import {key, normal, uniform} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {fineTuning} from '../../lib/methods/fineTuning';
import {dispose, leaves} from '../../lib/engine/params';
import {labeledView} from '../../lib/views/sources/labeledView';
import {mixedView} from '../../lib/views/sources/mixedView';
import {close} from '../close';
import {flat} from '../flat';
import reference from '../reference/fineTune.json';
import {dataset, recipe, sameCompiled} from './sameCompiled';
import {step} from './step';

const backbone = smallConv({width: 16});
const {decay, depth, parameters} = reference.layerDecay;

test("rates and weight decay of each parameter of a small transformer are those of MAE's code", () => {
  const transformer = vit({size: 'nano', patch: 4, image: 16});
  const layerOf = (name: string) => {
    if (/^(cls_token|pos_embed|patch_embed)/.test(name)) return 0;
    return name.startsWith('blocks.') ? Number(name.split('.')[1]) + 1 : depth + 1;
  };
  const method = fineTuning({
    backbone: transformer,
    classes: reference.classes,
    layerDecay: {decay, layers: depth + 1, layerOf},
  });
  const at = step();
  const rules = Object.fromEntries(
    leaves(method.init(key(0))).map(([name, value]) => {
      const {rate = 1, decay: factor = 1} = method.rule!(name, at, value);
      return [name.replace(/^backbone\./, '').replace(/^classifier\./, 'head.'), [rate, factor] as number[]];
    }),
  );
  assert.deepEqual(Object.keys(rules).sort(), Object.keys(parameters).sort());
  for (const [name, expected] of Object.entries(parameters)) close(rules[name]!, expected, 1e-12);
});

test('starts with the given weights and a classifier that says nothing: log k, whatever the smoothing', async () => {
  const [start, k] = [backbone.init(key(9)), key(1)];
  for (const smoothing of [0, 0.1]) {
    const method = fineTuning({backbone, classes: 4, start, smoothing});
    const params = await flat(() => method.init(k), leaves(start).length + 2);
    close(
      leaves(params.backbone).flatMap(([, tensor]) => [...tensor.dataSync()]),
      leaves(start).flatMap(([, tensor]) => [...tensor.dataSync()]),
      0,
    );
    const batch = {view: uniform(key(2), [6, 16, 16, 3]), label: tf.tensor1d([0, 1, 2, 3, 0, 1], 'int32')};
    close(method.loss(params, batch, {}, step()).loss.dataSync(), [Math.log(4)], 1e-3);
    dispose(params);
    assert.ok(
      leaves(start).every(([, tensor]) => !tensor.isDisposed),
      "the weights stay the caller's",
    );
  }
  const scratch = fineTuning({backbone, classes: 4}).init(key(1));
  assert.notDeepEqual(
    leaves(scratch.backbone).map(([, tensor]) => tensor.dataSync()[0]),
    leaves(start).map(([, tensor]) => tensor.dataSync()[0]),
  );
});

test('a transformer draws its stochastic depth anew at each step, and none when it is measured', () => {
  const images = uniform(key(2), [6, 8, 8, 3]);
  const batch = {view: images, label: tf.tensor1d([0, 1, 2, 3, 0, 1], 'int32')};
  const losses = (stochasticDepth: number) => {
    const method = fineTuning({backbone: vit({size: 'nano', patch: 4, image: 8, stochasticDepth}), classes: 4});
    const {backbone: encoder} = method.init(key(1));
    const params = {backbone: encoder, classifier: {weight: normal(key(3), [4, 128]), bias: tf.zeros([4])}};
    return [
      [4, 5].map(seed => method.loss(params, batch, {}, step({key: key(seed)})).loss.dataSync()[0]!),
      method.embed(params, {}, images, {}).projection!.dataSync(),
    ] as const;
  };
  const [[[drawn, other], measured], [[whole, same], expected]] = [losses(0.5), losses(0)];
  assert.equal(whole, same);
  assert.notEqual(drawn, other);
  close(measured, expected, 0);
});

test('compiled equals eager, with mixing, smoothing and layer decay', () => {
  const layerOf = (name: string) => Number(name.match(/\d/)![0]) - 1;
  const method = fineTuning({backbone, classes: 4, smoothing: 0.1, layerDecay: {decay: 0.5, layers: 4, layerOf}});
  return sameCompiled(method, {
    source: () => mixedView(labeledView({dataset, recipe}), {classes: 4, mixup: 0.8, cutmix: 1}),
  });
});

test('weights of another backbone are refused by name', () => {
  const of = (start: ReturnType<typeof backbone.init>) => () => fineTuning({backbone, classes: 4, start}).init(key(0));
  const {conv4, ...less} = backbone.init(key(0));
  assert.throws(
    of(less),
    /^RangeError: fineTuning: expected a tensor conv4.weight \[3,3,16,16\] among the weights, got none: the weights are of another backbone$/,
  );
  assert.throws(
    of({...less, conv4: conv4!, conv5: conv4!}),
    /^RangeError: fineTuning: expected no tensor conv5.weight among the weights, got one: the weights are of another backbone$/,
  );
  assert.throws(
    of(smallConv({width: 20}).init(key(0))),
    /^RangeError: fineTuning: expected bn1.bias of shape \[4\], got \[5\]: the weights are of another backbone$/,
  );
});
