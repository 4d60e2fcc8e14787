// data2vec: where mask tokens stand in an image, say what a slowly moving copy of the encoder,
// which sees all of it, has there: the mean of its upper blocks. Baevski et al. 2022, "data2vec: A
// General Framework for Self-supervised Learning in Speech, Vision and Language", arXiv:2202.03555;
// facebookresearch/data2vec_vision, beit/engine_for_cyclical.py and modeling_cyclical.py. Differs
// from their code: positions are the backbone's own, where theirs are learned for each distance of
// two tokens and added to the attention.

import type {Vit} from '../../backbones/vit';
import {check} from '../../check';
import {fold, normal} from '../../engine/random';
import {stopGradient} from '../../engine/stopGradient';
import {tf} from '../../engine/tf';
import {normalOf} from '../../layers/initial';
import {linear} from '../../layers/linear';
import {standardized} from '../../layers/standardized';
import {tokenDistance, type TokenDistanceOptions} from '../../losses/tokenDistance';
import {inside, type Method, type Params} from '../../module';
import type {Schedule} from '../../schedules';
import type {MaskedView} from '../../views/sources/maskedView';
import {backboneTeacher, type TeacherState} from '../parts/backboneTeacher';
import {teacherDistance} from '../parts/teacherDistance';
import {checkMasks} from './checkMasks';

/** Options of {@link data2vec}. */
export interface Data2vecOptions extends Pick<TokenDistanceOptions, 'distance' | 'beta'> {
  /**
   * The authors' has a class token, LayerScale from 1e-4 and stochastic depth of 0.25, for ViT-B.
   */
  backbone: Vit;
  /**
   * K: of how many last blocks the outputs are averaged.
   * @default half of them, the paper's 6 of ViT-B's 12
   */
  layers?: number;
  /** β of smooth L1. @default 2 */
  beta?: number;
  /**
   * Of the teacher: the share that stays at each step.
   * @default 0.9998, the authors' for ViT-B and 800 epochs; a training of few steps needs less
   */
  momentum?: number | Schedule;
}

export type Data2vecParams = {backbone: Params; mask_token: tf.Tensor3D; head: Params};
/**
 * Of each token [n, l, d]: what the student says, and the teacher's target; the teacher's embedding
 * of the whole image [n, d], in which a collapse shows; how far the teacher is from the student.
 */
export type Data2vecOutputs = {
  prediction: tf.Tensor3D;
  target: tf.Tensor3D;
  embedding: tf.Tensor2D;
  teacherDistance: tf.Scalar;
};

/**
 * Masks are block-wise: in the authors' recipe of 120 of 196 patches, in blocks of at least 16. The
 * teacher sees the same view, whole. The student is the result, and predicts behind its last norm
 * by one linear layer.
 *
 * A target is the mean of K blocks' outputs, each standardized over its channels, and standardized
 * once more: the authors' `post_target_layer_norm`, in both of their recipes. The loss is a mean
 * over the values of the masked tokens, in the units of standardized values. Biases and parameters
 * of norms, class token and positions do not decay.
 */
export function data2vec({
  backbone: f,
  layers = Math.max(1, Math.floor(f.depth / 2)),
  distance,
  beta = 2,
  momentum = 0.9998,
}: Data2vecOptions): Method<MaskedView, Data2vecParams, TeacherState, Data2vecOutputs> {
  check(
    Number.isInteger(layers) && layers >= 1 && layers <= f.depth,
    'data2vec',
    `expected from 1 to ${f.depth} layers, the backbone's blocks, got ${layers}`,
  );
  const head = linear<tf.Tensor3D>(f.width, f.width, {initial: normalOf(0.02)});
  const targetOf = (teacher: Params, view: tf.Tensor4D) => {
    const {
      patches: {
        shape: [, l],
      },
      layers: outputs,
      embedding,
    } = f.tokens(teacher, view, {});
    // [n, l, d] each: prefix tokens come first
    const upper = outputs.slice(-layers).map(tokens => standardized(tokens.slice([0, tokens.shape[1] - l, 0])));
    return {target: stopGradient(standardized(tf.addN(upper).div(layers))) as tf.Tensor3D, embedding};
  };
  return {
    init: key =>
      tf.tidy(() => ({
        backbone: f.init(fold(key, 'backbone')),
        mask_token: normal(fold(key, 'mask_token'), [1, 1, f.width]).mul(0.02) as tf.Tensor3D,
        head: head.init(fold(key, 'head')),
      })),
    ...backboneTeacher('data2vec', {momentum}),
    loss({backbone, mask_token: maskToken, head: last}, {view, masks}, {teacher}, {key}) {
      checkMasks('data2vec', view, f.grid(view), masks);
      const {masked} = masks;
      const {target, embedding} = targetOf(teacher, view);
      // [n, l, d]
      const {patches} = f.tokens(backbone, view, inside({key}, 'backbone'), {masked, maskToken});
      const prediction = head.apply(last, patches, {});
      const loss = tokenDistance(prediction, target, {distance, beta, counted: masked});
      return {loss, outputs: {prediction, target, embedding, teacherDistance: teacherDistance(teacher, backbone)}};
    },
    embed: ({backbone}, _state, images, mode) => ({embedding: f.apply(backbone, images, mode)}),
    rule: (name, _step, {rank}) => ({decay: rank > 1 && !/\.(cls_token|pos_embed)$/.test(name) ? 1 : 0}),
  };
}
