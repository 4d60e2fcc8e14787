// SimSiam: each view predicts the other, whose projection is held fixed; no negatives, no teacher.
// Chen & He 2021, "Exploring Simple Siamese Representation Learning", arXiv:2011.10566;
// facebookresearch/simsiam. The views are MoCo v2's, see mocoV2Views.

import type {Backbone, Method} from '../../module';
import type {TwoViews} from '../../views/sources/twoViews';
import {siamese, type Predictor, type SiameseOutputs, type SiameseParams, type SiameseState} from '../parts/siamese';

/** Options of {@link simsiam}. */
export interface SimsiamOptions {
  backbone: Backbone;
  /**
   * Widths of the projector's layers after the backbone's own.
   * @default three times the backbone's; the paper has two on CIFAR-10 (app. D)
   */
  projector?: number[];
  /** Widths of the predictor's hidden layers. @default [a quarter of the projection's] */
  predictor?: number[];
  /**
   * The predictor's learning rate: at the peak of the schedule, as in the authors' code, or 1 to
   * fall with the others.
   * @default 'steady'
   */
  predictorRate?: Predictor['rate'];
}

/**
 * The loss is −½ (cos(p₁, z₂) + cos(p₂, z₁)), targets z held fixed: 0 at chance, −1 when views
 * agree, and when all images are alike.
 *
 * @see Chen & He 2021, algorithm 1 and sec. 3: BatchNorm on all layers of the projector, on the
 * last without scale, offset and ReLU; on the predictor's hidden layer only.
 */
export function simsiam({
  backbone,
  projector: widths,
  predictor: hidden,
  predictorRate: rate = 'steady',
}: SimsiamOptions): Method<TwoViews, SiameseParams, SiameseState, SiameseOutputs> {
  return siamese({backbone, projector: {widths, last: 'plainBatchNorm'}, predictor: {hidden, rate}});
}
