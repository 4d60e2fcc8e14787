// slow: computes for long

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key, uniform} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import type {Source} from '../../../lib/module';
import type {LabeledView} from '../../../lib/views/sources/labeledView';
import {mixedView, type MixedViewOptions} from '../../../lib/views/sources/mixedView';
import {close} from '../../close';
import {flat} from '../../flat';
import reference from '../../reference/fineTune.json';

const [n, h, w, c, classes] = [reference.labels.length, 6, 8, 3, reference.classes];
const images = uniform(key(2), [n, h, w, c]);
const source: Source<LabeledView> = {
  size: n,
  batch: () => ({view: images.clone(), label: tf.tensor1d(reference.labels, 'int32')}),
  dispose() {},
};
const index = tf.range(0, n, 1, 'int32');
const drawn = (seed: number, options: Omit<MixedViewOptions, 'classes'>) =>
  mixedView(source, {classes, ...options}).batch(index, key(seed), {}) as Required<LabeledView>;

/** λ, of a class that the partner of the first image has not. */
const kept = ({target}: Required<LabeledView>) => target.arraySync()[0]![reference.labels[0]!]!;
const labelsOf = (share: number) =>
  reference.labels.flatMap((label, i) =>
    Array.from(
      {length: classes},
      (_, k) => share * Number(k === label) + (1 - share) * Number(k === reference.labels[n - 1 - i]),
    ),
  );

test("labels of a share are timm's", () => {
  for (const [share, mixed] of Object.entries(reference.mixed)) close(labelsOf(Number(share)), mixed, 1e-7);
});

test('mixup: λ of each image and 1 − λ of the one as far from the end, labels likewise', () => {
  for (const seed of [1, 2, 3]) {
    const batch = drawn(seed, {mixup: 0.8});
    const share = kept(batch);
    assert.ok(share > 0 && share < 1);
    close(
      batch.view.dataSync(),
      images
        .mul(share)
        .add(images.reverse(0).mul(1 - share))
        .dataSync(),
      1e-6,
    );
    close(batch.target.dataSync(), labelsOf(share), 1e-6);
    assert.deepEqual([...batch.label.dataSync()], reference.labels);
  }
});

test('cutmix: a box of the partner, and a label of exactly the shares that are seen', () => {
  const own = images.arraySync();
  const other = images.reverse(0).arraySync();
  let cut = 0;
  for (const seed of [1, 2, 3, 4]) {
    const batch = drawn(seed, {cutmix: 1});
    const seen = batch.view.arraySync();
    const places = seen.map((image, i) =>
      image.flatMap((row, y) =>
        row.map((pixel, x) => {
          const mine = `${pixel}` === `${own[i]![y]![x]}`;
          assert.ok(mine || `${pixel}` === `${other[i]![y]![x]}`, 'a pixel of neither image');
          return Number(!mine);
        }),
      ),
    );
    for (const box of places) assert.deepEqual(box, places[0], 'the same box in all images');
    const area = places[0]!.reduce((sum, inside) => sum + inside, 0);
    close(batch.target.dataSync(), labelsOf(1 - area / (h * w)), 1e-7);
    cut += area;
  }
  assert.ok(cut > 0);
});

test('targets are of sum 1; both together: half the batches each unless told otherwise, each by its own α', () => {
  const seeds = Array.from({length: 200}, (_, seed) => seed);
  const mixed = (options: Omit<MixedViewOptions, 'classes'>) =>
    seeds.map(seed =>
      tf.tidy(() => {
        const batch = drawn(seed, options);
        close(batch.target.sum(1).dataSync(), Array(n).fill(1), 1e-6);
        const pixels = Math.round(kept(batch) * h * w * 1e4) / 1e4;
        // no pixel is one image's alone
        const even = batch.view.sub(images).abs().min().dataSync()[0]! > 0;
        return {even, changed: batch.view.sub(images).abs().max().dataSync()[0]! > 0, whole: Number.isInteger(pixels)};
      }),
    );
  const share = (draws: boolean[]) => draws.filter(Boolean).length / draws.length;
  const both = mixed({mixup: 8, cutmix: 1});
  assert.ok(Math.abs(share(both.map(({even}) => even)) - 0.5) < 0.12);
  assert.ok(both.every(({even, whole}) => even || whole));
  assert.ok(Math.abs(share(mixed({mixup: 8, cutmix: 1, cutmixShare: 0.9}).map(({even}) => even)) - 0.1) < 0.07);
  assert.ok(Math.abs(share(mixed({mixup: 8, probability: 0.25}).map(({changed}) => changed)) - 0.25) < 0.1);
});

test('a function of the key; what the source draws stays as it was', () => {
  assert.deepEqual(drawn(5, {mixup: 1}).view.dataSync(), drawn(5, {mixup: 1}).view.dataSync());
  assert.notDeepEqual(drawn(5, {mixup: 1}).view.dataSync(), drawn(6, {mixup: 1}).view.dataSync());
  const keys: number[][] = [];
  const listening: Source<LabeledView> = {
    ...source,
    batch(rows, stepKey, inputs) {
      keys.push([...stepKey.dataSync()]);
      return source.batch(rows, stepKey, inputs);
    },
  };
  mixedView(listening, {classes, cutmix: 1}).batch(index, key(5), {});
  assert.deepEqual(keys, [[...key(5).dataSync()]]);
});

test('leaves three tensors a batch; an odd batch and settings out of range are refused', async () => {
  const k = key(0);
  const mixing = mixedView(source, {classes, mixup: 0.8, cutmix: 1, probability: 0.5});
  await flat(() => mixing.batch(index, k, {}), 3);
  const odd: Source<LabeledView> = {
    ...source,
    batch: () => ({view: tf.zeros([3, h, w, c]), label: tf.zeros([3], 'int32')}),
  };
  assert.throws(
    () => mixedView(odd, {classes, mixup: 1}).batch(index, k, {}),
    /^RangeError: mixedView: expected batches of an even number of images, which are mixed in pairs, got 3$/,
  );
  assert.throws(
    () => mixedView(source, {classes}),
    /^RangeError: mixedView: expected mixup or cutmix above 0, got neither: leave the source as it is$/,
  );
  assert.throws(
    () => mixedView(source, {classes, mixup: -1}),
    /^RangeError: mixedView: expected α of mixup from 0, got -1$/,
  );
  assert.throws(
    () => mixedView(source, {classes, cutmix: 1, probability: 1.5}),
    /^RangeError: mixedView: expected probability from 0 to 1, got 1.5$/,
  );
});
