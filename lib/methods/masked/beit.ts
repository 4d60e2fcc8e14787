// BEiT: the discrete tokens of masked patches are predicted from the patches that are left.
// Bao et al. 2022, "BEiT: BERT Pre-Training of Image Transformers", arXiv:2106.08254;
// microsoft/unilm, beit/engine_for_pretraining.py and beit/modeling_pretrain.py. Differs from the
// paper: tokens come of a tokenizer that is fitted to the data set, see tokenizer.ts, and the
// transformer is the one given: absolute positions, and no smaller start of later blocks.

import type {Vit} from '../../backbones/vit';
import {check} from '../../check';
import {normal, split} from '../../engine/random';
import type {tf} from '../../engine/tf';
import {normalOf} from '../../layers/initial';
import {linear} from '../../layers/linear';
import {crossEntropy} from '../../losses/crossEntropy';
import {inside, type Method, type Params} from '../../module';
import type {MaskedView} from '../../views/sources/maskedView';
import type {Tokenizer, TokenizerState} from './tokenizer';

/** Options of {@link beit}. */
export interface BeitOptions {
  backbone: Vit;
  tokenizer: Tokenizer;
}

export type BeitParams = {backbone: Params; mask_token: tf.Tensor3D; lm_head: Params};
export type BeitState = {tokenizer: TokenizerState};
/**
 * Of all patches of the view, masked or not: their tokens [n, l] int32, and the logits [n, l, K].
 * `accuracy` is the share of the masked ones whose token is the likeliest.
 */
export type BeitOutputs = {tokens: tf.Tensor2D; logits: tf.Tensor3D; accuracy: tf.Scalar};

/**
 * The encoder sees a mask token in the place of a masked patch; the paper's masks are
 * `blockMask({grid})`. Biases, norms, class token and positions do not decay.
 */
export function beit({backbone: f, tokenizer}: BeitOptions): Method<MaskedView, BeitParams, BeitState, BeitOutputs> {
  check(
    tokenizer.patch === f.patch,
    'beit',
    `expected a tokenizer of the backbone's patches of ${f.patch} px, got one of ${tokenizer.patch} px`,
  );
  const k = tokenizer.vocabulary;
  const head = linear<tf.Tensor3D>(f.width, k, {initial: normalOf(0.02)});
  return {
    init(key) {
      const [a, b, c] = split(key, 3);
      return {backbone: f.init(a!), mask_token: normal(b!, [1, 1, f.width]).mul(0.02), lm_head: head.init(c!)};
    },
    initState: () => ({tokenizer: tokenizer.initState()}),
    loss(params, {view, masks: {masked}}, state, {key}) {
      const tokens = tokenizer.tokens(state.tokenizer, view); // [n, l]
      check(
        `${masked.shape}` === `${tokens.shape}`,
        'beit',
        `expected masks [${tokens.shape}] of the patches, got [${masked.shape}]`,
      );
      const {patches} = f.tokens(params.backbone, view, inside({key}, 'backbone'), {
        masked,
        maskToken: params.mask_token,
      });
      const logits = head.apply(params.lm_head, patches, {}); // [n, l, K]
      const weights = masked.flatten(); // [n·l]
      const right = logits.argMax(2).equal(tokens).toFloat().flatten();
      return {
        loss: crossEntropy(logits.reshape([-1, k]), tokens.flatten(), {weights}),
        outputs: {tokens, logits, accuracy: right.mul(weights).sum().div(weights.sum())},
      };
    },
    beforeEpoch: async (_params, state, tools) => ({tokenizer: await tokenizer.beforeEpoch(state.tokenizer, tools)}),
    embed: (params, _state, images, mode) => ({embedding: f.apply(params.backbone, images, inside(mode, 'backbone'))}),
    rule: (name, _step, {rank}) => ({decay: rank > 1 && !/\.(cls_token|pos_embed)$/.test(name) ? 1 : 0}),
  };
}
