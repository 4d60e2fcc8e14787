// Features with their classes, and the demands that every protocol makes on them.

import {check} from '../check';
import {tf} from '../engine/tf';

/** Features of n images. */
export interface Labeled {
  /** [n, d], of any length: each protocol scales them itself. */
  features: tf.Tensor2D;
  /** [n] class numbers from 0. */
  labels: Int32Array;
}

/** A protocol's result on one list of images. */
export interface Measured {
  /** Share of images whose class was predicted, 0 to 1. */
  accuracy: number;
  /** [n] predicted classes. */
  predictions: Int32Array;
  /** How it was measured, in words and numbers. */
  protocol: string;
}

/** Number of classes from 0 to the largest label. */
export function classCount(...lists: Int32Array[]): number {
  return 1 + lists.reduce((most, labels) => labels.reduce((a, b) => Math.max(a, b), most), -1);
}

/** How many images each class has. */
export function classSizes(labels: Int32Array, classes: number): Int32Array {
  const sizes = new Int32Array(classes);
  for (const label of labels) sizes[label]!++;
  return sizes;
}

/** Share of equal entries. */
export function accuracy(predictions: Int32Array, labels: Int32Array): number {
  return predictions.reduce((sum, prediction, i) => sum + Number(prediction === labels[i]), 0) / labels.length;
}

/**
 * Mean over the classes among `labels` of the share of each that was predicted: 1/k for one answer
 * to all of k.
 */
export function balancedAccuracy(predictions: Int32Array, labels: Int32Array): number {
  const sizes = classSizes(labels, classCount(labels));
  const right = new Int32Array(sizes.length);
  labels.forEach((label, i) => (right[label]! += Number(predictions[i] === label)));
  const shares = [...right].map((n, label) => n / sizes[label]!).filter((_, label) => sizes[label]! > 0);
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

/**
 * @param caller Public function whose arguments these are.
 * @param measured Sets by name whose images are classified with `train`.
 * @throws RangeError when a set is empty, counts or widths differ, a feature is no number, a label
 * is negative, or a class to be found has no training image.
 */
export function checkLabeled(caller: string, train: Labeled, measured: Record<string, Labeled>): void {
  for (const [name, {features, labels}] of Object.entries({training: train, ...measured})) {
    const [n, d] = features.shape;
    check(n >= 1, caller, `expected at least one ${name} image, got none`);
    check(labels.length === n, caller, `expected a label for each of ${n} ${name} images, got ${labels.length}`);
    check(
      d === train.features.shape[1],
      caller,
      `expected ${name} features of width ${train.features.shape[1]}, as in training, got ${d}`,
    );
    check(
      tf.tidy(() => tf.isFinite(features).all().dataSync()[0] === 1),
      caller,
      `expected finite ${name} features, got NaN or Infinity: did training diverge?`,
    );
    const negative = labels.findIndex(label => label < 0);
    check(
      negative < 0,
      caller,
      `expected labels from 0, got ${labels[negative]} for ${name} image ${negative}: leave out images without a class`,
    );
  }
  const sizes = classSizes(
    train.labels,
    classCount(train.labels, ...Object.values(measured).map(({labels}) => labels)),
  );
  for (const [name, {labels}] of Object.entries(measured)) {
    const missing = labels.find(label => sizes[label] === 0);
    check(
      missing === undefined,
      caller,
      `expected training images of every class, got none of class ${missing}, which ${name} images have`,
    );
  }
}
