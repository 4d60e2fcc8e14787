import assert from 'node:assert/strict';
import {test} from 'node:test';
import sharp from 'sharp';
import {tf} from '../../lib/engine/tf';
import {attentionPictures} from '../../lib/figures/attentionPictures';
import type {Picture} from '../../lib/figures/pictures';

test('the largest value of each image is dark, none is white, whatever the others; a patch is a square', async () => {
  const maps = tf.tensor4d(
    [4, 0, 1, 0, /* another head */ 0, 0, 0, 2, /* another image */ 0.1, 0, 0, 0, 0, 0, 0, 0],
    [2, 2, 2, 2],
  );
  const before = tf.memory().numTensors;
  const [heads, others] = await attentionPictures(maps, [
    ['one', 'two'],
    ['three', 'four'],
  ]);
  const [[first, second], [third]] = [heads, others] as [[Picture, Picture], [Picture]];
  assert.equal(tf.memory().numTensors, before);
  assert.deepEqual([first.label, second.label], ['one', 'two']);
  const corners = async ({png}: Picture) => {
    const {
      data,
      info: {width, channels},
    } = await sharp(Buffer.from(png.split(',')[1]!, 'base64'))
      .raw()
      .toBuffer({resolveWithObject: true});
    return [
      [0, 0],
      [0, width - 1],
      [width - 1, 0],
      [width - 1, width - 1],
    ].map(([row, column]) => [
      ...data.subarray((row! * width + column!) * channels, (row! * width + column!) * channels + 3),
    ]);
  };
  const [dark, half, light, white] = [
    [0, 51, 102],
    [128, 153, 178],
    [191, 204, 217],
    [255, 255, 255],
  ];
  assert.deepEqual(await corners(first), [dark, white, light, white]);
  assert.deepEqual(await corners(second), [white, white, white, half]);
  assert.deepEqual(await corners(third), [dark, white, white, white]);
});

test('labels of another number are refused', async () => {
  await assert.rejects(
    attentionPictures(tf.zeros([1, 2, 2, 2]), [['one']]),
    /^RangeError: attentionPictures: expected labels of 1 × 2 maps, got 1/,
  );
});
