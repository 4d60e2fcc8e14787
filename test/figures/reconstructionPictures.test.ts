import assert from 'node:assert/strict';
import {test} from 'node:test';
import sharp from 'sharp';
import {key, uniform} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {reconstructionPictures} from '../../lib/figures/reconstructionPictures';
import {normalize} from '../../lib/views/normalize';
import {flat} from '../flat';

const normalization = {mean: [0.4, 0.5, 0.8], standardDeviation: [0.2, 0.25, 0.3]};

test("colors are those before normalization, the hidden has the mean color; tensors stay the caller's", async () => {
  const view = normalize(normalization)(uniform(key(1), [2, 4, 4, 3]) as tf.Tensor4D);
  const images = {original: view, masked: tf.zerosLike(view), reconstruction: view.mul<tf.Tensor4D>(100), pasted: view};
  const {ratio, original, masked, reconstruction} = await flat(() =>
    reconstructionPictures(0.75, images, normalization, ['cat', 'dog']),
  );
  assert.deepEqual([ratio, original.map(({label}) => label), original[0]!.width], [0.75, ['cat', 'dog'], 4]);
  const pixel = async (png: string) => [
    ...(
      await sharp(Buffer.from(png.slice(png.indexOf(',') + 1), 'base64'))
        .removeAlpha()
        .raw()
        .toBuffer()
    ).subarray(0, 3),
  ];
  assert.deepEqual(await pixel(masked[0]!.png), [102, 128, 204]);
  assert.deepEqual(await pixel(original[1]!.png), [
    ...uniform(key(1), [2, 4, 4, 3]).slice([1, 0, 0, 0], [1, 1, 1, 3]).mul(255).round().dataSync(),
  ]);
  assert.ok((await pixel(reconstruction[0]!.png)).every(value => value === 0 || value === 255));
});
