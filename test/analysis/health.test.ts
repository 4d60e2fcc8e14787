import assert from 'node:assert/strict';
import {test} from 'node:test';
import {alignment} from '../../lib/analysis/alignment';
import {health, healthSentence} from '../../lib/analysis/health';
import {type LossRange, pickingRange} from '../../lib/losses/lossRange';
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
  const metrics = Object.fromEntries(
    Object.entries(health({projection})).map(([name, value]) => [name, value.dataSync()[0]!]),
  );
  return healthSentence(
    {step: 500, loss: ntXent(projection, {temperature}).dataSync()[0]!, metrics},
    {candidates: projection.shape[0] - 1, temperature},
  );
};
/** Two views that differ by noise. */
const views = (z: tf.Tensor2D, noise: number) =>
  tf.concat([z, z.add(normal(key(9), z.shape).mul(noise))]) as tf.Tensor2D;

test('the numbers are those of the measures, uniformity as the mean over both views', async () => {
  const projection = views(normal(key(1), [n, 32]), 0.5);
  const {alignment: a, uniformity: u, collapse, dimensions} = await flat(() => health({projection}), 4);
  const [first, second] = tf.split(projection, 2) as tf.Tensor2D[];
  close(a.dataSync(), alignment(first!, second!).dataSync(), 1e-6);
  close(u.dataSync(), [(uniformity(first!).dataSync()[0]! + uniformity(second!).dataSync()[0]!) / 2], 1e-6);
  close(collapse.dataSync(), [1], 0.02);
  assert.ok(dimensions.dataSync()[0]! > 25);
});

test('nothing is said of a sound training, at any temperature', () => {
  const sound = views(normal(key(1), [n, 128]), 0.3);
  for (const temperature of [0.05, 0.3, 1, 5]) assert.equal(judged(sound, temperature), '');
});

