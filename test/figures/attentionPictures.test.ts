import assert from 'node:assert/strict';
import {test} from 'node:test';
import sharp from 'sharp';
import {tf} from '../../lib/engine/tf';
import {attentionPictures} from '../../lib/figures/attentionPictures';
import type {Picture} from '../../lib/figures/pictures';

test('the largest value of each map is dark, none is white; a patch is a square', async () => {
  const maps = tf.tensor4d([0.1, 0, 0.025, 0, /* another head */ 0, 0, 0, 4], [1, 2, 2, 2]);
  const before = tf.memory().numTensors;
  const [heads] = await attentionPictures(maps, [['one', 'two']]) as [Picture[]];
  const [first, second] = heads as [Picture, Picture];
  assert.equal(tf.memory().numTensors, before);
  assert.deepEqual([first.label, second.label], ['one', 'two']);
  const corners = async ({png}: Picture) => {
    const {data, info: {width, channels}} = await sharp(Buffer.from(png.split(',')[1]!, 'base64')).raw().toBuffer({resolveWithObject: true});
    return [[0, 0], [0, width - 1], [width - 1, 0], [width - 1, width - 1]].map(([row, column]) => [...data.subarray((row! * width + column!) * channels, (row! * width + column!) * channels + 3)]);
  };
  const [dark, light, white] = [[0, 51, 102], [191, 204, 217], [255, 255, 255]];
  assert.deepEqual(await corners(first), [dark, white, light, white]);
  assert.deepEqual(await corners(second), [white, white, white, dark]);
});

test('labels of another number are refused', async () => {
  await assert.rejects(attentionPictures(tf.zeros([1, 2, 2, 2]), [['one']]), /^RangeError: attentionPictures: expected labels of 1 × 2 maps, got 1/);
});
