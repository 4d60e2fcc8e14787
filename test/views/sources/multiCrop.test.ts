import assert from 'node:assert/strict';
import {test} from 'node:test';
import {vit} from '../../../lib/backbones/vit';
import {smallConv} from '../../../lib/backbones/smallConv';
import {resnet} from '../../../lib/backbones/resnet';
import {key, uniform} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {compose} from '../../../lib/views/compose';
import {randomResizedCrop} from '../../../lib/views/crop';
import {multiCrop} from '../../../lib/views/sources/multiCrop';
import {twoViews} from '../../../lib/views/sources/twoViews';
import type {View} from '../../../lib/views/view';
import {close} from '../../close';
import {flat} from '../../flat';
import {tinyDataset} from '../../study/tinyDataset';

const dataset = tinyDataset(16);
const noise: View = (images, k) => tf.tidy(() => images.add(uniform(k, images.shape)));
const small: View = (images, k) => tf.tidy(() => noise(images, k).slice([0, 0, 0, 0], [-1, 8, 8, -1]));
const indices = () => tf.tensor1d([3, 0, 7], 'int32');

test('crops of both kinds, in the order of the images', () => {
  const source = multiCrop({dataset, recipe: {global: [compose({}), compose({})], local: [small, small, small]}});
  const {global, local, index} = source.batch(indices(), key(0), {});
  assert.deepEqual(
    [global.map(crop => crop.shape), local.map(crop => crop.shape)],
    [Array(2).fill([3, 16, 16, 3]), Array(3).fill([3, 8, 8, 3])],
  );
  const images = twoViews({dataset, recipe: {first: compose({}), second: compose({})}}).batch(
    indices(),
    key(0),
    {},
  ).first;
  close(global[1]!.dataSync(), images.dataSync(), 0);
  const added = local[2]!.sub(images.slice([0, 0, 0, 0], [-1, 8, 8, -1]));
  assert.ok(added.min().dataSync()[0]! >= -1e-6 && added.max().dataSync()[0]! <= 1);
  assert.deepEqual([...index.dataSync()], [3, 0, 7]);
  assert.equal(source.size, 160);
});

test('each crop has a key of its own, a key gives the same crops; the two global ones are those of twoViews', () => {
  // with local crops or without
  const batch = (seed: number, local: View[]) =>
    multiCrop({dataset, recipe: {global: [noise, noise], local}}).batch(indices(), key(seed), {});
  const values = ({global, local}: ReturnType<typeof batch>) =>
    [...global, ...local].map(crop => [...crop.slice([0, 0, 0, 0], [-1, 8, 8, -1]).dataSync()].join());
  const drawn = values(batch(1, [small, small]));
  assert.equal(new Set(drawn).size, 4);
  assert.deepEqual(values(batch(1, [small, small])), drawn);
  assert.deepEqual(values(batch(1, [])), drawn.slice(0, 2));
  assert.notDeepEqual(values(batch(2, [small, small])), drawn);
  const {first, second} = twoViews({dataset, recipe: {first: noise, second: noise}}).batch(indices(), key(1), {});
  assert.deepEqual(values({global: [first, second], local: [], index: indices()}), drawn.slice(0, 2));
});

test('a batch owns its crops', async () => {
  const source = multiCrop({dataset, recipe: {global: [noise, noise], local: [small]}});
  const [given, k] = [indices(), key(3)];
  await flat(() => tf.dispose(source.batch(given, k, {})));
  await flat(() => source.batch(given, k, {}), 4);
});

test('convolutions and a ViT with fixed positions take both sizes; learned positions are refused with a remedy', () => {
  const {
    global: [large],
    local: [part],
  } = multiCrop({dataset, recipe: {global: [noise, noise], local: [small]}}).batch(indices(), key(4), {});
  for (const backbone of [
    smallConv({width: 16}),
    resnet({depth: 18, stem: 'cifar'}),
    vit({size: 'nano', patch: 4, positions: 'sinCos'}),
  ]) {
    const params = backbone.init(key(5));
    for (const images of [large!, part!])
      assert.deepEqual(backbone.apply(params, images, {}).shape, [3, backbone.width]);
  }
  const learned = vit({size: 'nano', patch: 4, image: 16});
  assert.throws(
    () => learned.apply(learned.init(key(6)), part!, {}),
    /^RangeError: vit: expected images of 16 px, whose positions are learned, got \[3,8,8,3\]: take positions 'sinCos' for crops of several sizes$/,
  );
});

test('one global crop, one crop size and an empty split are refused', () => {
  const at = (size: number) => randomResizedCrop({size});
  const batch = (global: View[], local: View[]) =>
    multiCrop({dataset, recipe: {global, local}}).batch(indices(), key(0), {});
  assert.throws(() => batch([noise], [small]), /^RangeError: multiCrop: expected at least 2 global crops, got 1$/);
  assert.throws(
    () => batch([at(12), at(12)], [at(12)]),
    /^RangeError: multiCrop: expected local crops smaller than the global ones of 12 × 12, got 12 × 12: make them smaller, or leave them out$/,
  );
  assert.throws(
    () => batch([at(12), at(14)], []),
    /^RangeError: multiCrop: expected global crops of one size, got 12 × 12, 14 × 14$/,
  );
  assert.throws(
    () => batch([at(12), at(12)], [at(6), at(8)]),
    /^RangeError: multiCrop: expected local crops of one size, got 6 × 6, 8 × 8$/,
  );
  assert.throws(
    () =>
      multiCrop({
        dataset: {...dataset, splits: {...dataset.splits, pretrain: new Int32Array()}},
        recipe: {global: [noise, noise], local: []},
      }),
    /^RangeError: imageSource: expected images in the split 'pretrain' of tiny, got none/,
  );
});
