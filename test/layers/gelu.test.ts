import {test} from 'node:test';
import {tf} from '../../lib/engine/tf';
import {gelu} from '../../lib/layers/gelu';
import {close} from '../close';
import {flat} from '../flat';
import {hashed} from '../reference/hashed';
import reference from '../reference/layers.json';
import {slopes} from '../slopes';

const x = tf.tensor1d(hashed('gelu x', [40], 6));

for (const approximate of ['none', 'tanh'] as const) {
  test(`approximate '${approximate}': output and gradient as torch's, and by finite differences`, () => {
    const {y, dx} = reference.gelu[approximate];
    const f = (input: tf.Tensor) => gelu(input, {approximate});
    close(f(x).dataSync(), y, 1e-6);
    close(
      tf
        .grad(f)(x, tf.tensor1d(hashed('gelu dy', [40])))
        .dataSync(),
      dx,
      2e-6,
    );
    slopes(f, x.div(2), [0, 1, 2, 20, 39]);
  });

  test(`approximate '${approximate}': 0 at 0, the larger of x and 0 far away, where the gradient is finite too; nothing else is left`, async () => {
    const far = tf.tensor1d([-1000, -12, 0, 12, 1000]);
    await flat(() => close(gelu(far, {approximate}).dataSync(), [0, 0, 0, 12, 1000], 1e-6), 1);
    close(
      tf
        .grad(input => gelu(input, {approximate}))(far)
        .dataSync(),
      [0, 0, 0.5, 1, 1],
      1e-6,
    );
  });
}

test('the definition is the default', () => close(gelu(x).dataSync(), reference.gelu.none.y, 1e-6));
