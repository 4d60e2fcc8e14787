// What of a hidden patch is to be said: its pixels, or its pixels without their own mean and
// contrast. Histograms of gradients stand in hogTarget.ts. He et al. 2022 (MAE), arXiv:2111.06377,
// sec. 3 and table 1d; facebookresearch/mae, models_mae.py, forward_loss.

import {tf} from '../../engine/tf';
import {patches} from '../../layers/patchEmbedding';
import {standardization, standardized} from '../../layers/standardized';

/** What is predicted of a hidden patch. */
export interface PatchTarget {
  /** Values of a patch of `patch` × `patch` pixels. */
  width(patch: number, channels: number): number;
  /** From normalized images [n, h, w, c] to [n, l, width], patches row by row. */
  of(images: tf.Tensor4D, patch: number): tf.Tensor3D;
  /**
   * What predictions [n, l, width] look like, as patches of pixels [n, l, patch²·c] in the units of
   * the images. Absent where pixels do not follow.
   */
  paint?(prediction: tf.Tensor3D, images: tf.Tensor4D, patch: number): tf.Tensor3D;
}

const pixelCount = (patch: number, channels: number) => patch ** 2 * channels;

/** The pixels of the normalized image, those of a patch row by row. */
export const pixelTarget: PatchTarget = {width: pixelCount, of: patches, paint: prediction => prediction.clone()};

const own = {epsilon: 1e-6, unbiased: true};

/**
 * The pixels of a patch, less their mean and over their deviation, of all channels together and
 * with the unbiased variance: their `norm_pix_loss`. A patch of one color, the same in all
 * channels, becomes 0. A prediction says nothing of the two: to be looked at, it gets those of the
 * patch that was hidden.
 */
export const normalizedPixelTarget: PatchTarget = {
  width: pixelCount,
  of: (images, patch) => tf.tidy(() => standardized(patches(images, patch), own)),
  paint: (prediction, images, patch) =>
    tf.tidy(() => {
      const {mean, deviation} = standardization(patches(images, patch), own);
      return prediction.mul(deviation).add(mean);
    }),
};
