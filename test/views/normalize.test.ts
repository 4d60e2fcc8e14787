import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key, uniform} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {normalize} from '../../lib/views/normalize';
import {close} from '../close';
import {imagesOf, reference} from './reference';

test("equals torchvision's", () => {
  close(
    normalize({mean: [0.4, 0.5, 0.6], standardDeviation: [0.2, 0.25, 0.3]})(
      imagesOf(reference.color),
      key(0),
    ).dataSync(),
    reference.color.normalize,
    1e-5,
  );
});

test('channels of their own mean and deviation become mean 0 and deviation 1', () => {
  const images = uniform(key(1), [50, 8, 8, 2]);
  const {mean, variance} = tf.moments(images, [0, 1, 2]);
  const after = tf.moments(
    normalize({mean: [...mean.dataSync()], standardDeviation: [...variance.sqrt().dataSync()]})(images, key(0)),
    [0, 1, 2],
  );
  close(after.mean.dataSync(), [0, 0], 1e-5);
  close(after.variance.dataSync(), [1, 1], 1e-5);
});

test('a deviation of 0 and wrong numbers of channels are refused', () => {
  assert.throws(
    () => normalize({mean: [0.5], standardDeviation: [0]}),
    /^RangeError: normalize: expected standard deviations above 0, got \[0\]/,
  );
  assert.throws(
    () => normalize({mean: [0.5, 0.5], standardDeviation: [1]}),
    /^RangeError: normalize: expected as many means as standard deviations/,
  );
  assert.throws(
    () => normalize({mean: [0.5], standardDeviation: [1]})(tf.zeros([1, 2, 2, 3]), key(0)),
    /^RangeError: normalize: expected images of 1 channels, got \[1,2,2,3\]/,
  );
});
