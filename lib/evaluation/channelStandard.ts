// Mean and deviation of each channel of features, and features in their units: what no channel's size or offset decides any more.

import {tf} from '../engine/tf';

/** By which columns are shifted and scaled. The caller disposes both. */
export type ChannelStandard = {mean: tf.Tensor1D; scale: tf.Tensor1D};

/** So that these features [n, d] get mean 0 and deviation 1 in each column; a column that is constant becomes 0. */
export function channelStandard(features: tf.Tensor2D): ChannelStandard {
  return tf.tidy(() => {
    const {mean, variance} = tf.moments(features, 0) as {mean: tf.Tensor1D; variance: tf.Tensor1D};
    const deviation = variance.sqrt();
    const varies = deviation.greater(tf.maximum(deviation.max(), mean.abs()).mul(1e-6)).toFloat();   // above the rounding of a mean
    return {mean, scale: tf.divNoNan(varies, deviation) as tf.Tensor1D};
  });
}

export const standardised = (features: tf.Tensor2D, {mean, scale}: ChannelStandard): tf.Tensor2D => tf.tidy(() => features.sub(mean).mul(scale));
