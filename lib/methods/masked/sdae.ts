// SdAE: from the visible quarter of an image, say what a slowly moving copy of the encoder makes of
// the hidden rest, which it is shown in three folds, each on its own. Chen et al. 2022, "SdAE:
// Self-distillated Masked Autoencoder", ECCV, arXiv:2208.00449; AbrahamYabo/SdAE,
// engine_pretrain.py, models_mae.py and models_teacher.py. Differs from their code: the teacher
// starts as a copy of the student, where theirs has random weights of its own.

import type {Vit} from '../../backbones/vit';
import {check} from '../../check';
import {fold} from '../../engine/random';
import {stopGradient} from '../../engine/stopGradient';
import {tf} from '../../engine/tf';
import {standardized} from '../../layers/standardized';
import {negativeCosine} from '../../losses/negativeCosine';
import type {TargetMasks} from '../../masks/masks';
import {inside, type Method, type Params} from '../../module';
import {cosine, type Schedule} from '../../schedules';
import type {MaskedView} from '../../views/sources/maskedView';
import {backboneTeacher, type BackboneTeacherOptions, type TeacherState} from '../parts/backboneTeacher';
import {teacherDistance} from '../parts/teacherDistance';
import {checkTargets} from './checkMasks';
import {decoder, type DecoderSize, twoThirdsOf} from './decoder';
import {xavierStart} from './xavierStart';

/** Options of {@link sdae}. */
export interface SdaeOptions {
  /** The authors' has a class token, fixed positions and stochastic depth of 0.25. */
  backbone: Vit;
  /**
   * @default two thirds of the backbone's width, in heads of 32 channels, and of its depth: the
   * authors' 512 and 8 for ViT-B
   */
  decoder?: DecoderSize;
  /**
   * Of the teacher: the share that stays, each time that it moves.
   * @default cosine from 0.96 to 0.99, the authors' for 300 epochs
   */
  momentum?: number | Schedule;
  /** When the teacher moves. @default 'epoch'; a momentum for 'step' is nearer to 1 */
  every?: BackboneTeacherOptions['every'];
  /**
   * Which vectors the cosine compares: of each channel its values in the tokens of a fold, as the
   * authors' code does with folds, or of each token its channels, as it does without.
   * @default 'channel'
   */
  compare?: 'channel' | 'token';
}

export type SdaeParams = {backbone: Params; decoder: Params};
/**
 * Of each token of the n·b folds [n·b, t, d], an image's folds one after the other: what is
 * predicted, and the target; the student's embedding of the visible tokens [n, d]; how far the
 * teacher is from the student.
 */
export type SdaeOutputs = {
  prediction: tf.Tensor3D;
  target: tf.Tensor3D;
  embedding: tf.Tensor2D;
  teacherDistance: tf.Scalar;
};

/**
 * The loss is 1 − cos, from 0 to 2. Targets are the teacher's tokens behind its last norm,
 * standardized over their channels by the unbiased variance. The decoder says all folds at once;
 * masked tokens that are in none are not there for it. The student's encoder is the result. Biases
 * and parameters of norms do not decay.
 */
export function sdae({
  backbone: f,
  decoder: size = twoThirdsOf(f),
  momentum = cosine({from: 0.96, to: 0.99}),
  every = 'epoch',
  compare = 'channel',
}: SdaeOptions): Method<MaskedView<TargetMasks>, SdaeParams, TeacherState, SdaeOutputs> {
  check(
    compare === 'channel' || compare === 'token',
    'sdae',
    `expected compare 'channel' or 'token', got '${compare as string}'`,
  );
  const decode = decoder({...size, inputs: f.width, outputs: f.width});
  return {
    init: key =>
      tf.tidy(() =>
        xavierStart(
          {backbone: f.init(fold(key, 'backbone')), decoder: decode.init(fold(key, 'decoder'))},
          fold(key, 'xavier'),
        ),
      ),
    ...backboneTeacher('sdae', {momentum, every}),
    loss(params, {view, masks}, {teacher}, {key}) {
      const grid = f.grid(view);
      checkTargets('sdae', view, grid, masks);
      const {kept, valid, targets, targetsValid} = masks;
      const [n, b, t] = targets.shape;
      check(!targetsValid, 'sdae', 'expected folds of one size, got some that are filled up');
      const folds = tf.unstack(targets, 1) as tf.Tensor2D[]; // b times [n, t]
      const taught = tf.stack(
        folds.map(places => f.tokens(teacher, view, {}, {kept: places}).patches),
        1,
      ); // [n, b, t, d]
      const target = stopGradient(standardized(taught, {epsilon: 1e-6, unbiased: true})).reshape([
        n * b,
        t,
        f.width,
      ]) as tf.Tensor3D;
      const {patches, prefix, embedding} = f.tokens(params.backbone, view, inside({key}, 'backbone'), {kept, valid});
      const places = targets.reshape([n, b * t]) as tf.Tensor2D;
      const prediction = decode
        .apply(params.decoder, {patches, kept, valid, prefix}, {places}, grid, inside({key}, 'decoder'))
        .reshape([n * b, t, f.width]) as tf.Tensor3D;
      const rows = (x: tf.Tensor3D) =>
        compare === 'token'
          ? x.reshape<tf.Tensor2D>([n * b * t, f.width])
          : x.transpose([0, 2, 1]).reshape<tf.Tensor2D>([n * b * f.width, t]);
      const loss = negativeCosine(rows(prediction), rows(target)).add(1) as tf.Scalar;
      return {
        loss,
        outputs: {prediction, target, embedding, teacherDistance: teacherDistance(teacher, params.backbone)},
      };
    },
    embed: ({backbone}, _state, images, mode) => ({embedding: f.apply(backbone, images, mode)}),
    rule: (_name, _step, {rank}) => ({decay: rank > 1 ? 1 : 0}),
  };
}
