// SimCLR: bring the two views of an image together, push the batch's other views away.
// Chen et al. 2020, "A Simple Framework for Contrastive Learning of Visual Representations", arXiv:2002.05709.

import {split} from '../../engine/random';
import {tf} from '../../engine/tf';
import {mlp} from '../../layers/mlp';
import {ntXent} from '../../losses/ntXent';
import {inside, type Backbone, type Method, type Params} from '../../module';
import type {TwoViews} from '../../views/twoViews';

export interface SimclrOptions {
  backbone: Backbone;
  /** Widths of the projector's layers after the backbone's own; the last one is d. @default [backbone width, 128] */
  projector?: number[];
  /** τ of NT-Xent. @default 0.5, the best of the paper's CIFAR-10 settings (B.9) */
  temperature?: number;
  /** What is minimised: of projections [2n, d] of any length, rows i and i + n the two views of image i. @default ntXent */
  loss?: (projection: tf.Tensor2D, options: {temperature: number}) => tf.Scalar;
}

export type SimclrParams = {backbone: Params; projector: Params};
/** Of both views [2n, …], those of the first n rows first. */
export type SimclrOutputs = {embedding: tf.Tensor2D; projection: tf.Tensor2D};

/** SimCLR. Both views run as one batch of 2n, as in the authors' code: BatchNorm sees both. An empty `projector` trains the embedding itself. */
export function simclr({backbone: f, projector = [f.width, 128], temperature = 0.5, loss: lossOf = ntXent}: SimclrOptions): Method<TwoViews, SimclrParams, {}, SimclrOutputs> {
  const g = mlp([f.width, ...projector]);
  return {
    init(key) {
      const [a, b] = split(key, 2);
      return {backbone: f.init(a!), projector: g.init(b!)};
    },
    loss(params, {first, second}, _state, {key}) {                                                              // Algorithm 1
      const embedding = f.apply(params.backbone, tf.concat([first, second]), inside({key}, 'backbone'));        // h, [2n, d]
      const projection = g.apply(params.projector, embedding, inside({key}, 'projector'));                      // z, [2n, 128]
      return {loss: lossOf(projection, {temperature}), outputs: {embedding, projection}};
    },
    embed(params, _state, images, mode) {
      const embedding = f.apply(params.backbone, images, inside(mode, 'backbone'));
      return {embedding, projection: g.apply(params.projector, embedding, inside(mode, 'projector'))};
    },
  };
}
