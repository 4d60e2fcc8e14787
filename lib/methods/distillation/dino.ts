// DINO: a student says of any crop of an image what its own moving average, the teacher, says of a
// large one. Centering and sharpening of the teacher keep both from saying the same of all images.
// Caron et al. 2021, "Emerging Properties in Self-Supervised Vision Transformers",
// arXiv:2104.14294; facebookresearch/dino, main_dino.py and vision_transformer.py. Differs from the
// paper: the teacher's temperature moves step by step, where their code moves it epoch by epoch.

import {check, whole} from '../../check';
import {split} from '../../engine/random';
import {stopGradient} from '../../engine/stopGradient';
import {tf} from '../../engine/tf';
import {teacherCrossEntropy} from '../../losses/teacherCrossEntropy';
import type {Backbone, Method, Params} from '../../module';
import {map} from '../../engine/params';
import {constant, cosine, type Schedule} from '../../schedules';
import type {MultiCrop} from '../../views/sources/multiCrop';
import {cropProjections} from '../parts/cropProjections';
import {movingAverage} from '../parts/movingAverage';
import {projected, type ProjectedParams} from '../parts/projected';
import {dinoHead, type DinoHeadOptions, sharpened} from './dinoHead';

/** Options of {@link dino}. */
export interface DinoOptions extends DinoHeadOptions {
  backbone: Backbone;
  /** K. @default 65536 */
  prototypes?: number;
  /** τ of the student. @default 0.1 */
  temperature?: number;
  /**
   * τ of the teacher.
   * @default constant(0.04); the paper's best ramp({from: 0.04, to: 0.07, share: 0.3})
   */
  teacherTemperature?: Schedule;
  /**
   * Of the teacher at the start, from where it goes to 1 along a cosine.
   * @default 0.996; a training of few steps needs less
   */
  momentum?: number;
  /** Of the center. @default 0.9 */
  centerMomentum?: number;
  /**
   * Whether the teacher's logits lose their mean: without it one prototype takes all images.
   * @default true
   */
  centering?: boolean;
  /**
   * Whether the teacher has a temperature of its own: without it, it has the student's, and all
   * prototypes become alike.
   * @default true
   */
  sharpening?: boolean;
  /**
   * Factor on the optimizer's weight decay.
   * @default cosine({from: 1, to: 10}): with an optimizer's 0.04, the paper's 0.04 to 0.4
   */
  decay?: Schedule;
  /** Epochs in which the last layer stays as it was drawn. @default 1 */
  frozenEpochs?: number;
}

export type DinoParams = ProjectedParams & {last_layer: Params};
export type DinoState = {teacher: DinoParams; center: tf.Tensor1D};
/**
 * Of both global crops, those of the first n rows first: the student's bottleneck [2n, d], before
 * its rows are scaled, and the teacher's probabilities [2n, K]; the mean of the teacher's logits,
 * which moves the center [K]. The loss is `teacherEntropy` plus `divergence` (KL), in nats: at 0
 * the divergence tells of collapse, and the entropy of which kind, 0 without centering, log K
 * without sharpening (sec. 5.3).
 */
export type DinoOutputs = {
  projection: tf.Tensor2D;
  teacher: tf.Tensor2D;
  meanLogits: tf.Tensor1D;
  teacherEntropy: tf.Scalar;
  divergence: tf.Scalar;
};

export const dinoDefaults = {prototypes: 65_536};

/**
 * The teacher, which sees the two global crops, is the result. Biases and parameters of norms do
 * not decay. Gradients are clipped at 3, parameter by parameter: see {@link clipped}.
 *
 * @example
 * ```ts
 * import {dino, dinoViews, drawnEmoji, multiCrop, namedVit, ramp} from 'ssl-workbench';
 * const dataset = await drawnEmoji({size: 64});
 * const {mean, standardDeviation} = dataset;
 * const recipe = dinoViews({size: 64, mean, standardDeviation});
 * const source = multiCrop({dataset, recipe});
 * const teacherTemperature = ramp({from: 0.04, to: 0.07, share: 0.3});
 * const method = dino({backbone: namedVit('vit-nano', 3), prototypes: 1024, teacherTemperature});
 * ```
 */
export function dino({
  backbone: f,
  prototypes = dinoDefaults.prototypes,
  temperature = 0.1,
  teacherTemperature = constant(0.04),
  momentum = 0.996,
  centerMomentum = 0.9,
  centering = true,
  sharpening = true,
  decay = cosine({from: 1, to: 10}),
  frozenEpochs = 1,
  ...head
}: DinoOptions): Method<MultiCrop, DinoParams, DinoState, DinoOutputs> {
  whole('dino', 'prototypes', prototypes, 2);
  for (const [name, value] of Object.entries({momentum, centerMomentum}))
    check(value >= 0 && value <= 1, 'dino', `expected ${name} from 0 to 1, got ${value}`);
  whole('dino', 'frozenEpochs', frozenEpochs, 0);
  const {projector: g, last, logits} = dinoHead(f.width, prototypes, head);
  const encoder = projected(f, g);
  const τ = sharpening ? teacherTemperature : constant(temperature);
  const momentumAt = cosine({from: momentum, to: 1});
  return {
    init(key) {
      const [a, b] = split(key, 2);
      return {...encoder.init(a!), last_layer: last.init(b!)};
    },
    initState: params => ({teacher: map(params, tensor => tensor.clone()), center: tf.zeros([prototypes])}),
    loss(params, {global, local}, {teacher, center}, step) {
      // Algorithm 1
      // [2n, K]
      const taught = logits(teacher.last_layer, cropProjections(f, g, teacher, {global, local: []}, {}));
      const log = sharpened(taught, center, τ(step.progress));
      const probabilities = log.exp() as tf.Tensor2D;
      const projection = cropProjections(f, g, params, {global, local}, step); // [V·n, d]
      const loss = teacherCrossEntropy(logits(params.last_layer, projection), probabilities, {
        crops: global.length + local.length,
        temperature,
      });
      const teacherEntropy = probabilities.mul(log).sum(1).mean().neg() as tf.Scalar;
      return {
        loss,
        outputs: {
          projection: projection.slice(0, taught.shape[0]),
          teacher: probabilities,
          meanLogits: taught.mean(0),
          teacherEntropy,
          divergence: loss.sub(teacherEntropy),
        },
      };
    },
    afterStep: (params, {teacher, center}, {progress}, {meanLogits}) => ({
      teacher: movingAverage(teacher, params, momentumAt(progress)),
      center: centering
        ? stopGradient(meanLogits)
            .mul(1 - centerMomentum)
            .add(center.mul(centerMomentum))
        : center.clone(), // without centering it stays at 0
    }),
    backbone: (_params, {teacher}) => teacher.backbone,
    embed: (_params, {teacher}, images, mode) => encoder.apply(teacher, images, mode),
    rule: (name, {index, progress, stepsPerEpoch}, {rank}) => ({
      decay: rank > 1 ? decay(progress) : 0,
      ...(name.startsWith('last_layer.') &&
        frozenEpochs > 0 && {frozen: index.less<tf.Scalar>(tf.scalar(frozenEpochs * stepsPerEpoch, 'int32'))}),
    }),
  };
}
