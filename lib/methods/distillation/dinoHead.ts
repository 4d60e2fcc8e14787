// The head of DINO, from features to logits of prototypes, and how a teacher reads its own.
// Caron et al. 2021, "Emerging Properties in Self-Supervised Vision Transformers",
// arXiv:2104.14294, sec. 3.1; facebookresearch/dino, vision_transformer.py (DINOHead).

import {tf} from '../../engine/tf';
import {gelu} from '../../layers/gelu';
import {normalOf} from '../../layers/initial';
import {type Mlp, mlp} from '../../layers/mlp';
import {weightNorm} from '../../layers/weightNorm';
import {unit} from '../../layers/unit';
import type {Module, Params} from '../../module';

export interface DinoHeadOptions {
  /**
   * Width of the head's two hidden layers.
   * @default 16/3 of the backbone's, the paper's for ViT-S, and at most 2048
   */
  hidden?: number;
  /** Width of the head's third layer, whose rows are scaled to length 1. @default 256 */
  bottleneck?: number;
}

export interface DinoHead {
  /** From features [n, width] to the bottleneck [n, bottleneck], before its rows are scaled. */
  projector: Mlp;
  /** The last layer, whose rows of weights count by their direction. */
  last: Module<tf.Tensor2D, tf.Tensor2D>;
  /** [n, K], cosines of the bottleneck with each prototype. */
  logits(last: Params, projection: tf.Tensor2D): tf.Tensor2D;
}

/** @param width Of the features. */
export function dinoHead(
  width: number,
  prototypes: number,
  {hidden = Math.min(2048, Math.round((width * 16) / 3)), bottleneck = 256}: DinoHeadOptions = {},
): DinoHead {
  const last = weightNorm(bottleneck, prototypes);
  return {
    projector: mlp([width, hidden, hidden, bottleneck], {batchNorm: false, activation: gelu, initial: normalOf(0.02)}),
    last,
    logits: (own, projection) => tf.tidy(() => last.apply(own, unit(projection), {})),
  };
}

/**
 * What a teacher says, in logarithms: its logits less their center, sharpened by τ, as
 * log-probabilities [n, K].
 */
export const sharpened = (logits: tf.Tensor2D, center: tf.Tensor1D, temperature: tf.Scalar): tf.Tensor2D =>
  tf.tidy(() => logits.sub(center).div<tf.Tensor2D>(temperature).logSoftmax());