test('collapse, collapse of dimensions and a loss at chance are named', () => {
  assert.match(
    judged(views(normal(key(1), [n, 128]).mul(0.05).add(1) as tf.Tensor2D, 0.01), 0.3),
    /^Collapse: all projections are nearly alike \(spread 0\.05/,
  );
  const flatOne = tf.matMul(tf.concat([normal(key(2), [n, 2]), tf.zeros([n, 126])], 1), rotation(128)) as tf.Tensor2D;
  assert.match(
    judged(views(flatOne, 0.01), 0.3),
    /^Dimensional collapse: the projections spread in only 2\.\d directions/,
  );
  const unrelated = tf.concat([normal(key(3), [n, 128]), normal(key(4), [n, 128])]) as tf.Tensor2D;
  for (const temperature of [0.1, 1, 5])
    assert.match(
      judged(unrelated, temperature),
      /has not come down from ln K = 6\.24, chance \(reachable at this temperature: about/,
    );
});

test('chance is judged by what is reachable: at τ = 1 a sound loss stands near ln K', () => {
  const said = (loss: number) => healthSentence({step: 500, loss, metrics: {}}, {candidates: 511, temperature: 1});
  assert.equal(said(6.16), '');
  assert.match(
    said(6.2),
    /^The loss 6\.20 has not come down from ln K = 6\.24, chance \(reachable at this temperature: about 5\.24\)/,
  );
});

test('fresh weights are not judged, other losses not by ln K; a loss that is no number is said at once', () => {
  const metrics = {collapse: 0.01, dimensions: 50};
  assert.equal(healthSentence({step: 3, loss: 6, metrics}), '');
  assert.match(healthSentence({step: 60, loss: 6, metrics}), /^Collapse/);
  assert.equal(healthSentence({step: 60, loss: 6.24, metrics: {}}), '');
  assert.match(healthSentence({step: 1, loss: NaN, metrics}), /^The loss is NaN/);
});

/**
 * Means over the last epoch of trainings of 6 epochs of drawn emoji, 24 steps of 256 images each,
 * and what is said of them.
 */
const measured: [
  name: string,
  loss: number,
  metrics: Record<string, number>,
  range: LossRange | undefined,
  said: RegExp,
][] = [
  ['SimCLR', 3.7019, {collapse: 0.9875, dimensions: 13.05}, pickingRange(511, 0.2), /^$/],
  ['MoCo v2', 5.2823, {collapse: 0.9518, dimensions: 6.97}, pickingRange(1025, 0.2), /^$/],
  ['SimSiam', -0.7399, {collapse: 0.9845, dimensions: 3.52}, undefined, /^$/],
  ['BYOL', 0.8633, {collapse: 0.6678, dimensions: 4.15, teacherDistance: 0.0961}, undefined, /^$/],
  ['instance discrimination', 7.8213, {collapse: 0.5061, dimensions: 3.43}, pickingRange(6235, 0.07), /^$/],
  [
    'SwAV',
    4.7573,
    {collapse: 0.7887, dimensions: 4.22, assignmentEntropy: 0.7117, prototypesUsed: 0.9888},
    {chance: Math.log(256)},
    /^$/,
  ],
  [
    'DINO, whose bottleneck is nearly flat',
    5.1329,
    {collapse: 0.3602, dimensions: 2.16, assignmentEntropy: 0.8583, prototypesUsed: 0.8198},
    {chance: Math.log(256)},
    /^$/,
  ],
  [
    'DINO, batches of 64',
    4.4625,
    {collapse: 0.5359, dimensions: 3.29, assignmentEntropy: 0.6785, prototypesUsed: 0.5635},
    {chance: Math.log(256)},
    /^$/,
  ],
  [
    'DINO without centering',
    0.1323,
    {collapse: 0.1678, dimensions: 1.62, assignmentEntropy: 0.0098, prototypesUsed: 0.0047},
    {chance: Math.log(256)},
    /^One prototype takes all images, or very few do \(0\.47 % .* A teacher needs centering/,
  ],
  [
    'DINO without sharpening',
    5.5327,
    {collapse: 0.1147, dimensions: 1.5, assignmentEntropy: 0.9942, prototypesUsed: 0.9994},
    {chance: Math.log(256)},
    /^The teacher says the same of all prototypes .*99 %.* needs sharpening: lower the teacher's temperature/,
  ],
  [
    'SwAV without Sinkhorn-Knopp',
    0.6827,
    {collapse: 0.3946, dimensions: 1.55, assignmentEntropy: 0.0352, prototypesUsed: 0.0048},
    {chance: Math.log(256)},
    /^One prototype takes all images, .* codes need Sinkhorn-Knopp/,
  ],
  [
    'SimSiam without stop-gradient',
    -0.9156,
    {collapse: 0.3773, dimensions: 1.18},
    undefined,
    /^Collapse: all projections lie on one line, most of them at one end \(spread 0\.38, in 1\.2 directions\).* Check stop-gradient/,
  ],
  [
    'BYOL without predictor and moving average',
    -0.9998,
    {collapse: 0.0155, dimensions: 10.07},
    undefined,
    /^Collapse: all projections are nearly alike \(spread 0\.02/,
  ],
  [
    'Barlow Twins with λ = 0',
    33.3734,
    {collapse: 0.9224, dimensions: 1.41},
    {chance: 384},
    /^Dimensional collapse: the projections spread in only 1\.4 directions.*λ of Barlow Twins/,
  ],
  [
    'PIRL, diverging',
    1539.4,
    {collapse: 0.7993, dimensions: 3.12},
    {chance: 9.74, floor: 1.01},
    /^The loss 1539\.40 is far above 9\.74, chance: .* Lower the learning rate/,
  ],
];

for (const [name, loss, metrics, range, said] of measured) {
  test(`what is said of a run as it was measured: ${name}`, () =>
    assert.match(healthSentence({step: 144, loss, metrics}, {range}), said));
}

test('few prototypes in use, and images between several of them, is another illness than one that takes all', () => {
  const said = (assignmentEntropy: number, prototypesUsed: number) =>
    healthSentence({step: 144, loss: 1, metrics: {collapse: 0.1, assignmentEntropy, prototypesUsed}});
  assert.match(said(0.4, 0.03), /^Dead prototypes: only 3 % of the prototypes are in use/);
  assert.match(said(0.1, 0.03), /^One prototype takes all images/);
  assert.match(said(0.4, 0.3), /^Collapse/);
});

test('with prototypes the loss is judged between chance and the entropy of the assignments', () => {
  const said = (loss: number, floor?: number) =>
    healthSentence(
      {step: 144, loss, metrics: {assignmentEntropy: 0.8, prototypesUsed: 0.9}},
      {range: {chance: 5, ...(floor !== undefined && {floor})}},
    );
  assert.equal(said(4.94), '');
  assert.match(said(4.96), /^The loss 4\.96 has not come down from 5\.00, chance \(reachable: about 4\.00\)/);
  assert.match(said(4.94, 3), /reachable: about 3\.00/);
  assert.match(said(6.1), /^The loss 6\.10 is far above 5\.00, chance/);
  assert.equal(healthSentence({step: 144, loss: 5, metrics: {}}, {range: {chance: 5}}), '');
});

test('an event that tells its range is judged by it, unless another one is given', () => {
  const event = {step: 144, loss: 4.99, metrics: {}, range: {chance: 5, floor: 2}};
  assert.match(
    healthSentence(event),
    /^The loss 4\.99 has not come down from 5\.00, chance \(reachable: about 2\.00\)/,
  );
  assert.equal(healthSentence(event, {range: {chance: 9, floor: 2}}), '');
  assert.equal(healthSentence(event, {candidates: 1000, temperature: 0.5}), '');
});

test('a stack that is no two views, or too small, is refused', () => {
  assert.throws(
    () => health({projection: tf.ones([17, 2])}),
    /^RangeError: health: expected two views each of at least 8 images, got \[17,2\]/,
  );
  assert.throws(
    () => health({projection: tf.ones([14, 2])}),
    /^RangeError: health: expected two views each of at least 8 images, got \[14,2\]/,
  );
  assert.throws(
    () => healthSentence({step: 1, loss: 1, metrics: {}}, {candidates: 5}),
    /^RangeError: healthSentence: expected both candidates and temperature, or neither/,
  );
  assert.throws(
    () => healthSentence({step: 1, loss: 1, metrics: {}}, {candidates: 5, temperature: 1, range: {chance: 1}}),
    /^RangeError: healthSentence: expected candidates or a range, got both/,
  );
});
