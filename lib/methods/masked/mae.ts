// MAE: from the quarter of an image's patches that is visible, a light decoder says the pixels of
// the others. The encoder never sees a mask token, and computes the visible patches only. He et al.
// 2022, "Masked Autoencoders Are Scalable Vision Learners", arXiv:2111.06377; facebookresearch/mae,
// models_mae.py. Discrete tokens in place of pixels: Bao et al. 2022 (BEiT), arXiv:2106.08254, as
// in the paper's table 1d.

import type {Vit, VitTokens} from '../../backbones/vit';
import {check} from '../../check';
import {fold, normal} from '../../engine/random';
import {tf} from '../../engine/tf';
import {tokensAt} from '../../layers/tokensAt';
import {crossEntropy} from '../../losses/crossEntropy';
import {tokenDistance} from '../../losses/tokenDistance';
import {type Grid, type Masks, masksOf} from '../../masks/masks';
import {ascending} from '../../masks/ranks';
import {type EpochTools, inside, type Method, type Mode, type Params} from '../../module';
import type {MaskedView} from '../../views/sources/maskedView';
import {checkMasks} from './checkMasks';
import {type Asked, decoder, type DecoderSize, type Known, twoThirdsOf} from './decoder';
import {normalizedPixelTarget, type PatchTarget} from './patchTarget';
import {reconstructionOf, type Reconstructs} from './reconstruction';
import type {Tokenizer, TokenizerState} from './tokenizer';
import {xavierStart} from './xavierStart';

/** Options of {@link mae}. */
export interface MaeOptions {
  /**
   * The paper's has fixed positions and a class token, which the decoder sees; its `pool` says what
   * evaluation is given: the class token, or the mean over patches.
   */
  backbone: Vit;
  /**
   * @default two thirds of the backbone's width, in heads of 32 channels, and of its depth: the
   * paper's 512 and 8 for ViT-B
   */
  decoder?: DecoderSize;
  /**
   * What is said of a hidden patch: values, or with a {@link tokenizer} which of its tokens it is.
   * @default normalizedPixelTarget, the best of the paper's table 1d; its other ablations have
   * pixelTarget
   */
  target?: PatchTarget | Tokenizer;
  /**
   * Whether mask tokens stand in the encoder, in the place of hidden patches, and the decoder gets
   * what becomes of them in place of a mask token of its own: the upper row of the paper's table
   * 1c.
   * @default false
   */
  maskTokenInEncoder?: boolean;
}

/**
 * `mask_token` [1, 1, width of the backbone] is that of the encoder; the decoder has one of its own
 * where the encoder has none.
 */
export type MaeParams = {backbone: Params; decoder: Params; mask_token?: tf.Tensor};
/** The tokenizer's, where the target is tokens; else empty. */
export type MaeState = {} | {tokenizer: TokenizerState};
/**
 * Of the hidden patches [n, m, d], or of all where mask tokens stand in the encoder: what is said,
 * and the target, which is [n, m, 1] where it is tokens; the embedding of what was visible [n,
 * width].
 */
export type MaeOutputs = {prediction: tf.Tensor3D; target: tf.Tensor3D; embedding: tf.Tensor2D};

export interface Mae extends Method<MaskedView, MaeParams, MaeState, MaeOutputs>, Reconstructs<MaeParams> {
  /** The first half of a step: what the encoder makes of the visible patches. */
  encode(params: MaeParams, view: tf.Tensor4D, masks: Masks, mode: Mode): VitTokens;
  /**
   * The second half: what is said of the hidden patches [n, m, d], and where they are; of all, with
   * `valid` 1 for the hidden ones, where mask tokens stand in the encoder.
   */
  decode(
    params: MaeParams,
    tokens: Pick<VitTokens, 'patches' | 'prefix'>,
    masks: Masks,
    grid: Grid,
    mode: Mode,
  ): {prediction: tf.Tensor3D; hidden: Asked};
}

/**
 * The loss is the mean squared difference over the hidden patches, in the target's units squared: 1
 * for normalized pixels of which only the mean is said; the cross-entropy of tokens, log K at the
 * start. Biases and parameters of norms do not decay. Linear weights start as Xavier's, the
 * backbone's too: see `xavierStart`.
 * Masks that keep another number of patches in each image cost time, for rows are filled up: {@link
 * MaskStrategy} says which do.
 *
 * @example
 * ```ts
 * import {cropFlipViews, drawnEmoji, mae, maskedView, randomMask, vit} from 'ssl-workbench';
 * const dataset = await drawnEmoji({size: 32});
 * const {mean, standardDeviation} = dataset;
 * const recipe = cropFlipViews({size: 32, mean, standardDeviation});
 * const source = maskedView({dataset, recipe, mask: randomMask({grid: [8, 8], ratio: 0.75})});
 * const method = mae({
 *   backbone: vit({size: 'nano', patch: 4, pool: 'mean', classToken: true, positions: 'sinCos'}),
 * });
 * ```
 */
