// Histograms of oriented gradients as what is to be said of a hidden patch.
// Wei et al. 2022 (MaskFeat), "Masked Feature Prediction for Self-Supervised Visual Pre-Training",
// arXiv:2112.09133, sec. 3.2; facebookresearch/SlowFast, slowfast/models/operators.py (HOGLayerC)
// and masked.py. Differs from evaluation/hog.ts, which describes whole images after Dalal & Triggs:
// gradients are Sobel's, of each channel, with a mirrored border, and each cell is scaled on its
// own.

import {check, whole} from '../../check';
import {tf} from '../../engine/tf';
import {orientationVotes} from '../../layers/orientationVotes';
import {patches} from '../../layers/patchEmbedding';
import type {PatchTarget} from './patchTarget';

/** Options of {@link hogTarget}. */
export interface HogTargetOptions {
  /**
   * Side of a cell in pixels, of which a whole number fills a patch.
   * @default half a patch, the paper's 8 of 16
   */
  cell?: number;
  /** Orientations from 0 to 180°, without sign. @default 9 */
  orientations?: number;
}

/**
 * Of each cell and each channel one histogram, scaled to length 1; a cell of one color has zeros.
 * Neither the level nor the contrast of a channel matters, and so neither does how images are
 * normalized. Values of a patch stand in the order cell row, cell column, channel, orientation; in
 * their code it is channel, orientation, cell row, cell column.
 */
export function hogTarget({cell, orientations = 9}: HogTargetOptions = {}): PatchTarget {
  whole('hogTarget', 'orientations', orientations, 2);
  const sideOf = (patch: number) => {
    const side = cell ?? patch / 2;
    check(
      Number.isInteger(side) && side >= 1 && patch % side === 0,
      'hogTarget',
      `expected a side of cells in whole pixels that divides a patch of ${patch} px, got ${side}`,
    );
    return side;
  };
  return {
    width: (patch, channels) => (patch / sideOf(patch)) ** 2 * channels * orientations,
    of: (images, patch) =>
      tf.tidy(() => {
        const side = sideOf(patch);
        const [n, h, w, c] = images.shape;
        const framed = tf.mirrorPad(
          images,
          [
            [0, 0],
            [1, 1],
            [1, 1],
            [0, 0],
          ],
          'reflect',
        );
        const at = (y: number, x: number) => framed.slice([0, y, x, 0], [n, h, w, c]);
        const lean = (before: tf.Tensor, between: tf.Tensor, after: tf.Tensor) => before.add(between.mul(2)).add(after);
        // [n, h, w, c]
        const across = lean(at(0, 0).sub(at(0, 2)), at(1, 0).sub(at(1, 2)), at(2, 0).sub(at(2, 2)));
        const down = lean(at(0, 0).sub(at(2, 0)), at(0, 1).sub(at(2, 1)), at(0, 2).sub(at(2, 2)));
        // their angle is that from the vertical
        const votes = orientationVotes(across, down, orientations).reshape([n, h, w, c * orientations]) as tf.Tensor4D;
        const sums = tf
          .avgPool(votes, side, side, 'valid')
          .mul(side ** 2)
          .reshape([n, h / side, w / side, c, orientations]);
        const histograms = sums.div(sums.square().sum(-1, true).sqrt().maximum(1e-12));
        // [n, l, cells · c · orientations]
        return patches(histograms.reshape([n, h / side, w / side, c * orientations]), patch / side);
      }),
  };
}
