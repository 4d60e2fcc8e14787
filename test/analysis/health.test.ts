import assert from 'node:assert/strict';
import {test} from 'node:test';
import {alignment} from '../../lib/analysis/alignment';
import {health, healthSentence} from '../../lib/analysis/health';
import {uniformity} from '../../lib/analysis/uniformity';
import {key, normal} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {ntXent} from '../../lib/losses/ntXent';
import {close} from '../close';
import {flat} from '../flat';
import {rotation} from './rotation';

const n = 256;
/** Metrics of a step and what is said of it. */
const judged = (projection: tf.Tensor2D, temperature: number) => {
  const metrics = Object.fromEntries(Object.entries(health({projection})).map(([name, value]) => [name, value.dataSync()[0]]));
  return healthSentence({step: 500, loss: ntXent(projection, {temperature}).dataSync()[0], metrics}, {candidates: projection.shape[0] - 1, temperature});
};
/** Two views that differ by noise. */
const views = (z: tf.Tensor2D, noise: number) => tf.concat([z, z.add(normal(key(9), z.shape).mul(noise))]) as tf.Tensor2D;

test('the numbers are those of the measures, uniformity as the mean over both views', async () => {
  const projection = views(normal(key(1), [n, 32]), 0.5);
  const {alignment: a, uniformity: u, collapse, dimensions} = await flat(() => health({projection}), 4);
  const [first, second] = tf.split(projection, 2) as tf.Tensor2D[];
  close(a.dataSync(), alignment(first, second).dataSync(), 1e-6);
  close(u.dataSync(), [(uniformity(first).dataSync()[0] + uniformity(second).dataSync()[0]) / 2], 1e-6);
  close(collapse.dataSync(), [1], 0.02);
  assert.ok(dimensions.dataSync()[0] > 25);
});

test('nothing is said of a sound training, at any temperature', () => {
  const sound = views(normal(key(1), [n, 128]), 0.3);
  for (const temperature of [0.05, 0.3, 1, 5]) assert.equal(judged(sound, temperature), '');
});

test('collapse, collapse of dimensions and a loss at chance are named', () => {
  assert.match(judged(views(normal(key(1), [n, 128]).mul(0.05).add(1) as tf.Tensor2D, 0.01), 0.3), /^Collapse: all projections are nearly alike \(spread 0\.05/);
  const flatOne = tf.matMul(tf.concat([normal(key(2), [n, 2]), tf.zeros([n, 126])], 1), rotation(128)) as tf.Tensor2D;
  assert.match(judged(views(flatOne, 0.01), 0.3), /^Dimensional collapse: the projections spread in only 2\.\d directions/);
  const unrelated = tf.concat([normal(key(3), [n, 128]), normal(key(4), [n, 128])]) as tf.Tensor2D;
  for (const temperature of [0.1, 1, 5]) assert.match(judged(unrelated, temperature), /has not come down from ln K = 6\.24, chance \(reachable at this temperature: about/);
});

test('chance is judged by what is reachable: at τ = 1 a sound loss stands near ln K', () => {
  const said = (loss: number) => healthSentence({step: 500, loss, metrics: {}}, {candidates: 511, temperature: 1});
  assert.equal(said(6.16), '');
  assert.match(said(6.2), /^The loss 6\.20 has not come down from ln K = 6\.24, chance \(reachable at this temperature: about 5\.24\)/);
});

test('fresh weights are not judged, other losses not by ln K; a loss that is no number is said at once', () => {
  const metrics = {collapse: 0.01, dimensions: 50};
  assert.equal(healthSentence({step: 3, loss: 6, metrics}), '');
  assert.match(healthSentence({step: 60, loss: 6, metrics}), /^Collapse/);
  assert.equal(healthSentence({step: 60, loss: 6.24, metrics: {}}), '');
  assert.match(healthSentence({step: 1, loss: NaN, metrics}), /^The loss is NaN/);
});

test('a stack that is no two views, or too small, is refused', () => {
  assert.throws(() => health({projection: tf.ones([17, 2])}), /^RangeError: health: expected two views each of at least 8 images, got \[17,2\]/);
  assert.throws(() => health({projection: tf.ones([14, 2])}), /^RangeError: health: expected two views each of at least 8 images, got \[14,2\]/);
  assert.throws(() => healthSentence({step: 1, loss: 1, metrics: {}}, {candidates: 5}), /^RangeError: healthSentence: expected both candidates and temperature, or neither/);
});
