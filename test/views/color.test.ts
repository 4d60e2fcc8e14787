import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key, uniform} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {adjustBrightness, adjustColors, adjustContrast, adjustHue, adjustSaturation} from '../../lib/views/color';
import {close} from '../close';
import {imagesOf, reference} from './reference';

const {color, gray, jitter} = reference;
const [factors, turns] = [tf.tensor1d(color.factors), tf.tensor1d(color.turns)];

test("each change equals torchvision's, also at the corners of the color cube", () => {
  const images = imagesOf(color);
  close(adjustBrightness(images, factors).dataSync(), color.brightness, 1e-5);
  close(adjustContrast(images, factors).dataSync(), color.contrast, 1e-5);
  close(adjustSaturation(images, factors).dataSync(), color.saturation, 1e-5);
  close(adjustHue(images, turns).dataSync(), color.hue, 1e-5);
});

test('of one channel there is a contrast, and no saturation or hue', () => {
  const images = imagesOf(gray);
  close(adjustContrast(images, factors).dataSync(), gray.contrast, 1e-5);
  close(adjustSaturation(images, factors).dataSync(), gray.saturation, 1e-5);
  close(adjustHue(images, turns).dataSync(), gray.hue, 1e-5);
  close(
    adjustColors(
      images,
      {brightness: tf.ones([6]), contrast: factors, saturation: factors, hue: turns},
      tf.tile(tf.tensor2d([[3, 1, 2, 0]], [1, 4], 'int32'), [6, 1]),
    ).dataSync(),
    gray.contrast,
    1e-5,
  );
});

test("all four in each of the 24 orders equal torchvision's, one after the other", () => {
  const images = imagesOf(jitter);
  const [brightness, contrast, saturation] = tf.unstack(tf.tensor2d(jitter.amounts), 1) as tf.Tensor1D[];
  const order = tf.tensor2d(jitter.orders, undefined, 'int32');
  close(
    adjustColors(
      images,
      {brightness: brightness!, contrast: contrast!, saturation: saturation!, hue: tf.tensor1d(jitter.turns)},
      order,
    ).dataSync(),
    jitter.values,
    2e-5,
  );
  close(
    adjustColors(images, {brightness: brightness!, contrast: contrast!, saturation: saturation!}, order).dataSync(),
    jitter.withoutHue,
    2e-5,
  );
});

test('factors of 1 change nothing; three turns by a third are the identity', () => {
  const images = uniform(key(1), [3, 8, 8, 3]);
  const one = tf.ones([3]) as tf.Tensor1D;
  assert.deepEqual(
    adjustColors(
      images,
      {brightness: one, contrast: one, saturation: one},
      tf.tile(tf.tensor2d([[0, 1, 2, 3]], [1, 4], 'int32'), [3, 1]),
    ).dataSync(),
    images.dataSync(),
  );
  const third = tf.fill([3], 1 / 3) as tf.Tensor1D;
  const turned = adjustHue(images, third);
  // red becomes green
  close(turned.dataSync(), tf.gather(images, tf.tensor1d([2, 0, 1], 'int32'), 3).dataSync(), 1e-5);
  close(adjustHue(adjustHue(turned, third), third).dataSync(), images.dataSync(), 1e-5);
});

test('wrong numbers of amounts and channels are refused', () => {
  const images = tf.zeros([2, 4, 4, 3]) as tf.Tensor4D;
  assert.throws(
    () => adjustHue(images, tf.zeros([3])),
    /^RangeError: adjustHue: expected one number per image, \[2\], got \[3\]/,
  );
  assert.throws(
    () =>
      adjustColors(
        images,
        {brightness: tf.ones([2]), contrast: tf.ones([2]), saturation: tf.ones([2])},
        tf.zeros([2, 3], 'int32'),
      ),
    /^RangeError: adjustColors: expected an order of 4 per image/,
  );
  assert.throws(
    () => adjustContrast(tf.zeros([2, 4, 4, 2]), tf.ones([2])),
    /^RangeError: luma: expected images of 1 or 3 channels, got 2/,
  );
});
