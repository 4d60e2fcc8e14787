// Applies to each image a matrix of its own along the rows and another along the columns: what
// crops, resizing and separable blurs have in common.

import {check} from '../check';
import {tf} from '../engine/tf';

/**
 * rows · image · columnsᵀ, image by image and channel by channel.
 *
 * @param images [n, h, w, c].
 * @param rows [n, p, h]: row i holds the weights of the image's rows in row i of the result.
 * @param columns [n, q, w], likewise for columns.
 * @returns [n, p, q, c]. With identity matrices: the images.
 * @throws RangeError when the shapes do not fit.
 */
export function resample(images: tf.Tensor4D, rows: tf.Tensor3D, columns: tf.Tensor3D): tf.Tensor4D {
  const [n, h, w, c] = images.shape;
  const [p, q] = [rows.shape[1], columns.shape[1]];
  check(
    rows.shape[0] === n && rows.shape[2] === h,
    'resample',
    `expected rows of shape [${n}, p, ${h}], got [${rows.shape}]`,
  );
  check(
    columns.shape[0] === n && columns.shape[2] === w,
    'resample',
    `expected columns of shape [${n}, q, ${w}], got [${columns.shape}]`,
  );
  return tf.tidy(() => {
    const down = tf.matMul(rows, images.reshape([n, h, w * c]) as tf.Tensor3D); // [n, p, w·c]
    const planes = down
      .reshape([n, p, w, c])
      .transpose([0, 3, 1, 2])
      .reshape([n, c * p, w]) as tf.Tensor3D; // channels outside, or the products below get tiny
    const across = tf.matMul(planes, columns, false, true); // [n, c·p, q]
    return across.reshape([n, c, p, q]).transpose([0, 2, 3, 1]) as tf.Tensor4D; // [n, p, q, c]
  });
}
