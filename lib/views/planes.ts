// Color operations work on one plane per channel: passes over long rows, with a factor per image,
// are several times faster than over triples.

import {tf} from '../engine/tf';

/** One [n, h·w] per channel. */
export type Planes = tf.Tensor2D[];

/** Images [n, h, w, c] of what `f` makes of the planes of `images`; as many planes. */
export function onPlanes(images: tf.Tensor4D, f: (planes: Planes) => Planes): tf.Tensor4D {
  const [n, h, w, c] = images.shape;
  return tf.tidy(() => {
    const planes =
      c === 1 ? [images.reshape([n, h * w]) as tf.Tensor2D] : (tf.unstack(images.reshape([n, h * w, c]), 2) as Planes);
    // faster than stacking along the last axis
    return tf.stack(f(planes)).transpose([1, 2, 0]).reshape(images.shape);
  });
}
