// Attention maps as pictures: the darker a patch, the more attention it has.

import {check} from '../check';
import {tf} from '../engine/tf';
import {pictures, type Picture} from './pictures';

/** Of the patch with the most attention: dark blue, which turns to white as attention goes. */
const MOST = [0, 0.2, 0.4];

/**
 * @param maps [n, heads, h, w] attention on the patches, ≥ 0. The maps of an image have one scale,
 * from 0 to their largest value, so that heads compare.
 * @param labels [n][heads] what stands under each.
 * @returns [n][heads] pictures with a patch a square, for `imageGrid`.
 * @throws RangeError when labels are of another number.
 */
export async function attentionPictures(
  maps: tf.Tensor4D,
  labels?: readonly (readonly string[])[],
): Promise<Picture[][]> {
  const [n, heads, h, w] = maps.shape;
  const fit = labels === undefined || (labels.length === n && labels.every(row => row.length === heads));
  const got = labels?.map(row => row.length);
  check(fit, 'attentionPictures', `expected labels of ${n} × ${heads} maps, got ${got}`);
  const colored = tf.tidy(() => {
    const scaled = maps.div(maps.max([1, 2, 3], true).maximum(1e-30)).reshape([n * heads, h, w, 1]);
    return tf.sub(1, scaled.mul(tf.sub(1, tf.tensor1d(MOST)))); // [n·heads, h, w, 3]
  });
  try {
    const all = await pictures(colored, labels?.flat());
    return Array.from({length: n}, (_, i) => all.slice(i * heads, (i + 1) * heads));
  } finally {
    colored.dispose();
  }
}
