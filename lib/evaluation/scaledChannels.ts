// Features whose channels are shifted, scaled or left out before neighbors are looked for: some
// encoders put most of what cosines see into a few channels. Vanyan et al. 2024, "Analyzing Local
// Representations of Self-supervised Vision Transformers", arXiv:2401.00463, who leave out the
// channels of masked autoencoders that vary most.

import {check} from '../check';
import {tf} from '../engine/tf';
import type {Splitted} from './accuracies';
import {channelStandard, standardized} from './channelStandard';
import type {Labeled} from './labeled';

/**
 * 'centered': each channel's mean is taken off. 'standardized': and it is divided by its deviation;
 * a channel that is constant becomes 0. `without`: so many channels that vary most are left out,
 * the others stay as they are.
 */
export type ChannelScaling = 'centered' | 'standardized' | {without: number};

/**
 * The same samples, by means, deviations and an order of channels that the training split alone
 * decides.
 *
 * @returns New features, for {@link featureAccuracies} or `knn`; the caller disposes them. Labels
 * are shared. The linear probe standardizes for itself: for 'centered' and 'standardized' it finds
 * the same classifier again.
 * @throws RangeError when `without` is not a whole number from 1 to below the number of channels,
 * or widths differ.
 */
export function scaledChannels(
  {train, validation, test}: Splitted<Labeled>,
  scaling: ChannelScaling,
): Splitted<Labeled> {
  const [, d] = train.features.shape;
  for (const {features} of [validation, test])
    check(
      features.shape[1] === d,
      'scaledChannels',
      `expected features of width ${d}, as in training, got ${features.shape[1]}`,
    );
  if (typeof scaling === 'object')
    check(
      Number.isInteger(scaling.without) && scaling.without >= 1 && scaling.without < d,
      'scaledChannels',
      `expected a number of channels to leave out from 1 to ${d - 1}, got ${scaling.without}`,
    );
  const [a, b, c] = tf.tidy(() => [train, validation, test].map(scaled(train.features, scaling)));
  return {train: {...train, features: a!}, validation: {...validation, features: b!}, test: {...test, features: c!}};
}

function scaled(train: tf.Tensor2D, scaling: ChannelScaling): (split: Labeled) => tf.Tensor2D {
  if (typeof scaling === 'object') {
    // those that vary least
    const kept = tf.topk(tf.moments(train, 0).variance.neg(), train.shape[1] - scaling.without).indices;
    return ({features}) => tf.gather(features, kept, 1);
  }
  const {mean, scale} = channelStandard(train);
  return ({features}) => (scaling === 'centered' ? features.sub(mean) : standardized(features, {mean, scale}));
}
