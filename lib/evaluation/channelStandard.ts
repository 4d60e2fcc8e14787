// Mean and deviation of each channel of features, and features in their units: what no channel's
// size or offset decides any more.

import {tf} from '../engine/tf';

/** By which columns are shifted and scaled. The caller disposes both. */
export type ChannelStandard = {mean: tf.Tensor1D; scale: tf.Tensor1D};

/**
 * So that these features [n, d] get mean 0 and deviation 1 in each column. A column whose deviation
 * is below a millionth of its own mean, a few roundings of float32, counts as constant and becomes
 * 0; other columns have no say in it.
 */
export function channelStandard(features: tf.Tensor2D): ChannelStandard {
  return tf.tidy(() => {
    const first = features.slice([0, 0], [1, -1]).reshape<tf.Tensor1D>([-1]);
    // A mean in float32 is off by up to n roundings, more than a narrow column varies: measured
    // from its first value.
    const narrow = features.max(0).sub(features.min(0)).less(first.abs().mul(0.1));
    const origin = tf.where(narrow, first, 0);
    const {mean: offset, variance} = tf.moments(features.sub(origin), 0);
    const mean = origin.add<tf.Tensor1D>(offset);
    const deviation = variance.sqrt();
    const varies = deviation.greater(mean.abs().mul(1e-6)).toFloat();
    return {mean, scale: tf.divNoNan<tf.Tensor1D>(varies, deviation)};
  });
}

export const standardized = (features: tf.Tensor2D, {mean, scale}: ChannelStandard): tf.Tensor2D =>
  tf.tidy(() => features.sub(mean).mul(scale));
