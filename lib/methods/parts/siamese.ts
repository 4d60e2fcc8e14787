// The hub of the joint-embedding methods: two views and one encoder, with parts that can be put in
// and taken out. Chen & He 2021, "Exploring Simple Siamese Representation Learning",
// arXiv:2011.10566, whose sec. 6.2 makes SimCLR, SwAV and BYOL out of SimSiam, and whose sec. 4
// takes its parts away; Grill et al. 2020, "Bootstrap Your Own Latent", arXiv:2006.07733, tables
// 5(b) and 19, which go from BYOL to SimCLR part by part.

import {check} from '../../check';
import {fold, normal} from '../../engine/random';
import {stopGradient as stopped} from '../../engine/stopGradient';
import {tf} from '../../engine/tf';
import {mlp, type MlpOptions} from '../../layers/mlp';
import {unit} from '../../layers/unit';
import {inside, type Backbone, type Key, type Method, type Params, type Rule} from '../../module';
import {map} from '../../engine/params';
import {type Schedule, scheduled} from '../../schedules';
import type {TwoViews} from '../../views/sources/twoViews';
import {eachView} from './eachView';
import {movingAverage} from './movingAverage';
import {projected, type ProjectedParams} from './projected';
import {type Clusters, type Negatives, siameseLoss} from './siameseLoss';
import {teacherDistance} from './teacherDistance';

/**
 * BatchNorm on the hidden layers, and what follows the last one. The rows of SimSiam's table 3:
 * none is `batchNorm: false, last: 'bias'` in both heads, hidden only is `last: 'bias'` in both,
 * the default has another BatchNorm at the end of the projector, and all has one at the end of the
 * predictor too.
 */
export type Head = Pick<MlpOptions, 'batchNorm' | 'last'>;

export type Projector = Head & {
  /**
   * Of the layers after the backbone's own; the last one is d.
   * @default three times the backbone's
   */
  widths?: number[];
};

export type Predictor = Head & {
  /**
   * Widths of the layers between the projection and a prediction as wide; none makes it linear.
   * @default [d/4], SimSiam's bottleneck
   */
  hidden?: number[];
  /**
   * Factor on the learning rate; 'steady': it stays at its peak; 'fixed': the predictor stays
   * random. SimSiam's table 1.
   * @default 'steady'
   */
  rate?: number | 'steady' | 'fixed';
};

/** Options of {@link siamese}. */
export interface SiameseOptions {
  backbone: Backbone;
  /** @default {widths: three times the backbone's, last: 'plainBatchNorm'}, SimSiam's */
  projector?: Projector;
  /**
   * Maps a view's projection to the other view's target.
   * @default {hidden: [d/4], rate: 'steady'}, SimSiam's
   */
  predictor?: Predictor | false;
  /** Whether targets are constants to the gradient. @default true */
  stopGradient?: boolean;
  /**
   * Targets are a moving average's, of which this share stays at each step, 0 to 1; it starts as a
   * copy. 0 is a copy of the last step.
   * @default false: the student's own
   */
  teacher?: number | Schedule | false;
  /**
   * Predictions find their target among those of other images, in place of pointing where it does.
   * @default false
   */
  negatives?: Negatives | false;
  /** Predictions are assigned to prototypes as the other view's target is. @default false */
  clusters?: Clusters | false;
}

/** `predictor` and `prototypes` are empty where there are none. */
export type SiameseParams = ProjectedParams & {predictor: Params; prototypes: Params};
export type SiameseState = {teacher?: ProjectedParams};
/**
 * Projections and predictions (the same without predictor) of both views [2n, d], those of the
 * first n rows first; a teacher's distance before the step; codes [2n, K].
 */
export type SiameseOutputs = {
  projection: tf.Tensor2D;
  prediction: tf.Tensor2D;
  teacherDistance?: tf.Scalar;
  teacher?: tf.Tensor2D;
};

/**
 * Each view predicts the other one's target; the loss is the mean over both. Without options it is
 * SimSiam. Each view runs on its own: BatchNorm sees one. Same seed, same encoder at the start,
 * whatever the parts.
 *
 * The loss is −cos; with negatives the cross-entropy of picking the target, in nats; with clusters
 * the cross-entropy to its code, in nats.
 *
 * @throws RangeError for parts that make no sense together.
 */
