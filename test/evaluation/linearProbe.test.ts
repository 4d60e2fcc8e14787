import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key, normal} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {linearProbe} from '../../lib/evaluation/linearProbe';
import {softmaxRegression} from '../../lib/evaluation/softmaxRegression';
import {close} from '../close';
import {flat} from '../flat';
import {classes} from '../reference/classes';
import reference from '../reference/linearProbe.json';

const [train, validation, testing] = [
  classes('train', 300, 16, 10),
  classes('validation', 150, 16, 10),
  classes('test', 300, 16, 10),
];
const {fits} = reference;

test("minimum and weights at each strength are scikit-learn's", async () => {
  const {mean, variance} = tf.moments(train.features, 0);
  const standardized = {...train, features: train.features.sub(mean).div(variance.sqrt()) as tf.Tensor2D};
  let i = 0;
  await flat(async () => {
    for await (const {strength, weights, objective, converged} of softmaxRegression(
      standardized,
      10,
      fits.map(fit => fit.strength),
    )) {
      assert.ok(converged);
      close([strength, objective], [fits[i]!.strength, fits[i]!.objective], 1e-5);
      close(
        tf.tidy(() => weights.slice([0, 0], [16, 1]).dataSync()),
        fits[i]!.weights,
        0.02,
      );
      i++;
    }
  });
  assert.equal(i, fits.length);
});

test("accuracy within half a point of scikit-learn's at each strength", async () => {
  for (const {strength, accuracy, validationAccuracy} of fits) {
    const probe = await flat(() => linearProbe(train, validation, testing, {strengths: [strength]}));
    assert.ok(Math.abs(probe.accuracy - accuracy) <= 0.005, `${probe.accuracy} and ${accuracy} at ${strength}`);
    // of 150: one image is .007
    assert.ok(Math.abs(probe.validationAccuracy - validationAccuracy) <= 0.01);
    assert.equal(
      probe.predictions.filter((prediction, i) => prediction === testing.labels[i]).length / 300,
      probe.accuracy,
    );
  }
});

test('takes the strength that is best on the validation images, and the accuracy there', async () => {
  const probe = await linearProbe(train, validation, testing);
  const alone = await Promise.all(
    [1, 0.1, 0.01, 0.001].map(strength => linearProbe(train, validation, testing, {strengths: [strength]})),
  );
  assert.ok(alone.every(({validationAccuracy}) => validationAccuracy <= probe.validationAccuracy));
  const again = await linearProbe(train, validation, testing, {strengths: [probe.strength]});
  assert.ok(Math.abs(again.accuracy - probe.accuracy) <= 0.005);
  assert.equal(
    probe.protocol,
    'linear: softmax regression on standardized features, L2 strength of 10 to 0.0001 by validation accuracy',
  );
});

/** Normal features of deviation 1, two classes `apart` in the first of 16 channels. */
function pair(seed: number, sizes: [number, number], apart: number) {
  const labels = Int32Array.from([...Array<number>(sizes[0]).fill(0), ...Array<number>(sizes[1]).fill(1)]);
  const noise = normal(key(seed), [labels.length, 16]);
  const offset = tf.tensor2d(labels, [labels.length, 1]).mul(apart);
  return {
    features: noise.add(
      offset.pad([
        [0, 0],
        [0, 15],
      ]),
    ) as tf.Tensor2D,
    labels,
  };
}

test('classes of unequal size: the search leaves the strengths that answer with the larger alone', async () => {
  const [few, fewer, even] = [pair(1, [300, 30], 3), pair(2, [100, 10], 3), pair(3, [300, 300], 3)];
  const {strength, accuracy, balancedAccuracy, validationAccuracy} = await linearProbe(few, fewer, even);
  const alone = await Promise.all(
    [10, 1, 0.1, 0.01, 0.001, 0.0001].map(single => linearProbe(few, fewer, even, {strengths: [single]})),
  );
  // class 0 for all
  assert.deepEqual([alone[0]!.accuracy, alone[0]!.validationAccuracy], [0.5, 100 / 110]);
  assert.ok(
    alone.every(other => other.validationAccuracy <= validationAccuracy),
    `${validationAccuracy} at ${strength}`,
  );
  assert.ok(accuracy > 0.75 && strength < 0.1, `${accuracy} at ${strength}`);
  assert.ok(Math.abs(balancedAccuracy - accuracy) < 1e-12, 'the same where test classes are of one size');
});

