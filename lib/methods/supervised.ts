// The supervised baseline: what the same backbone learns when it is told the classes.

import {fold} from '../engine/random';
import {tf} from '../engine/tf';
import {type Initial, uniformFanIn} from '../layers/initial';
import {linear} from '../layers/linear';
import {crossEntropy} from '../losses/crossEntropy';
import {checkSmoothing, softCrossEntropy} from '../losses/softCrossEntropy';
import {inside, type Backbone, type Method, type Params} from '../module';
import type {LabeledView} from '../views/sources/labeledView';

/** Options of {@link supervised}. */
export interface SupervisedOptions {
  backbone: Backbone;
  /** k. */
  classes: number;
  /**
   * ε: share of each label that is spread evenly over all classes, see {@link softCrossEntropy}.
   * @default 0
   */
  smoothing?: number;
  /** How the classifier's weight starts. @default uniformFanIn */
  initial?: Initial;
}

export type SupervisedParams = {backbone: Params; classifier: Params};
/** Features [n, d], logits [n, k], and the classes [n]. */
export type SupervisedOutputs = {embedding: tf.Tensor2D; logits: tf.Tensor2D; label: tf.Tensor1D};

/**
 * A linear classifier behind the backbone, trained together by cross-entropy with the labels, or
 * with what a batch's `target` says. The projection is the logits.
 */
export function supervised({
  backbone: f,
  classes,
  smoothing = 0,
  initial = uniformFanIn,
}: SupervisedOptions): Method<LabeledView, SupervisedParams, {}, SupervisedOutputs> {
  checkSmoothing('supervised', smoothing);
  const g = linear(f.width, classes, {initial});
  return {
    init: key => ({backbone: f.init(fold(key, 'backbone')), classifier: g.init(fold(key, 'classifier'))}),
    loss(params, {view, label, target}, _state, {key}) {
      const embedding = f.apply(params.backbone, view, inside({key}, 'backbone'));
      const logits = g.apply(params.classifier, embedding, {});
      const loss =
        target || smoothing > 0
          ? softCrossEntropy(logits, target ?? (tf.oneHot(label, classes).toFloat() as tf.Tensor2D), {smoothing})
          : crossEntropy(logits, label);
      return {loss, outputs: {embedding, logits, label: label.clone()}};
    },
    embed(params, _state, images, mode) {
      const embedding = f.apply(params.backbone, images, inside(mode, 'backbone'));
      return {embedding, projection: g.apply(params.classifier, embedding, inside(mode, 'classifier'))};
    },
  };
}
