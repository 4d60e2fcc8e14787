// MSN: crops of an image whose patches are partly dropped, and small crops, are assigned to the
// same prototypes as another, whole one; all prototypes are used. Assran et al. 2022, "Masked
// Siamese Networks for Label-Efficient Learning", arXiv:2204.07141; facebookresearch/msn,
// src/losses.py, src/msn_train.py and src/deit.py. Differs from their code: each image drops
// patches of its own, where theirs drops the same of all images of a batch.

import type {Vit} from '../../backbones/vit';
import {check, whole} from '../../check';
import {fold, split, uniform} from '../../engine/random';
import {stopGradient} from '../../engine/stopGradient';
import {tf} from '../../engine/tf';
import {gelu} from '../../layers/gelu';
import {normalOf} from '../../layers/initial';
import {mlp} from '../../layers/mlp';
import {sinkhorn as balanced} from '../../losses/sinkhorn';
import {checkTemperature} from '../../losses/temperature';
import {unit} from '../../layers/unit';
import {inside, type Method} from '../../module';
import {map} from '../../engine/params';
import {cosine, ramp, type Schedule} from '../../schedules';
import type {MaskedCrops} from '../../views/sources/maskedCrops';
import {movingAverage} from '../parts/movingAverage';
import {projected, type ProjectedParams} from '../parts/projected';

/** Options of {@link msn}. */
export interface MsnOptions {
  backbone: Vit;
  /**
   * Width of the head's two hidden layers.
   * @default 16/3 of the backbone's, the authors' for ViT-S, and at most 2048
   */
  hidden?: number;
  /** Width of the projections and prototypes. @default 256 */
  output?: number;
  /** K. @default 1024 */
  prototypes?: number;
  /** τ of the predictions. @default 0.1 */
  temperature?: number;
  /** T: targets are predictions to the power of 1/T, scaled to sum to 1. @default 0.25 */
  sharpening?: number;
  /**
   * Whether the targets of a batch share out the prototypes evenly.
   * @default true, as the authors' configuration for ViT-S
   */
  sinkhorn?: boolean;
  /** λ of the entropy of the mean prediction, which is maximized. @default 1 */
  entropyWeight?: number;
  /**
   * Of the teacher at the start.
   * @default 0.996; it grows evenly, to reach 1 after 1.25 times the training, as theirs
   */
  momentum?: number;
  /**
   * Factor on the optimizer's weight decay.
   * @default with an optimizer's 0.04, theirs from 0.04 to 0.4 after 1.25 times the training, along
   * a cosine
   */
  decay?: Schedule;
}

export type MsnParams = ProjectedParams & {prototypes: {weight: tf.Tensor2D}};
export type MsnState = {teacher: ProjectedParams};
/**
 * Projections of all anchors [A·n, output], those of global crops first; targets [n, K].
 * The loss is `teacherEntropy` plus `divergence` plus λ times what `meanEntropy`, that of the mean
 * prediction, lacks to log K; all in nats.
 */
export type MsnOutputs = {
  projection: tf.Tensor2D;
  teacher: tf.Tensor2D;
  teacherEntropy: tf.Scalar;
  divergence: tf.Scalar;
  meanEntropy: tf.Scalar;
};

/**
 * The first global crop is the target, which the teacher sees whole; the other global ones, of
 * which only kept patches are seen, and the local ones are anchors. The teacher is the result.
 * Masks are those of `maskedCrops`, of the target too, where they are not looked at; the authors'
 * for ViT-S are `randomMask({grid, ratio: 0.15})`.
 */
