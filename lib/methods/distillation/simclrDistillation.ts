// The last step of SimCLR v2: a smaller network learns, on images without labels, the classes that
// a trained encoder with a classifier sees in them. Chen et al. 2020, "Big Self-Supervised Models
// are Strong Semi-Supervised Learners", arXiv:2006.10029, sec. 2, eq. 2.

import {fold} from '../../engine/random';
import {tf} from '../../engine/tf';
import {linear} from '../../layers/linear';
import {distillation} from '../../losses/distillation';
import {inside, type Backbone, type Method, type Params} from '../../module';
import {map} from '../../engine/params';
import type {OneView} from '../../views/sources/oneView';

/**
 * What knows classes: a pure function of normalized images [n, h, w, c] to logits [n, k], with its
 * tensors.
 */
export interface Teacher {
  params: Params;
  /** [n, k] of normalized images [n, h, w, c]. */
  logits(params: Params, images: tf.Tensor4D): tf.Tensor2D;
}

/** Weights [k, d] and offsets [k] of a linear classifier, as `linearProbe` finds them. */
export type LinearClassifier = {weight: tf.Tensor2D; bias: tf.Tensor1D};

/**
 * An encoder, with BatchNorm statistics of its own, and a linear classifier behind it. The tensors
 * stay the caller's.
 */
export function linearTeacher({
  backbone,
  params,
  statistics,
  classifier,
}: {
  backbone: Backbone;
  params: Params;
  statistics: Params;
  classifier: LinearClassifier;
}): Teacher {
  const classify = linear(backbone.width, classifier.bias.size);
  return {
    params: {backbone: params, statistics, classifier},
    logits: (own, images) =>
      tf.tidy(() =>
        classify.apply(
          own.classifier as Params,
          backbone.apply(own.backbone as Params, images, {statistics: own.statistics as Params}),
          {},
        ),
      ),
  };
}

/** Options of {@link simclrDistillation}. */
export interface SimclrDistillationOptions {
  /** The student's. */
  backbone: Backbone;
  /** k. */
  classes: number;
  teacher: Teacher;
  /** τ of both logits. @default 1, as where the paper distils into the same network */
  temperature?: number;
}

export type SimclrDistillationParams = {backbone: Params; classifier: Params};
/** Logits [n, k]. */
export type SimclrDistillationOutputs = {student: tf.Tensor2D; teacher: tf.Tensor2D};

/**
 * Teacher and student see the same view. The teacher is state that never moves. The projection is
 * the student's logits.
 */
export function simclrDistillation({
  backbone: f,
  classes,
  teacher,
  temperature = 1,
}: SimclrDistillationOptions): Method<OneView, SimclrDistillationParams, {teacher: Params}, SimclrDistillationOutputs> {
  const g = linear(f.width, classes);
  return {
    init: key => ({backbone: f.init(fold(key, 'backbone')), classifier: g.init(fold(key, 'classifier'))}),
    initState: () => ({teacher: map(teacher.params, tensor => tensor.clone())}),
    loss(params, {view}, {teacher: own}, {key}) {
      const student = g.apply(params.classifier, f.apply(params.backbone, view, inside({key}, 'backbone')), {});
      const taught = teacher.logits(own, view);
      return {loss: distillation(student, taught, {temperature}), outputs: {student, teacher: taught}};
    },
    embed(params, _state, images, mode) {
      const embedding = f.apply(params.backbone, images, inside(mode, 'backbone'));
      return {embedding, projection: g.apply(params.classifier, embedding, inside(mode, 'classifier'))};
    },
  };
}
