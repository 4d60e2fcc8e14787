import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tf} from '../../lib/engine/tf';
import {crossCorrelation} from '../../lib/losses/crossCorrelation';
import {close} from '../close';
import {flat} from '../flat';
import {hashed} from '../reference/hashed';
import reference from '../reference/redundancyMethods.json';

const {n, d, cases} = reference;

for (const {options, value, first, second} of cases.filter(({loss}) => loss === 'barlow')) {
  test(`value and gradients by both views equal torch's, ${JSON.stringify(options)}`, async () => {
    const views = [
      tf.tensor2d(hashed('redundancy first', [n, d]), [n, d]),
      tf.tensor2d(hashed('redundancy second', [n, d], 1.5), [n, d]),
    ] as const;
    const ours = tf.valueAndGrads((a: tf.Tensor, b: tf.Tensor) =>
      crossCorrelation(a as tf.Tensor2D, b as tf.Tensor2D, options),
    )([...views]);
    close(ours.value.dataSync(), [value], 1e-5);
    close(ours.grads[0]!.dataSync(), first, 1e-5);
    close(ours.grads[1]!.dataSync(), second, 1e-5);
    await flat(() => crossCorrelation(...views, options), 1);
  });
}

/** Columns of mean 0 and variance 1 that do not correlate. */
const hadamard = tf.tensor2d([
  [1, 1, 1],
  [1, -1, -1],
  [-1, 1, -1],
  [-1, -1, 1],
]);

test('0 for agreeing views of features that do not, d for constant, 4d for opposite ones; any scale and offset', () => {
  close(crossCorrelation(hadamard, hadamard).dataSync(), [0], 1e-5);
  close(crossCorrelation(tf.ones([4, 3]), tf.ones([4, 3])).dataSync(), [3], 1e-5);
  close(crossCorrelation(hadamard, hadamard.neg()).dataSync(), [12], 1e-3);
  close(crossCorrelation(hadamard.mul(7).add(3), hadamard.mul(0.5).sub(2)).dataSync(), [0], 1e-4);
});

test('features that say the same cost λ for each pair', () => {
  const same = hadamard.slice([0, 0], [4, 1]).tile([1, 3]) as tf.Tensor2D;
  close(crossCorrelation(same, same, {redundancy: 0.5}).dataSync(), [3], 1e-4); // 6 pairs
  close(crossCorrelation(same, same, {redundancy: 0}).dataSync(), [0], 1e-5);
});

test('views of other shapes, one image and negative weights are refused', () => {
  assert.throws(
    () => crossCorrelation(tf.ones([4, 3]), tf.ones([4, 2])),
    /^RangeError: crossCorrelation: expected two views \[n, d\] of at least 2 images, got \[4,3\] and \[4,2\]/,
  );
  assert.throws(
    () => crossCorrelation(tf.ones([1, 3]), tf.ones([1, 3])),
    /^RangeError: crossCorrelation: expected two views \[n, d\] of at least 2 images, got \[1,3\] and \[1,3\]/,
  );
  assert.throws(
    () => crossCorrelation(hadamard, hadamard, {redundancy: -1}),
    /^RangeError: crossCorrelation: expected redundancy ≥ 0, got -1/,
  );
});
