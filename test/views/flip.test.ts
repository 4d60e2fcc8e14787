import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {horizontalFlip, randomFlip} from '../../lib/views/flip';
import {close} from '../close';
import {imagesOf, reference} from './reference';

test("equals torchvision's; twice is the identity", () => {
  const images = imagesOf(reference.color);
  close(horizontalFlip(images).dataSync(), reference.color.flip, 1e-6);
  assert.deepEqual(horizontalFlip(horizontalFlip(images)).dataSync(), images.dataSync());
});

test('half of the images are mirrored', () => {
  const images = tf.tile(tf.tensor4d([0, 1], [1, 1, 2, 1]), [4000, 1, 1, 1]) as tf.Tensor4D;
  const first = randomFlip()(images, key(1)).slice([0, 0, 0, 0], [-1, 1, 1, 1]);
  assert.ok(Math.abs(first.mean().dataSync()[0]! - 0.5) < 0.04);
});