test('accuracy is the share of images, balanced accuracy the mean over classes; of equals the strongest', async () => {
  // nothing to find
  const [trainPair, validationPair, testPair] = [pair(1, [300, 30], 0), pair(2, [100, 10], 0), pair(3, [90, 10], 0)];
  const probe = await linearProbe(trainPair, validationPair, testPair, {strengths: [10, 3]});
  assert.deepEqual([probe.strength, probe.accuracy, probe.balancedAccuracy], [10, 0.9, 0.5]);
});

test('scale and shift of a feature do not matter, nor does a constant one', async () => {
  const constant = (set: typeof train) => tf.fill([set.labels.length, 1], 1e4);
  const changed = (set: typeof train) => ({
    ...set,
    features: tf.concat([set.features.mul(tf.range(1, 17)).add(5), constant(set)], 1) as tf.Tensor2D,
  });
  const before = await linearProbe(train, validation, testing, {strengths: [0.1]});
  const after = await linearProbe(changed(train), changed(validation), changed(testing), {strengths: [0.1]});
  const different = before.predictions.filter((prediction, i) => prediction !== after.predictions[i]).length;
  assert.ok(different <= 1, `${different} predictions differ`);
});

const objectiveOf = async (features: tf.Tensor2D, labels: Int32Array, k: number, strength: number) => {
  for await (const {objective} of softmaxRegression({features, labels}, k, [strength])) return objective;
  return NaN;
};

test('more features than directions give the same minimum', async () => {
  // [300, 640]: 40 copies act as one feature at a fortieth of the strength
  const wide = tf.tidy(() => tf.tile(train.features, [1, 40]) as tf.Tensor2D);
  close(
    [await flat(() => objectiveOf(wide, train.labels, 10, 1))],
    [await objectiveOf(train.features, train.labels, 10, 1 / 40)],
    1e-4,
  );
});

test('samples in several pieces, the last of which lacks some, give the same minimum', async () => {
  // three times as many make 16.7 million logits, above what is held at once
  const [n, k] = [5555, 1000];
  const {features} = classes('train', n, 4, 10);
  const labels = Int32Array.from({length: n}, (_, i) => i % k);
  const thrice = Int32Array.from({length: 3 * n}, (_, i) => labels[i % n]!);
  close(
    [
      await flat(
        () =>
          objectiveOf(
            tf.tidy(() => features.tile([3, 1])),
            thrice,
            k,
            0.01,
          ),
        1,
      ),
    ],
    [await objectiveOf(features, labels, k, 0.01)],
    1e-5,
  );
});

test('what cannot be probed is refused in one line', async () => {
  const relabeled = (from: number[], to: number) => ({
    ...train,
    labels: train.labels.map((label, i) => (from.includes(i) ? to : label)),
  });
  await assert.rejects(
    linearProbe(relabeled([7], 10), validation, testing),
    /^RangeError: linearProbe: expected at least 2 training images of every class, got 1 of class 10/,
  );
  await assert.rejects(
    linearProbe({...train, labels: train.labels.map(label => label % 9)}, validation, testing),
    /^RangeError: linearProbe: expected training images of every class, got none of class 9, which validation images have/,
  );
  const none = {...train, labels: new Int32Array(300)};
  await assert.rejects(
    linearProbe(none, none, none),
    /^RangeError: linearProbe: expected training images of at least 2 classes, got 1/,
  );
  await assert.rejects(
    linearProbe(train, validation, testing, {strengths: [0.1, 1]}),
    /^RangeError: linearProbe: expected strengths above 0, from strong to weak, got \[0\.1,1\]/,
  );
  await assert.rejects(
    linearProbe(train, validation, {features: tf.zeros([0, 16]), labels: new Int32Array()}),
    /^RangeError: linearProbe: expected at least one test image, got none/,
  );
});

test('an abort while it works ends it with its reason and leaves nothing', async () => {
  const controller = new AbortController();
  let turns = 0;
  // in the midst of some 100 evaluations
  const count = () => (++turns < 20 ? setImmediate(count) : controller.abort(new Error('stop')));
  setImmediate(count);
  await flat(() =>
    assert.rejects(linearProbe(train, validation, testing, {signal: controller.signal}), /^Error: stop/),
  );
});
