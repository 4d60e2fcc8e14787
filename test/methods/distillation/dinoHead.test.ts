import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key, normal} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {dinoHead, sharpened} from '../../../lib/methods/distillation/dinoHead';
import {count} from '../../../lib/engine/params';
import {close} from '../../close';
import {flat} from '../../flat';

test('the sizes of the paper for ViT-S, and others in proportion', () => {
  const {projector, last} = dinoHead(384, 65_536);
  assert.equal(count(projector.init(key(0))), 384 * 2048 + 2048 + 2048 * 2048 + 2048 + 2048 * 256 + 256);
  assert.equal(last.width, 65_536);
  assert.equal(
    count(dinoHead(192, 8, {bottleneck: 4}).projector.init(key(0))),
    192 * 1024 + 1024 + 1024 * 1024 + 1024 + 1024 * 4 + 4,
  );
});

test('logits are cosines, whatever the lengths', async () => {
  const {last, logits} = dinoHead(8, 5, {bottleneck: 3});
  const own = last.init(key(1));
  const z = normal(key(2), [4, 3]);
  const found = await flat(() => logits(own, z), 1);
  close(found.dataSync(), logits({weight_v: (own.weight_v as tf.Tensor).mul(3)}, z.mul(5)).dataSync(), 1e-5);
  assert.ok(found.abs().max().dataSync()[0]! <= 1 + 1e-6);
});

test('a teacher whose logits are their center knows nothing; a small τ makes it sure', () => {
  const logits = normal(key(3), [1, 6]);
  close(sharpened(logits, logits.flatten(), tf.scalar(0.05)).dataSync(), Array(6).fill(-Math.log(6)), 1e-6);
  close(
    [
      sharpened(logits, tf.zeros([6]), tf.scalar(1e-3))
        .max()
        .dataSync()[0]!,
    ],
    [0],
    1e-6,
  );
  close(
    sharpened(logits, tf.zeros([6]), tf.scalar(1))
      .exp()
      .sum()
      .dataSync(),
    [1],
    1e-6,
  );
});
