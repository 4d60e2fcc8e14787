import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key, uniform} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {denormalize} from '../../lib/views/denormalize';
import {normalize} from '../../lib/views/normalize';
import {close} from '../close';
import {flat} from '../flat';

const options = {mean: [0.4, 0.5, 0.7], standardDeviation: [0.2, 0.25, 0.3]};

test('what was normalized comes back; what lies beyond is held within [0, 1]', async () => {
  const images = uniform(key(1), [3, 4, 6, 3]) as tf.Tensor4D;
  const normalized = normalize(options)(images, key(0));
  close((await flat(() => denormalize(options)(normalized), 1)).dataSync(), images.dataSync(), 1e-6);
  const wild = denormalize(options)(normalized.mul(20));
  assert.deepEqual([wild.min().dataSync()[0], wild.max().dataSync()[0]], [0, 1]);
});

test('a deviation of 0 and other numbers of channels are refused', () => {
  assert.throws(
    () => denormalize({mean: [0.5], standardDeviation: [0]}),
    /^RangeError: denormalize: expected standard deviations above 0, got \[0\]$/,
  );
  assert.throws(
    () => denormalize(options)(tf.zeros([1, 2, 2, 1])),
    /^RangeError: normalize: expected images of 3 channels, got \[1,2,2,1\]$/,
  );
});
