// SwAV: the clusters of one crop of an image are predicted from its other crops, and a batch uses
// all clusters alike. Caron et al. 2020, "Unsupervised Learning of Visual Features by Contrasting
// Cluster Assignments", arXiv:2006.09882; facebookresearch/swav.

import {check, whole} from '../../check';
import {split} from '../../engine/random';
import {stopGradient} from '../../engine/stopGradient';
import {tf} from '../../engine/tf';
import {linear} from '../../layers/linear';
import {mlp} from '../../layers/mlp';
import {sinkhorn} from '../../losses/sinkhorn';
import {teacherCrossEntropy} from '../../losses/teacherCrossEntropy';
import {unit} from '../../layers/unit';
import type {Backbone, Method, Params} from '../../module';
import {map} from '../../engine/params';
import type {MultiCrop} from '../../views/sources/multiCrop';
import {cropProjections} from '../parts/cropProjections';
import {projected, type ProjectedParams} from '../parts/projected';

/** Options of {@link swav}. */
export interface SwavOptions {
  backbone: Backbone;
  /** Widths of the projector's layers after the backbone's own. @default [backbone width, 128] */
  projector?: number[];
  /** K, several times the number of classes. @default 3000, the paper's for 1000 classes */
  prototypes?: number;
  /** τ of the predictions. @default 0.1 */
  temperature?: number;
  /**
   * From cosines with the prototypes [m, K] to codes [m, K], rows of sum 1; without balance, for
   * example `scores => scores.div(0.05).softmax()`, few prototypes stay in use.
   * @default sinkhorn
   */
  codes?: (scores: tf.Tensor2D) => tf.Tensor2D;
  /**
   * Projections of earlier batches, of each global crop, that share the prototypes with the batch
   * where it is small: a multiple of the batch. 0: none.
   * @default 0; the paper's 3840 at batches of 256
   */
  queue?: number;
  /**
   * Share of the training before the queue fills; it is used once it is full.
   * @default 0.075, epoch 15 of 200
   */
  queueFrom?: number;
  /**
   * First steps in which the prototypes stay as they were drawn.
   * @default 313, the paper's first epoch
   */
  frozenSteps?: number;
}

export type SwavParams = ProjectedParams & {prototypes: Params};
/**
 * Empty without a queue; else unit rows `first` and `second` [queue, d], those of the latest batch
 * first, and zeros where none came yet.
 */
export type SwavState = {queue: Params};
/**
 * Of both global crops [2n, …], those of the first n rows first: projections, and codes [2n, K].
 */
export type SwavOutputs = {projection: tf.Tensor2D; teacher: tf.Tensor2D};

export const swavDefaults = {prototypes: 3000};

/** The codes are those of the two global crops; each is predicted from all other crops. */
export function swav({
  backbone: f,
  projector = [f.width, 128],
  prototypes = swavDefaults.prototypes,
  temperature = 0.1,
  codes = sinkhorn,
  queue: size = 0,
  queueFrom = 0.075,
  frozenSteps = 313,
}: SwavOptions): Method<MultiCrop, SwavParams, SwavState, SwavOutputs> {
  whole('swav', 'prototypes', prototypes, 2);
  check(Number.isInteger(size) && size >= 0, 'swav', `expected a queue of a multiple of the batch, or 0, got ${size}`);
  check(
    queueFrom >= 0 && queueFrom < 1,
    'swav',
    `expected queueFrom as a share of the training, 0 to below 1, got ${queueFrom}`,
  );
  whole('swav', 'frozenSteps', frozenSteps, 0);
  const g = mlp([f.width, ...projector]);
  const encoder = projected(f, g);
  const c = linear(g.width, prototypes, {bias: false});
  const normalized = ({weight}: Params): Params => ({weight: unit(weight as tf.Tensor2D)});
  return {
    init(key) {
      const [a, b] = split(key, 2);
      return {...encoder.init(a!), prototypes: normalized(c.init(b!))};
    },
    initState: () => ({
      queue: {...(size > 0 && {first: tf.zeros([size, g.width]), second: tf.zeros([size, g.width])})},
    }),
    loss(params, {global, local}, {queue}, step) {
      const [n] = global[0]!.shape;
      check(size % n === 0, 'swav', `expected a queue of a multiple of the batch of ${n}, got ${size}`);
      const projection = cropProjections(f, g, params, {global, local}, step); // [V·n, d]
      const scores = c.apply(params.prototypes, unit(projection), {}); // [V·n, K]
      const codesOf = (own: tf.Tensor2D, earlier?: tf.Tensor) => {
        const alone = codes(own);
        if (!earlier) return alone;
        const together = codes(tf.concat([c.apply(params.prototypes, earlier as tf.Tensor2D, {}), own])).slice(size);
        return tf.where(
          earlier
            .slice(size - 1)
            .abs()
            .sum()
            .greater(0),
          together,
          alone,
        ); // its last row is zero until it is full
      };
      const teacher = tf.concat(
        ['first', 'second'].map((name, i) => codesOf(scores.slice(i * n, n), queue[name] as tf.Tensor | undefined)),
      ); // [2n, K]
      return {
        loss: teacherCrossEntropy(scores, teacher, {crops: global.length + local.length, temperature}),
        outputs: {projection: projection.slice(0, 2 * n), teacher},
      };
    },
    afterStep(_params, {queue}, {progress}, {projection}) {
      const [first, second] = tf.split(unit(stopGradient(projection)), 2) as [tf.Tensor2D, tf.Tensor2D];
      const latest: Record<string, tf.Tensor2D> = {first, second};
      return {
        queue: map(queue, (earlier, name) =>
          tf.where(
            progress.greaterEqual(queueFrom),
            tf.concat([latest[name]!, earlier as tf.Tensor2D]).slice(0, size),
            earlier,
          ),
        ),
      };
    },
    constrain: params => ({...params, prototypes: normalized(params.prototypes)}),
    embed: (params, _state, images, mode) => encoder.apply(params, images, mode),
    rule: (name, {index}) =>
      name.startsWith('prototypes.') && frozenSteps > 0
        ? {frozen: index.less<tf.Scalar>(tf.scalar(frozenSteps, 'int32'))}
        : {},
  };
}
