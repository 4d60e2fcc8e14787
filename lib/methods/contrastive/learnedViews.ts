// Views that are learned: a flow moves what is in an image between channels, so that the channels
// apart share as little as they can and, where labels are known, each still tells the class. Tian
// et al. 2020 (InfoMin), "What Makes for Good Views for Contrastive Learning?", arXiv:2005.10243.
// The authors' code was never released: sizes, rates and the one-step game are ours. Differs from
// the paper: encoders and flow learn in one step, by a gradient that is turned round between them;
// with labels, the contrastive loss sees the labeled images alone.

import {check} from '../../check';
import {fold} from '../../engine/random';
import {reverseGradient} from '../../engine/reverseGradient';
import {tf} from '../../engine/tf';
import {couplingFlow, type CouplingFlow, type CouplingFlowOptions} from '../../layers/couplingFlow';
import {contrastive} from '../../losses/contrastive';
import {pairSimilarities} from '../../losses/similarities';
import type {Method, Params} from '../../module';
import {halves} from '../../views/channelSplit';
import type {ViewPair} from '../../views/viewPair';
import {supervised, type SupervisedParams} from '../supervised';
import {pairEncoders, type PairEncodersOptions, type PairParams} from './pairEncoders';

/** Options of {@link learnedViews}. */
export interface LearnedViewsOptions extends PairEncodersOptions {
  /** @default four volume-preserving couplings of 16 */
  flow?: Omit<CouplingFlowOptions, 'channels'>;
  /**
   * k: with labels, two classifiers keep the class in each view.
   * @default none, the unsupervised game, which has nothing to hold on to
   */
  classes?: number;
  /** @default 0.2 */
  temperature?: number;
  /**
   * Factor on the flow's learning rate, above 0: encoders must keep up with it, or it plays against
   * nobody.
   * @default 0.1; of 0.03, 0.1, 0.3 and 1, tried on drawn emoji with seed 0, it left the least
   * information for encoders that came afterwards, 1.97 nats of 2.40, 2.05 and 2.79
   */
  flowRate?: number;
}

/** A view without a label, or with one for each image where there are `classes`. */
export type LearnedViewsBatch = {view: tf.Tensor4D; label?: tf.Tensor1D};
/** `classifiers` is empty without labels. */
export type LearnedViewsParams = PairParams & {flow: Params; classifiers: Params};
/**
 * Projections of both views [2n, d], first views first; I_NCE of the batch in nats; with labels the
 * mean cross-entropy of both classifiers in nats.
 */
export type LearnedViewsOutputs = {projection: tf.Tensor2D; information: tf.Scalar; classification?: tf.Scalar};

const sides = ['first', 'second'] as const;

/**
 * min over the flow, max over both encoders of I_NCE of the first channel and the other two of what
 * the flow makes of an image; with labels the flow and two classifiers also make the views'
 * cross-entropies small. The loss is what encoders and classifiers make small: InfoNCE, plus the
 * cross-entropies of both views.
 *
 * @throws RangeError when τ ≤ 0, the flow makes no sense, or a batch has no labels where there are
 * `classes`.
 */
export function learnedViews({
  flow: options,
  classes,
  temperature = 0.2,
  flowRate = 0.1,
  ...encoding
}: LearnedViewsOptions): Method<LearnedViewsBatch, LearnedViewsParams, {}, LearnedViewsOutputs> {
  check(temperature > 0, 'learnedViews', `expected temperature > 0, got ${temperature}`);
  check(flowRate > 0, 'learnedViews', `expected flowRate > 0, got ${flowRate}`);
  check(classes === undefined || classes >= 2, 'learnedViews', `expected at least 2 classes, got ${classes}`);
  const channels = [1, 2] as const;
  const g = couplingFlow({channels: 3, ...options});
  const encoders = pairEncoders({channels}, encoding);
  const classifiers =
    classes === undefined
      ? undefined
      : channels.map(count => supervised({backbone: encoding.backbone(count), classes}));
  const viewsOf = (params: LearnedViewsParams, images: tf.Tensor4D) => halves(g.apply(params.flow, images, {}));
  return {
    init: key => ({
      ...encoders.init(fold(key, 'encoders')),
      flow: g.init(fold(key, 'flow')),
      classifiers: classifiers
        ? Object.fromEntries(sides.map((side, i) => [side, classifiers[i]!.init(fold(key, `classifier ${side}`))]))
        : {},
    }),
    loss(params, {view, label}, _state, step) {
      const views = viewsOf(params, view);
      const {first, second} = encoders.apply(
        params,
        {first: reverseGradient(views.first), second: reverseGradient(views.second)},
        {key: step.key},
      );
      const projection = tf.concat([first.projection, second.projection]);
      const nce = contrastive(pairSimilarities(projection, {among: 'otherView'}), {temperature});
      const information = tf.sub(Math.log(view.shape[0]), nce) as tf.Scalar;
      if (!classifiers) return {loss: nce, outputs: {projection, information}};
      check(
        label !== undefined,
        'learnedViews',
        'expected a batch with labels, got none: use labeledView, or leave classes out',
      );
      const entropies = sides.map(
        (side, i) =>
          classifiers[i]!.loss(
            params.classifiers[side] as SupervisedParams,
            {view: views[side], label},
            {},
            {...step, key: fold(step.key, `classifier ${side}`)},
          ).loss,
      );
      return {
        loss: tf.addN([nce, ...entropies]),
        outputs: {projection, information, classification: tf.addN(entropies).div<tf.Scalar>(2)},
      };
    },
    embed: (params, _state, images, mode) => encoders.embed(params, viewsOf(params, images), mode),
    rule: name => (name.startsWith('flow.') ? {rate: flowRate} : {}),
  };
}

/**
 * The views that a flow with these weights makes: for `cmc`, and for looking at. `params`
 * stay the caller's, and are read at every call.
 */
export function flowViews(flow: CouplingFlow, params: Params): ViewPair {
  return {channels: [1, flow.width - 1], split: images => tf.tidy(() => halves(flow.apply(params, images, {})))};
}
