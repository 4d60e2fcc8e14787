import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key, uniform} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {grayscale, randomGrayscale} from '../../lib/views/grayscale';
import {close} from '../close';
import {imagesOf, reference} from './reference';

test("equals torchvision's; an image of one channel stays", () => {
  close(grayscale(imagesOf(reference.color)).dataSync(), reference.color.grayscale, 1e-5);
  const one = imagesOf(reference.gray);
  assert.deepEqual(grayscale(one).dataSync(), one.dataSync());
});

test('a fifth of the images lose their color', () => {
  const images = uniform(key(1), [4000, 1, 1, 3]);
  const [r, , b] = tf.unstack(randomGrayscale()(images, key(2)), 3);
  assert.ok(Math.abs(r!.equal(b!).cast('float32').mean().dataSync()[0]! - 0.2) < 0.03);
});

test('two channels are refused', () => {
  assert.throws(
    () => grayscale(tf.zeros([1, 2, 2, 2])),
    /^RangeError: luma: expected images of 1 or 3 channels, got 2/,
  );
});
