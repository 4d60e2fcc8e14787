// iBOT: DINO, whose student also says of patches that are masked for it what the teacher, who sees
// them, says of them. Zhou et al. 2022, "iBOT: Image BERT Pre-Training with Online Tokenizer",
// arXiv:2111.07832; bytedance/ibot, main_ibot.py and models/head.py. With masks where the teacher
// looks most: Kakogeorgiou et al. 2022, "What to Hide from Your Students: Attention-Guided Masked
// Image Modeling" (AttMask), arXiv:2203.12719; gkakogeorgiou/attmask, main_attmask.py. Differs from
// the paper: the teacher's temperatures move step by step, where their code moves them epoch by
// epoch, and rows of the last layer have length 1, which their ViT-S leaves free.

import type {Vit, VitTokens} from '../../backbones/vit';
import {check} from '../../check';
import {fold} from '../../engine/random';
import {tf} from '../../engine/tf';
import {patchCrossEntropy} from '../../losses/patchCrossEntropy';
import {teacherCrossEntropy} from '../../losses/teacherCrossEntropy';
import type {Masks, MaskStrategy} from '../../masks/masks';
import {inside, type Key, type Method, type Params} from '../../module';
import {map} from '../../engine/params';
import {cosine, ramp, type Schedule} from '../../schedules';
import type {MultiCrop} from '../../views/sources/multiCrop';
import {dino, type DinoOptions, type DinoOutputs, type DinoParams} from '../distillation/dino';
import {dinoHead, sharpened} from '../distillation/dinoHead';
import {movingAverage} from '../parts/movingAverage';

/** A strategy that is told how much the teacher looks at each patch [n, l]. */
type AttentionStrategy = Pick<MaskStrategy<{attention: tf.Tensor2D}>, 'grid' | 'draw'>;

/** Those of DINO, and: */
export interface IbotOptions extends Omit<DinoOptions, 'backbone' | 'centering' | 'sharpening'> {
  backbone: Vit;
  /** K. @default 8192 */
  prototypes?: number;
  /**
   * τ of the teacher for class tokens.
   * @default ramp({from: 0.04, to: 0.07, share: 0.3}), 30 of 100 epochs
   */
  teacherTemperature?: Schedule;
  /** τ of the teacher for patches. @default as for class tokens */
  patchTemperature?: Schedule;
  /** Whether class tokens and patches have one last layer. @default true */
  sharedHead?: boolean;
  /** Of the loss on class tokens. @default 1 */
  classWeight?: number;
  /** Of the loss on masked patches. @default 1 */
  patchWeight?: number;
  /**
   * Draws the masks by the teacher's attention, before the student sees the crops; those of the
   * batch, if it has any, are left aside.
   * @default the batch's
   */
  attentionMask?: AttentionStrategy;
}

/** `patch_last_layer` is empty where the head is shared. */
export type IbotTeacher = DinoParams & {patch_last_layer: Params};
export type IbotParams = IbotTeacher & {mask_token: tf.Tensor3D};
export type IbotState = {teacher: IbotTeacher; center: tf.Tensor1D; patchCenter: tf.Tensor1D};
/**
 * Those of DINO, of the class tokens; both parts of the loss before their weights, the mean of the
 * teacher's logits of patches, and the masks of both global crops [2n, l].
 */
export type IbotOutputs = DinoOutputs & {
  classLoss: tf.Scalar;
  patchLoss: tf.Scalar;
  patchMeanLogits: tf.Tensor1D;
  masked: tf.Tensor2D;
};

export const ibotDefaults = {prototypes: 8192, classWeight: 1, patchWeight: 1};

/**
 * The teacher, which sees both global crops whole, is the result. Masks are those of the two global
 * crops, from `maskedCrops` with any strategy, or from the teacher's attention; the paper's are
 * `blockMask({grid, ratio: [0.1, 0.5], probability: 0.5})`. Gradients are clipped at 3, parameter
 * by parameter: see {@link clipped}.
 */
