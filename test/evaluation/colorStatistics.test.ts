import assert from 'node:assert/strict';
import {test} from 'node:test';
import {channelStatistics} from '../../lib/datasets/channelStatistics';
import {colorStatistics} from '../../lib/evaluation/colorStatistics';
import {close} from '../close';
import {flat} from '../flat';
import {tinyDataset} from '../study/tinyDataset';

test('of RGB they are those of the images; of other spaces those of the matrix', async () => {
  const dataset = tinyDataset(8);
  const {pretrain} = dataset.splits;
  const expected = channelStatistics(dataset.images, [200, 8, 8, 3], pretrain);
  const rgb = await flat(() => colorStatistics(dataset, 'rgb'));
  close([...rgb.mean, ...rgb.standardDeviation], [...expected.mean, ...expected.standardDeviation], 1e-5);
  const {mean} = await colorStatistics(dataset, 'yuv');
  close([mean[0]!], [[0.299, 0.587, 0.114].reduce((sum, weight, i) => sum + weight * expected.mean[i]!, 0)], 1e-5);
});

test('fewer images are evenly spaced, and the same again', async () => {
  const dataset = tinyDataset(8);
  const some = await colorStatistics(dataset, 'lab', {images: 16});
  assert.deepEqual(await colorStatistics(dataset, 'lab', {images: 16}), some);
  assert.notDeepEqual(await colorStatistics(dataset, 'lab'), some);
});
