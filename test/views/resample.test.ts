import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key, uniform} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {resample} from '../../lib/views/resample';
import {close} from '../close';

test('equals the sum written out, each image by its own matrices', () => {
  const [images, rows, columns] = [
    uniform(key(1), [2, 4, 5, 3]),
    uniform(key(2), [2, 3, 4]),
    uniform(key(3), [2, 6, 5]),
  ];
  const [x, a, b] = [images.arraySync(), rows.arraySync(), columns.arraySync()];
  const expected: number[] = [];
  for (let n = 0; n < 2; n++)
    for (let p = 0; p < 3; p++)
      for (let q = 0; q < 6; q++)
        for (let c = 0; c < 3; c++) {
          let sum = 0;
          for (let i = 0; i < 4; i++)
            for (let j = 0; j < 5; j++) sum += a[n]![p]![i]! * x[n]![i]![j]![c]! * b[n]![q]![j]!;
          expected.push(sum);
        }
  const result = resample(images, rows, columns);
  assert.deepEqual(result.shape, [2, 3, 6, 3]);
  close(result.dataSync(), expected, 1e-5);
});

test('matrices that do not fit are refused', () => {
  const images = tf.zeros([2, 4, 5, 3]) as tf.Tensor4D;
  assert.throws(
    () => resample(images, tf.zeros([2, 3, 5]), tf.zeros([2, 6, 5])),
    /^RangeError: resample: expected rows of shape \[2, p, 4\], got \[2,3,5\]/,
  );
  assert.throws(
    () => resample(images, tf.zeros([2, 3, 4]), tf.zeros([1, 6, 5])),
    /^RangeError: resample: expected columns of shape \[2, q, 5\], got \[1,6,5\]/,
  );
});
