import assert from 'node:assert/strict';
import {test} from 'node:test';
import {smallConv} from '../../../lib/backbones/smallConv';
import {key} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {mlp} from '../../../lib/layers/mlp';
import {cropProjections} from '../../../lib/methods/parts/cropProjections';
import {projected} from '../../../lib/methods/parts/projected';
import type {Backbone} from '../../../lib/module';
import {close} from '../../close';
import {flat} from '../../flat';
import {crops, positionsMean} from '../crops';

test('a backbone sees the crops of one size as one batch, a projector all crops', () => {
  const seen: string[] = [];
  const spy: Backbone = {
    ...positionsMean(12),
    apply: (params, images, mode) => (seen.push(`${images.shape}`), positionsMean(12).apply(params, images, mode)),
  };
  const g = mlp([12, 8, 5], {last: 'plainBatchNorm'});
  const params = projected(spy, g).init(key(0));
  const z = cropProjections(spy, g, params, crops(3), {});
  assert.deepEqual(
    [seen, z.shape],
    [
      ['12,4,4,12', '18,2,2,12'],
      [30, 5],
    ],
  );
  close(z.mean(0).dataSync(), Array(5).fill(0), 1e-5); // of all crops at once
  assert.deepEqual(cropProjections(spy, g, params, crops(0), {}).shape, [12, 5]);
});

test('rows are those of the crops one by one where no BatchNorm mixes them', () => {
  const [f, g] = [positionsMean(12), mlp([12, 5])];
  const params = projected(f, g).init(key(1));
  const {global, local} = crops(2);
  const alone = tf.concat([...global, ...local].map(crop => projected(f, g).apply(params, crop, {}).projection));
  close(cropProjections(f, g, params, {global, local}, {}).dataSync(), alone.dataSync(), 1e-6);
});

test('three global crops are refused; nothing is left in memory', async () => {
  const [f, g] = [smallConv({width: 16, channels: 12}), mlp([16, 5])];
  const params = projected(f, g).init(key(2));
  const {global, local} = crops(2);
  await flat(() => cropProjections(f, g, params, {global, local}, {}).dispose());
  assert.throws(
    () => cropProjections(f, g, params, {global: [...global, global[0]!], local}, {}),
    /^RangeError: cropProjections: expected two global crops of each image, got 3$/,
  );
});