export function ibot({
  backbone: f,
  prototypes = ibotDefaults.prototypes,
  temperature = 0.1,
  teacherTemperature = ramp({from: 0.04, to: 0.07, share: 0.3}),
  patchTemperature = teacherTemperature,
  momentum = 0.996,
  centerMomentum = 0.9,
  sharedHead = true,
  classWeight = ibotDefaults.classWeight,
  patchWeight = ibotDefaults.patchWeight,
  attentionMask,
  ...options
}: IbotOptions): Method<MultiCrop & {masks?: Masks}, IbotParams, IbotState, IbotOutputs> {
  check(
    classWeight >= 0 && patchWeight >= 0 && classWeight + patchWeight > 0,
    'ibot',
    `expected weights ≥ 0, not both 0, got ${classWeight} and ${patchWeight}`,
  );
  check(
    !attentionMask || f.classToken,
    'ibot',
    'expected a class token, whose attention in the teacher says what is masked, got a transformer without one',
  );
  const whole = dino({...options, backbone: f, prototypes, temperature, teacherTemperature, momentum, centerMomentum});
  const {projector: g, last, logits} = dinoHead(f.width, prototypes, options);
  const momentumAt = cosine({from: momentum, to: 1});
  const patchLast = (own: IbotTeacher) => (sharedHead ? own.last_layer : own.patch_last_layer);
  const patchLogits = (own: IbotTeacher, {patches}: VitTokens) =>
    logits(patchLast(own), g.apply(own.projector, patches.reshape([-1, f.width]), {})); // [2n·l, K]
  return {
    init: key => ({
      ...whole.init(key),
      patch_last_layer: sharedHead ? {} : last.init(fold(key, 'patches')),
      mask_token: tf.zeros([1, 1, f.width]),
    }),
    initState: ({mask_token: _, ...seen}) => ({
      teacher: map(seen as IbotTeacher, tensor => tensor.clone()),
      center: tf.zeros([prototypes]),
      patchCenter: tf.zeros([prototypes]),
    }),
    loss(params, {global, local, masks}, {teacher, center, patchCenter}, {key, progress}) {
      check(global.length === 2, 'ibot', `expected two global crops of each image, got ${global.length}`);
      const crops = tf.concat(global); // [2n, h, w, c]
      const theirs = f.tokens(teacher.backbone, crops, {});
      const {masked} = masksFor(key, theirs, attentionMask, masks); // [2n, l]
      const own = f.tokens(params.backbone, crops, inside({key: fold(key, 0)}, 'backbone'), {
        masked,
        maskToken: params.mask_token,
      });
      const small =
        local.length > 0 ? [f.apply(params.backbone, tf.concat(local), inside({key: fold(key, 1)}, 'backbone'))] : [];
      // [V·n, d]
      const projection = g.apply(params.projector, tf.concat([own.embedding, ...small]), {});
      const [taught, taughtPatches] = [
        logits(teacher.last_layer, g.apply(teacher.projector, theirs.embedding, {})),
        patchLogits(teacher, theirs),
      ];
      const log = sharpened(taught, center, teacherTemperature(progress)); // [2n, K]
      const probabilities = log.exp() as tf.Tensor2D;
      const classLoss = teacherCrossEntropy(logits(params.last_layer, projection), probabilities, {
        crops: 2 + local.length,
        temperature,
      });
      const patchLoss = patchCrossEntropy(
        patchLogits(params, own),
        sharpened(taughtPatches, patchCenter, patchTemperature(progress)).exp(),
        masked,
        {temperature},
      );
      const teacherEntropy = probabilities.mul(log).sum(1).mean().neg() as tf.Scalar;
      return {
        loss: classLoss.mul(classWeight).add(patchLoss.mul(patchWeight)) as tf.Scalar,
        outputs: {
          projection: projection.slice(0, crops.shape[0]),
          teacher: probabilities,
          meanLogits: taught.mean(0),
          teacherEntropy,
          divergence: classLoss.sub(teacherEntropy),
          classLoss,
          patchLoss,
          patchMeanLogits: taughtPatches.mean(0),
          masked,
        },
      };
    },
    afterStep: (
      {mask_token: _, ...seen},
      {teacher, center, patchCenter},
      {progress},
      {meanLogits, patchMeanLogits},
    ) => ({
      teacher: movingAverage(teacher, seen as IbotTeacher, momentumAt(progress)),
      ...movingAverage({center, patchCenter}, {center: meanLogits, patchCenter: patchMeanLogits}, centerMomentum),
    }),
    backbone: (_params, {teacher}) => teacher.backbone,
    embed: (_params, state, images, mode) => whole.embed(state.teacher, state, images, mode),
    rule: (name, step, value) => whole.rule!(name.replace(/^patch_last_layer\./, 'last_layer.'), step, value),
  };
}

/** Those that the teacher's attention asks for, or else the batch's. */
function masksFor(
  key: Key,
  {attention, patches}: VitTokens,
  strategy?: AttentionStrategy,
  masks?: Masks,
): Pick<Masks, 'masked'> {
  const [n, l] = patches.shape;
  const [, heads, t] = attention.shape;
  check(
    strategy !== undefined || masks !== undefined,
    'ibot',
    'expected masks in the batch, got none: take maskedCrops, or an attentionMask',
  );
  const ofPatches = () =>
    attention
      .slice([0, 0, 0, t - l], [n, heads, 1, l])
      .mean(1)
      .reshape<tf.Tensor2D>([n, l]); // of the class token, a mean over heads
  const drawn = strategy?.draw(fold(key, 'masks'), n, {attention: ofPatches()}) ?? masks!;
  check(
    `${drawn.masked.shape}` === `${[n, l]}`,
    'ibot',
    `expected masks [${[n, l]}] of both global crops, got [${drawn.masked.shape}]`,
  );
  return drawn;
}
