// CMC: two parts of an image that show different things, its light and its color, are found to
// belong together. Tian et al. 2020, "Contrastive Multiview Coding", arXiv:1906.05849;
// HobbitLong/CMC, NCE/NCEAverage.py and NCECriterion.py. Differs from the authors' code: with a
// memory all other entries are negatives (their `--softmax` with 16,384 drawn ones), and the loss
// is the mean of both directions, where they take the sum.

import {check} from '../../check';
import {split} from '../../engine/random';
import {tf} from '../../engine/tf';
import {contrastive} from '../../losses/contrastive';
import {pairSimilarities} from '../../losses/similarities';
import {unit} from '../../layers/unit';
import type {Key, Method} from '../../module';
import type {OneView} from '../../views/sources/oneView';
import type {ViewPair} from '../../views/viewPair';
import {memoryBank} from './memoryBank';
import {pairEncoders, type PairEncodersOptions, type PairParams} from './pairEncoders';

/** Options of {@link cmc}. */
export interface CmcOptions extends PairEncodersOptions {
  /** Makes two views of one: {@link channelSplit}, or what learnedViews has found. */
  views: ViewPair;
  /**
   * Negatives out of a memory of all images, one for each view: `size` images that the source has,
   * and the share of an entry that stays (0.5, the authors').
   * @default negatives are the batch's other images
   */
  memory?: {size: number; momentum?: number};
  /** @default 0.07, the paper's for ImageNet; 0.1 for STL-10 */
  temperature?: number;
}

/** Unit rows, one an image; empty without a memory. */
export type CmcState = {first?: tf.Tensor2D; second?: tf.Tensor2D};
/** Unit projections of both views [2n, d], first views first; the places of the images. */
export type CmcOutputs = {projection: tf.Tensor2D; index: tf.Tensor1D};

/**
 * Each view picks its image's other view among the other views of other images; the mean over both
 * directions in nats. An image's embedding is those of both encoders side by side. The recipe of
 * {@link oneView} crops and normalizes; it must not gray images, whose second view would then be
 * empty.
 *
 * @throws RangeError when τ ≤ 0 or the memory makes no sense.
 */
export function cmc({
  views,
  memory,
  temperature = 0.07,
  ...options
}: CmcOptions): Method<OneView, PairParams, CmcState, CmcOutputs> {
  check(temperature > 0, 'cmc', `expected temperature > 0, got ${temperature}`);
  const encoders = pairEncoders(views, options);
  const bank = memory && memoryBank('cmc', {momentum: 0.5, ...memory});
  return {
    init: key => encoders.init(key),
    ...(bank && {
      initState: (_params: PairParams, key: Key) => {
        const [a, b] = split(key, 2);
        return {first: bank.init(a!, encoders.width), second: bank.init(b!, encoders.width)};
      },
    }),
    loss(params, {view, index}, state, {key}) {
      const {first, second} = encoders.apply(params, views.split(view), {key});
      const [a, b] = [unit(first.projection), unit(second.projection)]; // [n, d] each
      const outputs = {projection: tf.concat([a, b]), index: index.clone()};
      if (!bank)
        return {loss: contrastive(pairSimilarities(outputs.projection, {among: 'otherView'}), {temperature}), outputs};
      const against = (rows: tf.Tensor2D, entries: tf.Tensor2D) =>
        contrastive(bank.similarities(entries, rows, index), {temperature});
      // each view against what the other view's encoder said of all images
      return {loss: against(a, state.second!).add(against(b, state.first!)).div(2) as tf.Scalar, outputs};
    },
    ...(bank && {
      afterStep: (_params: PairParams, {first, second}: CmcState, _step: unknown, {projection, index}: CmcOutputs) => {
        const [a, b] = tf.split(projection, 2) as [tf.Tensor2D, tf.Tensor2D];
        return {first: bank.moved(first!, a, index), second: bank.moved(second!, b, index)};
      },
    }),
    embed: (params, _state, images, mode) => encoders.embed(params, views.split(images), mode),
  };
}
