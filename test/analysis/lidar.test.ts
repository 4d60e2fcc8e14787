import assert from 'node:assert/strict';
import {test} from 'node:test';
import {lidar} from '../../lib/analysis/lidar';
import {key, normal} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {close} from '../close';
import {flat} from '../flat';
import reference from '../reference/analysis.json';
import {hashed} from '../reference/hashed';
import {rotation} from './rotation';

const {n, d} = reference;
const q = 6;
/** n images that differ less from direction to direction, q views each. */
const views = tf
  .tensor3d(hashed('images', [n, 1, d]), [n, 1, d])
  .mul(tf.linspace(1, 0.1, d))
  .add(tf.tensor3d(hashed('views', [n, q, d], 0.5), [n, q, d])) as tf.Tensor3D;
const turned = (z: tf.Tensor3D, by: tf.Tensor2D) =>
  tf.matMul(z.reshape([n * q, d]), by).reshape([n, q, d]) as tf.Tensor3D;

test('equals numpy, also where augmentation leaves 11 of 16 directions alone and δ decides', async () => {
  close((await flat(() => lidar(views), 1)).dataSync(), [reference.lidar['0.0001']], 1e-5);
  close(lidar(views, {delta: 0.1}).dataSync(), [reference.lidar['0.1']], 1e-5);
  const quiet = tf.concat(
    [views.slice([0, 0, 0], [n, q, 5]), tf.tile(views.slice([0, 0, 5], [n, 1, d - 5]), [1, q, 1])],
    2,
  ) as tf.Tensor3D;
  close(lidar(quiet).dataSync(), [reference.lidarQuiet], 1e-4);
});

test('one direction that tells images apart gives 1, however augmentation spreads others; images all alike 0', () => {
  const signal = normal(key(1), [400, 1, 8]).mul(tf.oneHot(3, 8)) as tf.Tensor3D;
  const noise = normal(key(2), [400, 20, 8]).mul(0.01) as tf.Tensor3D;
  close(lidar(signal.add(noise) as tf.Tensor3D).dataSync(), [1], 0.01);
  close(lidar(noise.sub(noise.mean(1, true)).add(3) as tf.Tensor3D).dataSync(), [0], 0);
  close(lidar(tf.fill([9, 2, 8], 0.3) as tf.Tensor3D).dataSync(), [0], 0);
});

test('d where all directions tell images apart as well, whatever their sizes', () => {
  const sizes = tf.tensor1d([1, 1, 10, 10, 100, 100, 1000, 1000]);
  const even = normal(key(3), [4000, 1, 8])
    .add(normal(key(4), [4000, 2, 8]).mul(0.2))
    .mul(sizes) as tf.Tensor3D;
  close(lidar(even).dataSync(), [8], 0.01);
});

test('rotation and a shift do not matter, nor does scale where δ goes with its square', () => {
  close(lidar(turned(views, rotation(d)).add(1) as tf.Tensor3D).dataSync(), [reference.lidar['0.0001']], 1e-4);
  close(lidar(views.mul(100) as tf.Tensor3D, {delta: 1}).dataSync(), [reference.lidar['0.0001']], 1e-4);
});

test('too few views or images, and no δ, are refused', () => {
  assert.throws(
    () => lidar(tf.ones([20, 1, 16])),
    /^RangeError: lidar: expected at least 2 views of an image, got \[20,1,16\]/,
  );
  assert.throws(
    () => lidar(tf.ones([16, 2, 16])),
    /^RangeError: lidar: expected more images than dimensions, 16, got 16/,
  );
  assert.throws(() => lidar(tf.ones([20, 2, 16]), {delta: 0}), /^RangeError: lidar: expected delta > 0, got 0/);
});
