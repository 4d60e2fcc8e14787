// The supervised baseline: what the same backbone learns when it is told the classes.

import {fold} from '../engine/random';
import type {tf} from '../engine/tf';
import {linear} from '../layers/linear';
import {crossEntropy} from '../losses/crossEntropy';
import {inside, type Backbone, type Method, type Params} from '../module';
import type {LabelledView} from '../views/labelledView';

export interface SupervisedOptions {
  backbone: Backbone;
  /** k. */
  classes: number;
}

export type SupervisedParams = {backbone: Params; classifier: Params};
/** Features [n, d], logits [n, k], and the classes [n]. */
export type SupervisedOutputs = {embedding: tf.Tensor2D; logits: tf.Tensor2D; label: tf.Tensor1D};

/** A linear classifier behind the backbone, trained together by cross-entropy. The projection is the logits. */
export function supervised({backbone: f, classes}: SupervisedOptions): Method<LabelledView, SupervisedParams, {}, SupervisedOutputs> {
  const g = linear(f.width, classes);
  return {
    init: key => ({backbone: f.init(fold(key, 'backbone')), classifier: g.init(fold(key, 'classifier'))}),
    loss(params, {view, label}, _state, {key}) {
      const embedding = f.apply(params.backbone, view, inside({key}, 'backbone'));
      const logits = g.apply(params.classifier, embedding, {});
      return {loss: crossEntropy(logits, label), outputs: {embedding, logits, label: label.clone()}};
    },
    embed(params, _state, images, mode) {
      const embedding = f.apply(params.backbone, images, inside(mode, 'backbone'));
      return {embedding, projection: g.apply(params.classifier, embedding, inside(mode, 'classifier'))};
    },
  };
}
