// I-JEPA: from one large block of an image, say what a slowly moving copy of the encoder makes of
// four smaller blocks that are hidden from it. Features are predicted, never pixels. Assran et al.
// 2023, "Self-Supervised Learning from Images with a Joint-Embedding Predictive Architecture",
// arXiv:2301.08243; facebookresearch/ijepa, src/train.py and src/models/vision_transformer.py.
// Differs from the paper: the distance is smooth L1, as in their code; 'squared' is the paper's, as
// a mean where its eq. 1 sums over a block's tokens and channels.

import type {Vit} from '../../backbones/vit';
import {fold} from '../../engine/random';
import {stopGradient} from '../../engine/stopGradient';
import {tf} from '../../engine/tf';
import {standardized} from '../../layers/standardized';
import {tokenDistance, type TokenDistanceOptions} from '../../losses/tokenDistance';
import type {TargetMasks} from '../../masks/masks';
import {inside, type Method, type Params} from '../../module';
import {cosine, ramp, type Schedule} from '../../schedules';
import type {MaskedView} from '../../views/sources/maskedView';
import {backboneTeacher, type TeacherState} from '../parts/backboneTeacher';
import {teacherDistance} from '../parts/teacherDistance';
import {checkTargets} from './checkMasks';
import {decoder, type DecoderSize} from './decoder';

/** Options of {@link iJepa}. */
export interface IJepaOptions extends Pick<TokenDistanceOptions, 'distance'> {
  /** The authors' has no class token and fixed positions: pool 'mean', positions 'sinCos'. */
  backbone: Vit;
  /**
   * Narrower than the backbone.
   * @default half its width, in heads of 32 channels, and half its depth: 384 and 6 for ViT-B, as
   * in the authors' code
   */
  predictor?: DecoderSize;
  /**
   * Of the target encoder: the share that stays at each step.
   * @default an even way from 0.996 to 1; a training of few steps needs less
   */
  momentum?: number | Schedule;
  /**
   * Factor on the optimizer's weight decay.
   * @default cosine({from: 1, to: 10}): with an optimizer's 0.04, the paper's 0.04 to 0.4
   */
  decay?: Schedule;
}

export type IJepaParams = {backbone: Params; predictor: Params};
/**
 * Of each token of the n·b target blocks [n·b, t, d], an image's blocks one after the other: what
 * is predicted, and the target; the target encoder's embedding of the whole image [n, d], in which
 * a collapse shows; how far it is from the context encoder.
 */
export type IJepaOutputs = {
  prediction: tf.Tensor3D;
  target: tf.Tensor3D;
  embedding: tf.Tensor2D;
  teacherDistance: tf.Scalar;
};

/**
 * The target encoder, which sees the whole image, is the result. Each target block is predicted on
 * its own, from the same context. Targets are the target encoder's tokens behind its last norm,
 * standardized over their channels. The loss is a mean over the values of the target tokens, in the
 * units of standardized values. Biases and parameters of norms do not decay.
 */
export function iJepa({
  backbone: f,
  predictor: size = halfOf(f),
  distance = 'smoothL1',
  momentum = ramp({from: 0.996, to: 1, share: 1}),
  decay = cosine({from: 1, to: 10}),
}: IJepaOptions): Method<MaskedView<TargetMasks>, IJepaParams, TeacherState, IJepaOutputs> {
  const predictor = decoder({...size, inputs: f.width, outputs: f.width});
  return {
    init: key => ({backbone: f.init(fold(key, 'backbone')), predictor: predictor.init(fold(key, 'predictor'))}),
    ...backboneTeacher('iJepa', {momentum}),
    loss(params, {view, masks}, {teacher}, {key}) {
      const grid = f.grid(view);
      checkTargets('iJepa', view, grid, masks);
      const {kept, valid, targets, targetsValid} = masks;
      const [n, b, t] = targets.shape;
      const whole = f.tokens(teacher, view, {});
      const target = stopGradient(
        tf.gather(standardized(whole.patches), targets.reshape([n, b * t]) as tf.Tensor2D, 1, 1),
      ).reshape([n * b, t, f.width]) as tf.Tensor3D;
      // [n, k, d]
      const {patches} = f.tokens(params.backbone, view, inside({key}, 'backbone'), {kept, valid});
      const context = {patches: repeated(patches, b), kept: repeated(kept, b), valid: valid && repeated(valid, b)};
      const asked = {
        places: targets.reshape([n * b, t]) as tf.Tensor2D,
        valid: targetsValid?.reshape<tf.Tensor2D>([n * b, t]),
      };
      const prediction = predictor.apply(params.predictor, context, asked, grid, inside({key}, 'predictor'));
      const loss = tokenDistance(prediction, target, {distance, counted: asked.valid});
      return {
        loss,
        outputs: {
          prediction,
          target,
          embedding: whole.embedding,
          teacherDistance: teacherDistance(teacher, params.backbone),
        },
      };
    },
    backbone: (_params, {teacher}) => teacher,
    embed: (_params, {teacher}, images, mode) => ({embedding: f.apply(teacher, images, mode)}),
    rule: (_name, {progress}, {rank}) => ({decay: rank > 1 ? decay(progress) : 0}),
  };
}

const halfOf = ({width, depth}: Vit): DecoderSize => ({
  width: Math.max(32, 32 * Math.round(width / 64)),
  depth: Math.max(1, Math.floor(depth / 2)),
});

/** Each row `times` times in a row. */
function repeated<T extends tf.Tensor>(x: T, times: number): T {
  const [n, ...rest] = x.shape;
  return x
    .expandDims(1)
    .tile([1, times, ...rest.map(() => 1)])
    .reshape([n * times, ...rest]);
}
