import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {mae} from '../../../lib/methods/masked/mae';
import {sdae} from '../../../lib/methods/masked/sdae';
import {xavierStart} from '../../../lib/methods/masked/xavierStart';
import type {Params} from '../../../lib/module';
import {leaves} from '../../../lib/engine/params';
import {backbone} from './weights';

/**
 * The largest weight of each layer as a share of Xavier's bound, [outputs, inputs] and [patch,
 * patch, channels, width].
 */
const shares = (params: Params) =>
  leaves(params)
    .filter(([, {rank}]) => rank === 2 || rank === 4)
    .map(([name, tensor]) => {
      const {shape} = tensor;
      const fans = tensor.rank === 2 ? shape[0] + shape[1]! : shape[0] * shape[1]! * shape[2]! + shape[3]!;
      return [name, tensor.abs().max().dataSync()[0]! / Math.sqrt(6 / fans)] as const;
    });

test('linear and patch weights fill the bound of all inputs and outputs; everything else stays as it was', () => {
  const start = backbone.init(key(1));
  const own = new Map(leaves(start));
  const params = xavierStart(start, key(2));
  for (const [name, share] of shares(params)) assert.ok(share > 0.99 && share <= 1, `${name}: ${share}`);
  for (const [name, tensor] of leaves(params))
    if (tensor.rank !== 2 && tensor.rank !== 4) assert.equal(tensor, own.get(name), name);
  assert.deepEqual(
    leaves(params).map(([name, {shape}]) => [name, shape]),
    leaves(start).map(([name, {shape}]) => [name, shape]),
  );
});

test('the key decides, and layers of one shape start apart', () => {
  const of = (seed: number) =>
    new Map(
      leaves(xavierStart(backbone.init(key(1)), key(seed))).map(([name, tensor]) => [name, [...tensor.dataSync()]]),
    );
  const [a, again, other] = [of(2), of(2), of(3)];
  const name = 'blocks.0.attn.qkv.weight';
  assert.deepEqual(a.get(name), again.get(name));
  assert.notDeepEqual(a.get(name), other.get(name));
  assert.notDeepEqual(a.get(name), a.get('blocks.1.attn.qkv.weight'));
});

for (const [name, method] of Object.entries({
  MAE: mae({backbone}),
  'MAE with mask tokens in the encoder': mae({backbone, maskTokenInEncoder: true}),
  SdAE: sdae({backbone}),
})) {
  test(`${name} starts so, encoder and decoder`, () => {
    const start = key(3);
    const before = tf.memory().numTensors;
    const params = method.init(start);
    assert.equal(tf.memory().numTensors - before, leaves(params).length);
    const all = shares(params);
    assert.ok(
      all.some(([layer]) => layer.startsWith('backbone.')) && all.some(([layer]) => layer.startsWith('decoder.')),
    );
    for (const [layer, share] of all) assert.ok(share > 0.98 && share <= 1, `${layer}: ${share}`);
  });
}