export function mae({
  backbone: f,
  decoder: size = twoThirdsOf(f),
  target = normalizedPixelTarget,
  maskTokenInEncoder = false,
}: MaeOptions): Mae {
  const [values, tokenizer] = 'tokens' in target ? [undefined, target] : [target, undefined];
  check(
    !tokenizer || tokenizer.patch === f.patch,
    'mae',
    `expected a tokenizer of the backbone's patches of ${f.patch} px, got one of ${tokenizer?.patch} px`,
  );
  const decoding = decoder({
    ...size,
    inputs: f.width,
    outputs: values ? values.width(f.patch, f.channels) : tokenizer.vocabulary,
  });

  const encode: Mae['encode'] = ({backbone, mask_token: maskToken}, view, masks, mode) => {
    checkMasks('mae', view, f.grid(view), masks);
    return f.tokens(
      backbone,
      view,
      inside(mode, 'backbone'),
      maskTokenInEncoder ? {masked: masks.masked, maskToken} : {kept: masks.kept, valid: masks.valid},
    );
  };
  /** What the decoder is given, and what it is asked for. */
  const questions = (
    {patches, prefix}: Pick<VitTokens, 'patches' | 'prefix'>,
    masks: Masks,
  ): {known: Known; asked?: Asked} => {
    if (!maskTokenInEncoder)
      return {known: {patches, prefix, kept: masks.kept, valid: masks.valid}, asked: hiddenOf(masks)};
    const [n, l] = patches.shape;
    return {known: {patches, prefix, kept: tf.range(0, l, 1, 'int32').expandDims(0).tile([n, 1])}};
  };
  const decode: Mae['decode'] = ({decoder: params}, tokens, masks, grid, mode) => {
    const {known, asked} = questions(tokens, masks);
    const inner = inside(mode, 'decoder');
    return asked
      ? {prediction: decoding.apply(params, known, asked, grid, inner), hidden: asked}
      : {
          prediction: decoding.everywhere(params, known, asked, grid, inner).known,
          hidden: {places: known.kept, valid: masks.masked},
        };
  };

  return {
    init: key =>
      tf.tidy(() => {
        const started = xavierStart(
          {decoder: decoding.init(fold(key, 'decoder')), backbone: f.init(fold(key, 'backbone'))},
          fold(key, 'xavier'),
        );
        const {
          backbone,
          decoder: {mask_token: own, ...rest},
        } = started;
        return maskTokenInEncoder
          ? {backbone, decoder: rest, mask_token: normal(fold(key, 'mask_token'), [1, 1, f.width]).mul(0.02)}
          : {backbone, decoder: started.decoder};
      }),
    encode,
    decode,
    ...(tokenizer && {
      initState: () => ({tokenizer: tokenizer.initState()}),
      beforeEpoch: async (_params: MaeParams, state: MaeState, tools: EpochTools) => ({
        tokenizer: await tokenizer.beforeEpoch(stateOf(state), tools),
      }),
    }),
    loss(params, {view, masks}, state, {key}) {
      const tokens = encode(params, view, masks, {key});
      const {prediction, hidden} = decode(params, tokens, masks, f.grid(view), {key});
      const whole = values
        ? values.of(view, f.patch)
        : // [n, l, d or 1]
          tokenizer.tokens(stateOf(state), view).toFloat().expandDims<tf.Tensor3D>(2);
      const own = tokensAt(whole, hidden.places); // [n, m, d or 1]
      const loss = values
        ? tokenDistance(prediction, own, {distance: 'squared', counted: hidden.valid})
        : crossEntropy(prediction.reshape([-1, tokenizer.vocabulary]), own.toInt().flatten(), {
            weights: hidden.valid?.flatten(),
          });
      return {loss, outputs: {prediction, target: own, embedding: tokens.embedding}};
    },
    reconstruct: (params, view, masks) =>
      tf.tidy(() => {
        const paint = values?.paint;
        check(
          paint !== undefined,
          'mae',
          'expected a target of pixels to reconstruct, got one that pixels do not follow from: take ' +
            'pixelTarget or normalizedPixelTarget',
        );
        const grid = f.grid(view);
        const {known, asked} = questions(encode(params, view, masks, {}), masks);
        const said = decoding.everywhere(params.decoder, known, asked, grid, {});
        return reconstructionOf(
          view,
          paint(asked ? inOrder(known, asked, said as Required<typeof said>) : said.known, view, f.patch),
          masks,
          grid,
          f.patch,
        );
      }),
    embed: ({backbone}, _state, images, mode) => ({embedding: f.apply(backbone, images, inside(mode, 'backbone'))}),
    rule: (_name, _step, {rank}) => ({decay: rank > 1 ? 1 : 0}),
  };
}

const stateOf = (state: MaeState) => (state as {tokenizer: TokenizerState}).tokenizer;

/**
 * Places of the masked patches, ascending: of one number where all images keep the same, else
 * filled up.
 */
function hiddenOf({masked, kept, valid}: Masks): Asked {
  const {kept: places, valid: counted} = masksOf(
    tf.sub(1, masked) as tf.Tensor2D,
    valid ? undefined : masked.shape[1] - kept.shape[1],
  );
  return {places, valid: counted};
}

/** What is said of known and hidden patches, in the order of the image: [n, l, d]. */
function inOrder(known: Known, asked: Asked, said: {known: tf.Tensor3D; asked: tf.Tensor3D}): tf.Tensor3D {
  const beyond = (places: tf.Tensor2D, valid?: tf.Tensor2D) =>
    // what only fills up a row comes last
    valid ? places.add<tf.Tensor2D>(tf.sub(1, valid).mul(1e6)) : places.toFloat();
  const places = tf.concat([beyond(known.kept, known.valid), beyond(asked.places, asked.valid)], 1);
  // without filling, each place stands in one of both
  const l = known.valid ? asked.places.shape[1] : places.shape[1];
  return tokensAt(tf.concat([said.known, said.asked], 1), ascending(places).slice([0, 0], [-1, l]));
}
