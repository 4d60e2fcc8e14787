// Takes tokens out of each image's row of them, by their places.

import {check} from '../check';
import {differentiable} from '../engine/differentiable';
import {operation, type} from '../engine/operation';
import {tf} from '../engine/tf';

/**
 * @param x [n, l, d].
 * @param places [n, k] int32, from 0 to l − 1; one may be taken several times.
 * @returns [n, k, d]: token j of image i is x[i, places[i, j]]. The gradient of a token sums over
 * where it was taken.
 */
export function tokensAt(x: tf.Tensor3D, places: tf.Tensor2D): tf.Tensor3D {
  const [n, l] = x.shape;
  check(
    x.rank === 3 && places.rank === 2 && places.shape[0] === n,
    'tokensAt',
    `expected tokens [n, l, d] and places [n, k], got [${x.shape}] and [${places.shape}]`,
  );
  return kernel({x, places}, {l})[0] as tf.Tensor3D;
}

// tfjs's own gradient takes the images of a batch one after the other.
const kernel = differentiable<{x: tf.Tensor; places: tf.Tensor}, {l: number}>('WorkbenchTokensAt', {
  forward: ({x, places}) => [tf.gather(x, places, 1, 1)],
  saves: {inputs: ['places']},
  gradients: (dy, [places], {l}) => ({
    x() {
      const [n, k, d] = dy.shape as [number, number, number];
      // of all images' tokens, one after the other
      const rows = places!.add(tf.range(0, n, 1, 'int32').mul(tf.scalar(l, 'int32')).expandDims(1)).reshape([n * k]);
      return operation(
        'UnsortedSegmentSum',
        {T: type('float32'), Tindices: type('int32'), Tnumsegments: type('int32')},
        [dy.reshape([n * k, d]), rows, tf.scalar(n * l, 'int32')],
      ).reshape([n, l, d]);
    },
    places: () => tf.zerosLike(places!),
  }),
});
