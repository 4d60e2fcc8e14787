import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key, uniform} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {colorStatistics} from '../../lib/evaluation/colorStatistics';
import {channelSplit, halves} from '../../lib/views/channelSplit';
import {toColorSpace} from '../../lib/views/colorSpace';
import {normalize} from '../../lib/views/normalize';
import {close} from '../close';
import {flat} from '../flat';
import {tinyDataset} from '../study/tinyDataset';

const images = {mean: [0.5, 0.4, 0.3], standardDeviation: [0.2, 0.3, 0.25]};

test("the halves are a space's first channel and its other two, normalized", () => {
  const pixels = uniform(key(1), [2, 4, 5, 3]) as tf.Tensor4D;
  const statistics = {mean: [50, 1, 2], standardDeviation: [20, 10, 5]};
  const {channels, split} = channelSplit({space: 'lab', images, statistics});
  const {first, second} = split(normalize(images)(pixels));
  assert.deepEqual(
    [channels, first.shape, second.shape],
    [
      [1, 2],
      [2, 4, 5, 1],
      [2, 4, 5, 2],
    ],
  );
  const lab = toColorSpace(pixels, 'lab');
  close(first.dataSync(), lab.slice([0, 0, 0, 0], [-1, -1, -1, 1]).sub(50).div(20).dataSync(), 1e-4);
  close(
    second.dataSync(),
    tf
      .stack(
        [1, 2].map(i =>
          lab
            .slice([0, 0, 0, i], [-1, -1, -1, 1])
            .squeeze([3])
            .sub(statistics.mean[i]!)
            .div(statistics.standardDeviation[i]!),
        ),
        3,
      )
      .dataSync(),
    1e-4,
  );
});

test('with the statistics of a data set its channels have mean 0 and deviation 1', async () => {
  const dataset = tinyDataset(16);
  const statistics = await colorStatistics(dataset, 'ydbdr');
  const {split} = channelSplit({space: 'ydbdr', images: dataset, statistics});
  const pixels = tf.tensor4d(
    Array.from(dataset.splits.pretrain, i =>
      Array.from(dataset.images.subarray(i * 768, (i + 1) * 768), v => v / 255),
    ).flat(),
    [dataset.splits.pretrain.length, 16, 16, 3],
  );
  const {first, second} = split(normalize(dataset)(pixels));
  for (const channel of [first, ...tf.split(second, 2, 3)]) {
    const {mean, variance} = tf.moments(channel);
    close([mean.dataSync()[0]!, variance.dataSync()[0]!], [0, 1], 1e-3);
  }
});

test('nothing is left in memory', async () => {
  const {split} = channelSplit({space: 'hsv', images, statistics: images});
  const pixels = tf.ones([1, 2, 2, 3]) as tf.Tensor4D;
  await flat(() => tf.dispose(split(pixels)));
  await flat(() => tf.dispose(halves(pixels)));
});

test('an unknown space and a channel that never varies are refused', async () => {
  await assert.rejects(
    colorStatistics(tinyDataset(4), 'cmyk' as 'lab'),
    /^RangeError: toColorSpace: expected a color space/,
  );
  assert.throws(
    () => channelSplit({space: 'lab', images, statistics: {mean: [0, 0, 0], standardDeviation: [1, 0, 1]}}),
    /^RangeError: normalize: expected standard deviations above 0/,
  );
});
