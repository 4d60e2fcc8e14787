import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tf} from '../../lib/engine/tf';
import {varianceInvarianceCovariance} from '../../lib/losses/varianceInvarianceCovariance';
import {close} from '../close';
import {flat} from '../flat';
import {hashed} from '../reference/hashed';
import reference from '../reference/redundancyMethods.json';

const {n, d, cases} = reference;

for (const {options, value, first, second} of cases.filter(({loss}) => loss === 'vicreg')) {
  test(`value and gradients by both views equal torch's, ${JSON.stringify(options)}`, async () => {
    const views = [
      tf.tensor2d(hashed('redundancy first', [n, d]), [n, d]),
      tf.tensor2d(hashed('redundancy second', [n, d], 1.5), [n, d]),
    ] as const;
    const ours = tf.valueAndGrads((a: tf.Tensor, b: tf.Tensor) =>
      varianceInvarianceCovariance(a as tf.Tensor2D, b as tf.Tensor2D, options),
    )([...views]);
    close(ours.value.dataSync(), [value], 1e-5);
    close(ours.grads[0]!.dataSync(), first, 1e-5);
    close(ours.grads[1]!.dataSync(), second, 1e-5);
    await flat(() => varianceInvarianceCovariance(...views, options), 1);
  });
}

/** Columns of mean 0 and variance 1 that do not correlate. */
const hadamard = tf.tensor2d([
  [1, 1, 1],
  [1, -1, -1],
  [-1, 1, -1],
  [-1, -1, 1],
]);

test('variance, invariance and covariance one by one', () => {
  const wide = hadamard.mul<tf.Tensor2D>(5);
  const only = (weight: 'invariance' | 'variance' | 'covariance', a: tf.Tensor2D, b: tf.Tensor2D) =>
    varianceInvarianceCovariance(a, b, {invariance: 0, variance: 0, covariance: 0, [weight]: 1}).dataSync();
  close(only('invariance', wide, wide.add(2)), [4], 1e-5);
  close(only('variance', wide, wide), [0], 1e-6);
  close(only('variance', tf.ones([4, 3]), wide), [0.99 / 2], 1e-5);
  close(only('covariance', wide, wide), [0], 1e-4);
  const same = hadamard.slice([0, 0], [4, 1]).tile([1, 3]) as tf.Tensor2D;
  close(only('covariance', same, wide), [(6 * (4 / 3) ** 2) / 3], 1e-4); // unbiased: 4 of 3
  close(varianceInvarianceCovariance(tf.ones([4, 3]), tf.ones([4, 3])).dataSync(), [0.99 * 25], 1e-4);
});

test('views of other shapes, one image and negative weights are refused', () => {
  assert.throws(
    () => varianceInvarianceCovariance(tf.ones([4, 3]), tf.ones([4, 2])),
    /^RangeError: varianceInvarianceCovariance: expected two views \[n, d\] of at least 2 images, got \[4,3\] and \[4,2\]/,
  );
  assert.throws(
    () => varianceInvarianceCovariance(tf.ones([1, 3]), tf.ones([1, 3])),
    /^RangeError: varianceInvarianceCovariance: expected two views \[n, d\] of at least 2 images, got \[1,3\] and \[1,3\]/,
  );
  assert.throws(
    () => varianceInvarianceCovariance(hadamard, hadamard, {variance: -1}),
    /^RangeError: varianceInvarianceCovariance: expected weights ≥ 0, got 25, -1 and 1/,
  );
});
