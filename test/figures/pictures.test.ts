import assert from 'node:assert/strict';
import {test} from 'node:test';
import sharp from 'sharp';
import {tf} from '../../lib/engine/tf';
import {contactSheet, datasetPictures, pictures} from '../../lib/figures/pictures';

const pixels = async (png: string) =>
  sharp(Buffer.from(png.slice(png.indexOf(',') + 1), 'base64'))
    .raw()
    .toBuffer({resolveWithObject: true});

test('values become bytes, enlarged without blur', async () => {
  const [picture] = await pictures(
    tf.tensor3d([
      [
        [0, 0.5, 1],
        [1, 0, 0],
      ],
      [
        [0, 1, 0],
        [0, 0, 1],
      ],
    ]),
    ['four pixels'],
  );
  const {data, info} = await pixels(picture!.png);
  assert.deepEqual([info.width, info.height, info.channels], [128, 128, 3]);
  const at = (x: number, y: number) => [...data.subarray((y * 128 + x) * 3, (y * 128 + x) * 3 + 3)];
  assert.deepEqual(
    [at(0, 0), at(63, 63), at(64, 0), at(0, 64), at(127, 127)],
    [
      [0, 128, 255],
      [0, 128, 255],
      [255, 0, 0],
      [0, 255, 0],
      [0, 0, 255],
    ],
  );
  assert.deepEqual([picture!.width, picture!.height, picture!.label], [2, 2, 'four pixels']);
});

test('whole numbers are bytes; gray is allowed', async () => {
  const {data} = await pixels((await pictures(tf.fill([1, 200, 200, 1], 77, 'int32')))[0]!.png);
  assert.equal(data[0], 77);
});

test('images of a data set carry class names, or captions where they have no class', async () => {
  const set = {
    name: 'two',
    images: Uint8Array.from({length: 24}, (_, i) => i),
    shape: [2, 2, 2, 3] as const,
    labels: Int32Array.of(1, -1),
    classes: ['cat', 'dog'],
    captions: ['a dog', 'a thing'],
  };
  const [dog, thing] = await datasetPictures(set, [0, 1]);
  assert.deepEqual([dog!.label, thing!.label], ['dog', 'a thing']);
  assert.deepEqual([...(await pixels(thing!.png)).data.subarray(0, 3)], [12, 13, 14]);
  await assert.rejects(datasetPictures(set, [2]), /^RangeError: datasetPictures: expected indices from 0 to 1, got 2/);
});

test('a contact sheet sets images in rows', async () => {
  const sheet = await sharp(await contactSheet(tf.ones([5, 32, 32, 3]), 3)).metadata();
  assert.deepEqual([sheet.width, sheet.height], [3 * 132 - 4, 2 * 132 - 4]);
});

test('normalized values and other shapes are refused', async () => {
  await assert.rejects(
    pictures(tf.fill([1, 2, 2, 3], -1.5) as tf.Tensor4D),
    /^RangeError: pictures: expected float32 values from 0 to 1, got -1.5 to -1.5: undo the normalization first/,
  );
  await assert.rejects(
    pictures(tf.ones([2, 2, 2])),
    /^RangeError: pictures: expected images \[n, h, w, c\] with 1, 3 or 4 channels, got \[2,2,2\]/,
  );
  await assert.rejects(pictures(tf.ones([1, 2, 2, 3]), ['a', 'b']), /^RangeError: pictures: expected 1 labels, got 2/);
});
