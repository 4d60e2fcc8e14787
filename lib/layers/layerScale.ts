// A factor for each channel of a residual branch, small at the start, so that a deep transformer
// begins close to the identity. Touvron et al. 2021, "Going deeper with Image Transformers",
// arXiv:2103.17239, eq. 3; parameters as in timm's LayerScale.

import {check} from '../check';
import {tf} from '../engine/tf';
import type {Module} from '../module';

/**
 * Parameter `gamma` [width].
 *
 * @param start What every factor starts with, > 0: 0.1 for 12 blocks, 1e-5 for 24 (their sec. 2),
 * 1e-5 in DINOv2.
 * @returns Module from tokens [n, l, width] to the same shape.
 */
export function layerScale(width: number, start: number): Module<tf.Tensor3D, tf.Tensor3D> {
  check(start > 0, 'layerScale', `expected a factor > 0 to start with, got ${start}`);
  return {
    width,
    init: () => ({gamma: tf.fill([width], start)}),
    apply: ({gamma}, x) => tf.tidy(() => x.mul(gamma as tf.Tensor1D)),
  };
}
