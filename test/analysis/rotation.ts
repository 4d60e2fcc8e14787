// A rotation of d dimensions: product of reflections.

import {tf} from '../../lib/engine/tf';
import {hashed} from '../reference/hashed';

export function rotation(d: number): tf.Tensor2D {
  return tf.tidy(() => {
    const reflection = (name: string) => {
      const v = tf.tensor2d(hashed(name, [d, 1]), [d, 1]);
      return tf.eye(d).sub(tf.matMul(v, v, false, true).mul(2).div(v.square().sum())) as tf.Tensor2D;
    };
    return tf.matMul(reflection('a'), reflection('b'));
  });
}
