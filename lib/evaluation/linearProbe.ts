// The linear probe: what the best linear classifier reads out of features that stay as they are.

import {check} from '../check';
import {tf} from '../engine/tf';
import {channelStandard, type ChannelStandard, standardized} from './channelStandard';
import {accuracy, balancedAccuracy, checkLabeled, classCount, classSizes, type Labeled, type Measured} from './labeled';
import {linearLogits, softmaxRegression} from './softmaxRegression';

/** Options of {@link linearProbe}. */
export interface LinearProbeOptions {
  /**
   * Strengths of the L2 penalty to choose from, from strong to weak: see softmaxRegression.
   * @default half decades from 10 to 0.0001
   */
  strengths?: readonly number[];
  signal?: AbortSignal;
}

export type LinearProbe = Measured & {
  /**
   * Mean over the classes of the share of each that was predicted: far below `accuracy` where small
   * ones are missed.
   */
  balancedAccuracy: number;
  /** That the validation images chose, and the accuracy on them. */
  strength: number;
  validationAccuracy: number;
  /** On features as they are: row-major weight [k, d] and bias [k]. */
  classifier: {weight: Float32Array; bias: Float32Array};
};

const STRENGTHS = Array.from({length: 11}, (_, i) => Number((10 ** (1 - i / 2)).toPrecision(3)));
/**
 * Weaker strengths in a row without a better validation accuracy, after which no other is tried.
 */
const PATIENCE = 3;

/** The protocol in words. */
export const linearProbeProtocol = ({strengths = STRENGTHS}: LinearProbeOptions): string =>
  'linear: softmax regression on standardized features, L2 strength of ' +
  `${strengths.length === 1 ? strengths[0] : `${strengths[0]} to ${strengths.at(-1)} by validation accuracy`}`;

/**
 * Softmax regression on features standardized by the training images' mean and deviation. The
 * strength with the best validation accuracy is measured on the test images, of equal ones the
 * strongest. After three strengths in a row without gain no weaker one is tried, unless the best is
 * no better than the largest training class as the only answer: where classes are of unequal size,
 * strong penalties tie there. Works in pieces.
 *
 * Accuracy is the share of images, for the choice as for the result, whatever the sizes of the
 * classes: a validation split should have them in the proportions that are tested.
 *
 * @param train, validation, test Features of one width, labels from 0. Each class has at least 2
 * training images.
 * @throws RangeError when a set is empty, widths differ, a class has a single training image or
 * none, or strengths do not fall; the signal's reason.
 *
 * @example
 * ```ts
 * import {linearProbe, tf} from 'ssl-workbench';
 * const labels = Int32Array.from({length: 100}, (_, i) => i % 4);
 * const set = () => ({features: tf.randomNormal([100, 8]) as tf.Tensor2D, labels});
 * // training, validation, test
 * const {accuracy, strength, protocol} = await linearProbe(set(), set(), set());
 * ```
 */
export async function linearProbe(
  train: Labeled,
  validation: Labeled,
  test: Labeled,
  {strengths = STRENGTHS, signal}: LinearProbeOptions = {},
): Promise<LinearProbe> {
  checkLabeled('linearProbe', train, {validation, test});
  check(
    strengths.length >= 1 &&
      strengths.every((strength, i) => strength > 0 && (i === 0 || strength < strengths[i - 1]!)),
    'linearProbe',
    `expected strengths above 0, from strong to weak, got [${strengths}]`,
  );
  const classes = classCount(train.labels);
  check(classes >= 2, 'linearProbe', `expected training images of at least 2 classes, got ${classes}`);
  const single = classSizes(train.labels, classes).indexOf(1);
  check(single < 0, 'linearProbe', `expected at least 2 training images of every class, got 1 of class ${single}`);
  const standard = channelStandard(train.features);
  const sets = [train, validation, test].map(({features}) => standardized(features, standard));
  try {
    const [x, ...held] = sets as [tf.Tensor2D, ...tf.Tensor2D[]];
    const majority = majorityShare(classSizes(train.labels, classes), validation.labels);
    let best = {
      strength: NaN,
      validationAccuracy: -1,
      predictions: new Int32Array() as Int32Array,
      classifier: {weight: new Float32Array(), bias: new Float32Array()} as LinearProbe['classifier'],
    };
    let since = 0;
    for await (const {strength, weights} of softmaxRegression({features: x, labels: train.labels}, classes, strengths, {
      signal,
    })) {
      const [ofValidation, ofTest] = held.map(features => classify(features, weights)) as [Int32Array, Int32Array];
      const validationAccuracy = accuracy(ofValidation, validation.labels);
      if (validationAccuracy > best.validationAccuracy) {
        best = {strength, validationAccuracy, predictions: ofTest, classifier: unstandardized(weights, standard)};
        since = 0;
      } else if (best.validationAccuracy > majority && ++since === PATIENCE) break;
    }
    return {
      ...best,
      accuracy: accuracy(best.predictions, test.labels),
      balancedAccuracy: balancedAccuracy(best.predictions, test.labels),
      protocol: linearProbeProtocol({strengths}),
    };
  } finally {
    tf.dispose([sets, standard]);
  }
}

/**
 * The accuracy of answering with the largest training class alone; below all others where none is
 * larger.
 */
function majorityShare(sizes: Int32Array, labels: Int32Array): number {
  const largest = sizes.indexOf(Math.max(...sizes));
  return sizes.every(size => size === sizes[0]) ? -1 : labels.filter(label => label === largest).length / labels.length;
}

/**
 * The classifier that gives on features as they are what `weights` [d + 1, k] give on standardized
 * ones.
 */
function unstandardized(weights: tf.Tensor2D, {mean, scale}: ChannelStandard): LinearProbe['classifier'] {
  return tf.tidy(() => {
    const [d] = mean.shape;
    const scaled = weights.slice([0, 0], [d, -1]).mul(scale.expandDims(1)) as tf.Tensor2D; // [d, k]
    const bias = weights.slice([d, 0], [1, -1]).sub(tf.matMul(mean.expandDims(0) as tf.Tensor2D, scaled));
    return {weight: Float32Array.from(scaled.transpose().dataSync()), bias: Float32Array.from(bias.dataSync())};
  });
}

function classify(features: tf.Tensor2D, weights: tf.Tensor2D): Int32Array {
  const classes = tf.tidy(() => linearLogits(features, weights).argMax(1));
  const predictions = Int32Array.from(classes.dataSync());
  classes.dispose();
  return predictions;
}
