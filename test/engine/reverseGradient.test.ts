import {test} from 'node:test';
import {reverseGradient} from '../../lib/engine/reverseGradient';
import {tf} from '../../lib/engine/tf';
import {close} from '../close';
import {flat} from '../flat';

test('the same numbers, and the gradient with its sign changed', async () => {
  const x = tf.tensor1d([1, -2, 0.3]);
  close(reverseGradient(x).dataSync(), x.dataSync(), 1e-7);
  close(
    tf
      .grad(input => reverseGradient(input).square())(x)
      .dataSync(),
    [-2, 4, -0.6],
    1e-6,
  );
  await flat(() => reverseGradient(x), 1);
});
