// How much of a transformer's attention lies on a part of the image: on the object, and not on what
// is behind it. Caron et al. 2021, "Emerging Properties in Self-Supervised Vision Transformers",
// arXiv:2104.14294, fig. 4, who compare attention with segmentations. Differs from the paper: it
// keeps 60 % of the attention as a mask and measures the overlap; here nothing is cut off.

import {check} from '../check';
import {tf} from '../engine/tf';

/**
 * Σ attention × part / Σ attention over the patches, map by map.
 *
 * @param maps [n, heads, h, w] attention on the patches, ≥ 0.
 * @param part [n, h, w] how much of each patch belongs to the part, 0 to 1.
 * @returns [n, heads] shares from 0 to 1; even attention gives the part's share of the area.
 * @throws RangeError when the part is of other patches.
 */
export function attentionShare(maps: tf.Tensor4D, part: tf.Tensor3D): tf.Tensor2D {
  const [n, , h, w] = maps.shape;
  check(
    `${part.shape}` === `${[n, h, w]}`,
    'attentionShare',
    `expected how much of each patch belongs to the part, [${n},${h},${w}], got [${part.shape}]`,
  );
  return tf.tidy(() =>
    maps
      .mul(part.expandDims(1))
      .sum<tf.Tensor2D>([2, 3])
      .div(maps.sum([2, 3])),
  );
}
