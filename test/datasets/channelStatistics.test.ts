import assert from 'node:assert/strict';
import {test} from 'node:test';
import {channelStatistics} from '../../lib/datasets/channelStatistics';
import {close} from '../close';

const images = Uint8Array.of(/* first */ 0, 51, 102, 102, 51, 204, /* second */ 255, 255, 255, 255, 255, 255);
const shape = [2, 1, 2, 3] as const;

test('mean and deviation of each channel over the chosen images, in the units of images in [0, 1]', () => {
  const first = channelStatistics(images, shape, [0]);
  close(first.mean, [0.2, 0.2, 0.6], 1e-12);
  close(first.standardDeviation, [0.2, 0, 0.2], 1e-12);
  close(channelStatistics(images, shape).mean, [0.6, 0.6, 0.8], 1e-12);
  close(channelStatistics(images.slice(0, 4), [1, 2, 2, 1]).mean, [0.25], 1e-12);
});

test('refuses no images, bytes that do not fit the shape, indices outside', () => {
  assert.throws(
    () => channelStatistics(images, shape, []),
    /^RangeError: channelStatistics: expected at least one image, got none/,
  );
  assert.throws(
    () => channelStatistics(images, [3, 1, 2, 3]),
    /^RangeError: channelStatistics: expected 18 bytes .* got 12/,
  );
  assert.throws(
    () => channelStatistics(images, shape, [2]),
    /^RangeError: channelStatistics: expected indices from 0 to 1, got 2/,
  );
});
