// A backbone with a projector behind it: what most methods train, follow with a teacher, and are
// evaluated by. Chen et al. 2020 (SimCLR), arXiv:2002.05709, sec. 2.1, who found that a loss is
// better taken behind the projector and features before it.

import {split} from '../../engine/random';
import type {tf} from '../../engine/tf';
import {inside, type Backbone, type Module, type Params} from '../../module';

/** Parameters of an encoder with its projector. */
export type ProjectedParams = {backbone: Params; projector: Params};
/** Features of n images [n, width of the backbone], and what the loss sees of them [n, width]. */
export type Projected = {embedding: tf.Tensor2D; projection: tf.Tensor2D};

/**
 * @returns Module from normalized images [n, h, w, c] to both. Parameters beside `backbone` and
 * `projector` are left alone.
 */
export function projected(
  backbone: Backbone,
  projector: Module<tf.Tensor2D, tf.Tensor2D>,
): Module<tf.Tensor4D, Projected, ProjectedParams> {
  return {
    width: projector.width,
    init(key) {
      const [a, b] = split(key, 2);
      return {backbone: backbone.init(a!), projector: projector.init(b!)};
    },
    apply(params, images, mode) {
      const embedding = backbone.apply(params.backbone, images, inside(mode, 'backbone'));
      return {embedding, projection: projector.apply(params.projector, embedding, inside(mode, 'projector'))};
    },
  };
}
