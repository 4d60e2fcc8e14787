import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tf} from '../../lib/engine/tf';
import {knn} from '../../lib/evaluation/knn';
import {linearProbe} from '../../lib/evaluation/linearProbe';
import {scaledChannels} from '../../lib/evaluation/scaledChannels';
import {close} from '../close';
import {flat} from '../flat';
import {classes} from '../reference/classes';
import {hashed} from '../reference/hashed';

const [k, d] = [10, 16];

/**
 * Classes in sixteen channels; before them two more that are large, far from 0, and say nothing of
 * the class, and a constant one.
 */
function misled(name: string, n: number) {
  const {features, labels} = classes(name, n, d, k);
  const noise = tf
    .tensor2d(hashed(`noise of ${name}`, [n, 2]), [n, 2])
    .mul([[60, 30]])
    .add([[90, 0]]);
  return {features: tf.concat([noise, tf.fill([n, 1], 5), features], 1) as tf.Tensor2D, labels};
}
const splits = {train: misled('train', 300), validation: misled('validation', 150), test: misled('test', 300)};
const plain = {train: classes('train', 300, d, k), test: classes('test', 300, d, k)};

test('mean 0 and deviation 1 on the training split, the same shift and unit on others; constant gives 0', async () => {
  const {train, validation, test: measured} = await flat(() => scaledChannels(splits, 'standardized'), 3);
  const {mean, variance} = tf.moments(splits.train.features, 0);
  const deviation = variance.sqrt();
  const own = tf.moments(train.features, 0);
  close(own.mean.dataSync(), new Float32Array(d + 3), 1e-5);
  close(own.variance.dataSync(), [1, 1, 0, ...new Array<number>(d).fill(1)], 1e-4);
  for (const [split, features] of [
    ['validation', validation.features],
    ['test', measured.features],
  ] as const) {
    const expected = splits[split].features.sub(mean).div(deviation);
    close(features.slice([0, 3]).dataSync(), expected.slice([0, 3]).dataSync(), 1e-4);
  }
  assert.equal(measured.labels, splits.test.labels);
  const centered = scaledChannels(splits, 'centered');
  close(centered.test.features.dataSync(), splits.test.features.sub(mean).dataSync(), 1e-4);
});

test('the channels that vary most are left out, of all splits', async () => {
  const {train, test: measured} = await flat(() => scaledChannels(splits, {without: 2}), 3);
  const sorted = (features: tf.Tensor2D) =>
    (features.transpose().arraySync() as number[][]).map(column => column.map(value => value.toFixed(5)).join()).sort();
  assert.deepEqual(sorted(train.features), sorted(splits.train.features.slice([0, 2]) as tf.Tensor2D));
  assert.deepEqual(sorted(measured.features), sorted(splits.test.features.slice([0, 2]) as tf.Tensor2D));
});

test('neighbors that two large channels misled are found again; a linear probe was not misled', async () => {
  const accuracyOf = async ({train, test: testing}: {train: typeof splits.train; test: typeof splits.train}) =>
    (await knn(train, testing)).accuracy;
  const [before, standardized, without, clean] = [
    await accuracyOf(splits),
    await accuracyOf(scaledChannels(splits, 'standardized')),
    await accuracyOf(scaledChannels(splits, {without: 2})),
    await accuracyOf(plain),
  ];
  assert.ok(before < clean - 0.2, `${before} with the channels, ${clean} of the classes alone`);
  assert.ok(
    standardized > before + 0.15 && without > before + 0.1,
    `${standardized} standardized, ${without} without the two`,
  );
  const probes = await Promise.all(
    [splits, scaledChannels(splits, 'standardized')].map(({train, validation, test: testing}) =>
      linearProbe(train, validation, testing),
    ),
  );
  assert.ok(Math.abs(probes[0]!.accuracy - probes[1]!.accuracy) <= 0.01, `${probes.map(({accuracy}) => accuracy)}`);
});

test('no channel left, a share, other widths: refused', () => {
  assert.throws(
    () => scaledChannels(splits, {without: d + 3}),
    /^RangeError: scaledChannels: expected a number of channels to leave out from 1 to 18, got 19/,
  );
  assert.throws(
    () => scaledChannels(splits, {without: 0.5}),
    /^RangeError: scaledChannels: expected a number of channels to leave out from 1 to 18, got 0\.5/,
  );
  assert.throws(
    () => scaledChannels({...splits, test: plain.test}, 'centered'),
    /^RangeError: scaledChannels: expected features of width 19, as in training, got 16/,
  );
});
