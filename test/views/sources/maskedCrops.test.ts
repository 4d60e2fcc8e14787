import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key, uniform} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {contrastMask} from '../../../lib/masks/contrastMask';
import {drawMasks} from '../../../lib/masks/drawMasks';
import {masksOf, type MaskStrategy} from '../../../lib/masks/masks';
import {compose} from '../../../lib/views/compose';
import {maskedCrops} from '../../../lib/views/sources/maskedCrops';
import {multiCrop} from '../../../lib/views/sources/multiCrop';
import type {View} from '../../../lib/views/view';
import {close} from '../../close';
import {flat} from '../../flat';
import {evenMask} from '../../methods/masked/evenMask';
import {tinyDataset} from '../../study/tinyDataset';

const dataset = tinyDataset(16);
const noise: View = (images, k) => tf.tidy(() => images.add(uniform(k, images.shape)));
const small: View = (images, k) => tf.tidy(() => noise(images, k).slice([0, 0, 0, 0], [-1, 8, 8, -1]));
const recipe = {global: [noise, noise], local: [small]};
const indices = () => tf.tensor1d([3, 0, 7], 'int32');

test('the crops of multiCrop, and for each global crop of each image a mask of its own', async () => {
  const source = maskedCrops({dataset, recipe, mask: evenMask([4, 4], 0.5)});
  const [given, k] = [indices(), key(1)];
  const {global, local, masks, index} = await flat(() => source.batch(given, k, {}), 3 + 3 + 1);
  const alone = multiCrop({dataset, recipe}).batch(given, k, {});
  [...global, ...local].forEach((crop, i) =>
    close(crop.dataSync(), [...alone.global, ...alone.local][i]!.dataSync(), 0),
  );
  assert.deepEqual([masks.masked.shape, [...index.dataSync()], source.size], [[6, 16], [3, 0, 7], 160]);
  assert.equal(new Set(masks.masked.arraySync().map(String)).size, 6);
  assert.deepEqual(source.batch(given, k, {}).masks.masked.arraySync(), masks.masked.arraySync());
  assert.notDeepEqual(source.batch(given, key(2), {}).masks.masked.arraySync(), masks.masked.arraySync());
});

test('a strategy that looks at the images is given the global crops, in the order of the masks', () => {
  const mask = contrastMask({grid: [4, 4], ratio: 0.5});
  const {global, masks} = maskedCrops({dataset, recipe, mask}).batch(indices(), key(1), {});
  assert.deepEqual(masks.masked.arraySync(), drawMasks(mask, 6, 9, {view: tf.concat(global)}).masked.arraySync());
});

/** Masks token 0 of the first masks and token 1 of the last, told by the host. */
const fed: MaskStrategy<{masked: tf.Tensor2D}> = {
  grid: [2, 2],
  host: {
    inputs: {masked: {dtype: 'float32', shape: [null, 4]}},
    draw: (n, seed) => ({
      masked: tf.tidy(() =>
        tf
          .oneHot(
            tf.tensor1d(
              Array.from({length: n}, (_, i) => (i + seed) % 4),
              'int32',
            ),
            4,
          )
          .toFloat(),
      ) as tf.Tensor2D,
    }),
  },
  draw: (_key, _n, {masked}) => masksOf(masked, 3),
};

test('what images and masks need of the host is fed together, or what one of them needs', async () => {
  for (const deviceBytes of [undefined, 0]) {
    const source = maskedCrops({
      dataset,
      recipe: {global: [compose({}), compose({})], local: []},
      mask: fed,
      deviceBytes,
    });
    assert.deepEqual(Object.keys(source.host!.inputs).sort(), deviceBytes === 0 ? ['images', 'masked'] : ['masked']);
    const inputs = await source.host!.draw(Int32Array.from([3, 0, 7]), 5);
    const {global, masks} = source.batch(indices(), key(0), inputs);
    assert.deepEqual([...masks.masked.argMax(1).dataSync()], [1, 2, 3, 0, 1, 2]);
    close(
      global[1]!.dataSync(),
      multiCrop({dataset, recipe: {global: [compose({}), compose({})], local: []}})
        .batch(indices(), key(0), {})
        .global[0]!.dataSync(),
      0,
    );
  }
  assert.equal(maskedCrops({dataset, recipe, mask: evenMask([4, 4], 0.5)}).host, undefined);
  assert.deepEqual(
    Object.keys(maskedCrops({dataset, recipe, mask: evenMask([4, 4], 0.5), deviceBytes: 0}).host!.inputs),
    ['images'],
  );
});

test('a grid that does not divide the crops, and an empty recipe, are refused', () => {
  assert.throws(
    () => maskedCrops({dataset, recipe, mask: evenMask([3, 4], 0.5)}).batch(indices(), key(0), {}),
    /^RangeError: maskedCrops: expected views that a grid of 3 × 4 patches divides, got 16 × 16 pixels: take a grid of the view's size over the patch's$/,
  );
  assert.throws(
    () => maskedCrops({dataset, recipe: {global: [noise], local: []}, mask: evenMask([4, 4], 0.5)}),
    /^RangeError: multiCrop: expected at least 2 global crops, got 1$/,
  );
});
