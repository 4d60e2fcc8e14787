// Solarization: bright values are inverted, as on film that was exposed far too long.
// Grill et al. 2020, "Bootstrap Your Own Latent", arXiv:2006.07733, app. B.

import {tf} from '../engine/tf';

/** 1 − x where x ≥ threshold, else x. @param threshold 0 to 1. @see torchvision's `solarize`. */
export function solarize(images: tf.Tensor4D, threshold = 0.5): tf.Tensor4D {
  return tf.tidy(() => tf.where(images.less(threshold), images, tf.sub<tf.Tensor4D>(1, images)));
}