export function siamese({
  backbone: f,
  projector: projectorOptions = {},
  predictor = {},
  stopGradient = true,
  teacher: ema = false,
  negatives = false,
  clusters = false,
}: SiameseOptions): Method<TwoViews, SiameseParams, SiameseState, SiameseOutputs> {
  check(
    ema === false || stopGradient,
    'siamese',
    'expected stopGradient with a teacher, got none: a teacher is never trained by gradients',
  );
  check(
    !clusters || stopGradient,
    'siamese',
    'expected stopGradient with clusters, got none: Sinkhorn-Knopp has no gradient',
  );
  check(
    ema === false || (typeof ema === 'number' ? ema >= 0 && ema <= 1 : ema.peak <= 1),
    'siamese',
    `expected a teacher's momentum from 0 to 1, got ` +
      `${typeof ema === 'number' ? ema : ema && `a schedule up to ${ema.peak}`}`,
  );
  const {widths = [f.width, f.width, f.width], batchNorm, last = 'plainBatchNorm'} = projectorOptions;
  const encoder = projected(f, mlp([f.width, ...widths], {batchNorm, last}));
  const d = encoder.width;
  const h = predictor && predictorOf(d, predictor);
  const predictorRule = predictor ? ruleOf(predictor.rate) : {};
  const momentum = ema !== false && scheduled(ema);
  const lossOf = siameseLoss({negatives, clusters});
  const project = (params: ProjectedParams, batch: TwoViews, key: Key) => {
    const {first, second} = eachView(encoder, params, batch, key);
    return [first.projection, second.projection]; // [n, d] each
  };
  return {
    init: key => ({
      ...encoder.init(key),
      predictor: h ? h.init(fold(key, 'predictor')) : {},
      prototypes: {
        ...(clusters && {weight: unit(normal(fold(key, 'prototypes'), [clusters.prototypes, d]))}),
      },
    }),
    ...(momentum && {
      initState: ({backbone, projector}: SiameseParams) => ({
        teacher: map({backbone, projector}, tensor => tensor.clone()),
      }),
      afterStep: (
        {backbone, projector}: SiameseParams,
        {teacher}: SiameseState,
        {progress}: {progress: tf.Scalar},
      ) => ({teacher: movingAverage(teacher!, {backbone, projector}, momentum(progress))}),
    }),
    loss(params, batch, {teacher}, {key}) {
      const {backbone, projector, prototypes} = params;
      const projections = project(params, batch, key);
      const predictions = h
        ? projections.map((z, i) => h.apply(params.predictor, z, inside({key: fold(key, i)}, 'predictor')))
        : projections;
      const targets = (teacher ? project(teacher, batch, fold(key, 'teacher')) : projections).map(z =>
        stopGradient ? stopped(z) : z,
      );
      const {loss, codes} = lossOf(tf.concat(predictions), tf.concat(targets), prototypes.weight as tf.Tensor2D);
      return {
        loss,
        outputs: {
          projection: tf.concat(projections),
          prediction: tf.concat(predictions),
          ...(teacher && {teacherDistance: teacherDistance(teacher, {backbone, projector})}),
          ...(codes && {teacher: codes}),
        },
      };
    },
    ...(clusters && {
      constrain: (params: SiameseParams) => ({
        ...params,
        prototypes: {weight: unit(params.prototypes.weight as tf.Tensor2D)},
      }),
    }),
    embed: (params, _state, images, mode) => encoder.apply(params, images, mode),
    rule: name => (name.startsWith('predictor.') ? predictorRule : {}),
  };
}

function predictorOf(d: number, {hidden = [Math.ceil(d / 4)], batchNorm, last}: Predictor) {
  return mlp([d, ...hidden, d], {batchNorm, last});
}

function ruleOf(rate: Predictor['rate'] = 'steady'): Rule {
  switch (rate) {
    case 'steady':
      return {steady: true};
    case 'fixed':
      return {frozen: true};
    default:
      check(
        typeof rate === 'number' && rate >= 0,
        'siamese',
        `expected the predictor's rate 'steady', 'fixed' or a factor ≥ 0, got '${rate}'`,
      );
      return {rate};
  }
}
