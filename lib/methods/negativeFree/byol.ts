// BYOL: each view predicts what a slowly moving copy of the encoder makes of the other.
// Grill et al. 2020, "Bootstrap Your Own Latent: A New Approach to Self-Supervised Learning",
// arXiv:2006.07733; google-deepmind/deepmind-research, byol. Differs from the authors' code: the
// target network starts as a copy of the online one; theirs has random weights of its own, which
// they found to make no difference.

import type {Backbone, Method} from '../../module';
import {cosine, type Schedule} from '../../schedules';
import type {TwoViews} from '../../views/sources/twoViews';
import {scaledLoss} from '../parts/scaledLoss';
import {siamese, type SiameseOutputs, type SiameseParams, type SiameseState} from '../parts/siamese';

/** Options of {@link byol}. */
export interface ByolOptions {
  backbone: Backbone;
  /**
   * Widths of the projector's layers after the backbone's own.
   * @default [twice the backbone's, 256]
   */
  projector?: number[];
  /** Widths of the predictor's hidden layers. @default [twice the backbone's] */
  predictor?: number[];
  /**
   * Of the target network, τ: the share that stays at each step.
   * @default cosine from 0.996 to 1, for 1000 epochs; 0.99 to 1 for 100 and 300, 0.97 for 40 in the
   * authors' code
   */
  momentum?: number | Schedule;
}

/**
 * The loss is (2 − 2 cos(q₁, z₂′)) + (2 − 2 cos(q₂, z₁′)), targets z′ of the moving average: 4 at
 * chance, 0 when views agree, and when all images are alike. LARS leaves biases and BatchNorm out
 * of decay and adaptation, as the paper does.
 *
 * @see Grill et al. 2020, eq. 2, sec. 3.1 and 3.3.
 *
 * @example
 * ```ts
 * import {byol, byolViews, drawnEmoji, smallConv, twoViews} from 'ssl-workbench';
 * const dataset = await drawnEmoji({size: 32});
 * const {mean, standardDeviation} = dataset;
 * const source = twoViews({dataset, recipe: byolViews({size: 32, mean, standardDeviation})});
 * const method = byol({backbone: smallConv(), projector: [512, 128], predictor: [512]});
 * ```
 */
export function byol({
  backbone,
  projector: widths = [2 * backbone.width, 256],
  predictor: hidden = [2 * backbone.width],
  momentum = cosine({from: 0.996, to: 1}),
}: ByolOptions): Method<TwoViews, SiameseParams, SiameseState, SiameseOutputs> {
  return scaledLoss(
    siamese({
      backbone,
      projector: {widths, last: 'nothing'},
      predictor: {hidden, last: 'nothing', rate: 1},
      teacher: momentum,
    }),
    {factor: 4, offset: 4},
  );
}