export function msn({
  backbone: f,
  hidden = Math.min(2048, Math.round((f.width * 16) / 3)),
  output = 256,
  prototypes = 1024,
  temperature = 0.1,
  sharpening = 0.25,
  sinkhorn = true,
  entropyWeight = 1,
  momentum = 0.996,
  decay = cosine({from: 1, to: 10, periods: 0.4}),
}: MsnOptions): Method<MaskedCrops, MsnParams, MsnState, MsnOutputs> {
  whole('msn', 'prototypes', prototypes, 2);
  check(sharpening > 0 && sharpening <= 1, 'msn', `expected sharpening above 0, at most 1, got ${sharpening}`);
  check(momentum >= 0 && momentum <= 1, 'msn', `expected momentum from 0 to 1, got ${momentum}`);
  check(entropyWeight >= 0, 'msn', `expected entropyWeight ≥ 0, got ${entropyWeight}`);
  checkTemperature('msn', temperature);
  const g = mlp([f.width, hidden, hidden, output], {activation: gelu, initial: normalOf(0.02)});
  const encoder = projected(f, g);
  const momentumAt = ramp({from: momentum, to: 1 - (1 - momentum) / 5, share: 1});
  return {
    init(key) {
      const [a, b] = split(key, 2);
      return {
        ...encoder.init(a!),
        prototypes: {
          weight: uniform(b!, [prototypes, output], {minimum: -1 / Math.sqrt(output), maximum: 1 / Math.sqrt(output)}),
        },
      };
    },
    initState: ({backbone, projector}) => ({teacher: map({backbone, projector}, tensor => tensor.clone())}),
    loss(params, {global: [target, ...large], local, masks}, {teacher}, {key}) {
      check(
        large.length > 0,
        'msn',
        `expected at least two global crops of each image, a target and an anchor, got ${large.length + 1}`,
      );
      const [n] = target!.shape;
      const [rows, columns] = f.grid(target!);
      const expected = [(1 + large.length) * n, rows * columns];
      check(
        `${masks.masked.shape}` === `${expected}`,
        'msn',
        `expected masks [${expected}] of all global crops, got [${masks.masked.shape}]`,
      );
      const rest = (of?: tf.Tensor2D) => of?.slice(n); // the target is not masked
      const {embedding} = f.tokens(params.backbone, tf.concat(large), inside({key: fold(key, 0)}, 'backbone'), {
        kept: rest(masks.kept)!,
        valid: rest(masks.valid),
      });
      const small =
        local.length > 0 ? [f.apply(params.backbone, tf.concat(local), inside({key: fold(key, 1)}, 'backbone'))] : [];
      // [A·n, output]; each BatchNorm sees crops of one size
      const projection = tf.concat([embedding, ...small].map(crops => g.apply(params.projector, crops, {})));
      const cosines = (z: tf.Tensor2D) =>
        tf.matMul(unit(z), unit(params.prototypes.weight), false, true) as tf.Tensor2D;
      const log = cosines(projection).div<tf.Tensor2D>(temperature).logSoftmax(); // [A·n, K]
      const sharp = stopGradient(cosines(encoder.apply(teacher, target!, {}).projection))
        .div<tf.Tensor2D>(temperature * sharpening)
        .logSoftmax();
      // [n, K]
      const targets = sinkhorn ? balanced(sharp, {epsilon: 1}) : (sharp.exp() as tf.Tensor2D);
      const prediction = targets
        .mul(log.reshape([-1, n, prototypes]).mean(0))
        .sum(1)
        .mean()
        .neg() as tf.Scalar;
      const mean = log.logSumExp(0).sub(Math.log(log.shape[0])); // [K], log of the mean prediction
      const meanEntropy = mean.exp().mul(mean).sum().neg() as tf.Scalar;
      const teacherEntropy = targets.mul(targets.maximum(1e-30).log()).sum(1).mean().neg() as tf.Scalar;
      return {
        loss: prediction.add(meanEntropy.neg().add(Math.log(prototypes)).mul(entropyWeight)) as tf.Scalar,
        outputs: {
          projection,
          teacher: targets,
          teacherEntropy,
          divergence: prediction.sub(teacherEntropy),
          meanEntropy,
        },
      };
    },
    afterStep: ({backbone, projector}, {teacher}, {progress}) => ({
      teacher: movingAverage(teacher, {backbone, projector}, momentumAt(progress)),
    }),
    backbone: (_params, {teacher}) => teacher.backbone,
    embed: (_params, {teacher}, images, mode) => encoder.apply(teacher, images, mode),
    rule: (name, {progress}, {rank}) => ({decay: rank > 1 && !name.startsWith('prototypes.') ? decay(progress) : 0}),
  };
}
