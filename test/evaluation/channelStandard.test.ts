import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tf} from '../../lib/engine/tf';
import {channelStandard, standardized} from '../../lib/evaluation/channelStandard';
import {linearProbe} from '../../lib/evaluation/linearProbe';
import {close} from '../close';
import {flat} from '../flat';
import {classes} from '../reference/classes';
import {hashed} from '../reference/hashed';

const n = 20_000;
const noise = (name: string) => tf.tensor2d(hashed(name, [n, 1]), [n, 1]);

test('each channel alone: tiny and huge ones get deviation 1, constant ones 0, for any number of rows', async () => {
  const sizes = [1e-12, 1, 1.1e6, 1e12];
  const varying = sizes.map(size => noise(String(size)).mul(size));
  const constants = [0, 0.1, 1 / 3, -123456.7, 1e-5, 1e12].map(value => tf.fill([n, 1], value));
  // one step of float32 up or down
  const rounding = tf.fill([n, 1], 0.7).add(noise('rounding').mul(6e-8));
  const features = tf.concat([...varying, ...constants, rounding], 1) as tf.Tensor2D;
  const standard = await flat(() => channelStandard(features), 2);
  const scaled = standardized(features, standard);
  const {mean, variance} = tf.moments(scaled, 0);
  close(variance.dataSync(), [1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0], 1e-4);
  close(mean.dataSync(), new Float32Array(11), 1e-3);
  // even from −1 to 1
  close(standard.scale.slice([0], [4]).mul(sizes).dataSync(), Array(4).fill(Math.sqrt(3)), 0.02);
  assert.ok(scaled.slice([0, 4]).abs().max().dataSync()[0] === 0, 'a constant channel is 0 everywhere');
});

test('a channel that varies by a ten-thousandth of its mean keeps its deviation, of many rows too', () =>
  tf.tidy(() => {
    const features = noise('narrow').mul(1e-4).add(0.7) as tf.Tensor2D;
    const values = [...features.dataSync()];
    const mean = values.reduce((sum, value) => sum + value, 0) / n;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n);
    const standard = channelStandard(features);
    close([standard.scale.dataSync()[0]! * deviation, standard.mean.dataSync()[0]! / mean], [1, 1], 1e-3);
  }));

test('a channel of noise a million times as large silences no other: the probe answers as without it', async () => {
  const [train, validation, testing] = [
    classes('train', 300, 16, 10),
    classes('validation', 300, 16, 10),
    classes('test', 300, 16, 10),
  ];
  const beside = (set: typeof train, name: string) => ({
    ...set,
    features: tf.concat([set.features, tf.tensor2d(hashed(name, [300, 1]), [300, 1]).mul(2e6)], 1) as tf.Tensor2D,
  });
  const plain = await linearProbe(train, validation, testing);
  const noisy = await linearProbe(beside(train, 'a'), beside(validation, 'b'), beside(testing, 'c'));
  assert.ok(
    Math.abs(noisy.accuracy - plain.accuracy) <= 0.02,
    `${noisy.accuracy} beside noise, ${plain.accuracy} without`,
  );
});
