// Vision Transformer, with the parameter names of timm.
// Dosovitskiy et al. 2021, "An Image is Worth 16x16 Words: Transformers for Image Recognition at Scale", arXiv:2010.11929; timm/models/vision_transformer.py.

import {check} from '../check';
import {fold, normal} from '../engine/random';
import {tf} from '../engine/tf';
import {attention, type Attention} from '../layers/attention';
import {gelu} from '../layers/gelu';
import {normalOf} from '../layers/initial';
import {layerNorm} from '../layers/layerNorm';
import {linear} from '../layers/linear';
import {initialParts, run, sequence} from '../layers/parts';
import {patchEmbedding} from '../layers/patchEmbedding';
import {sinCosPositions} from '../layers/positions';
import {type Backbone, inside, type Mode, type Module, type Params} from '../module';

type Layer = Module<tf.Tensor3D, tf.Tensor3D>;

/** Heads have 64 channels. tiny and small: Touvron et al. 2021, "Training data-efficient image transformers", arXiv:2012.12877, table 1; base: Dosovitskiy et al. 2021, table 1; nano and micro: ours, for 32 px. */
const sizes = {
  nano: {width: 128, depth: 4, heads: 2},
  micro: {width: 192, depth: 6, heads: 3},
  tiny: {width: 192, depth: 12, heads: 3},
  small: {width: 384, depth: 12, heads: 6},
  base: {width: 768, depth: 12, heads: 12},
} as const;

export type VitSize = keyof typeof sizes;

export interface VitOptions {
  size: VitSize;
  /** Height and width of a patch, in pixels: 4 for images of 32 px, 16 for 224. */
  patch: number;
  /** What the embedding is: the output of a token of its own, 'token', or the mean over the patches' outputs; timm's `global_pool` 'token', and 'avg' without a class token. @default 'token' */
  pool?: 'token' | 'mean';
  /** One vector for each place that is learned, or fixed sines and cosines (MAE's), for images of any size. @default 'learned' */
  positions?: 'learned' | 'sinCos';
  /** Height and width of the images, in pixels. Learned positions need it. */
  image?: number;
  /** Colour channels of the images. @default 3 */
  channels?: number;
}

export interface Vit extends Backbone {
  /**
   * Where the class token looks in the last block: Caron et al. 2021 (DINO), arXiv:2104.14294, fig. 1.
   *
   * @param images As `apply` takes them.
   * @returns [n, heads, h/patch, w/patch]: of each head the attention on each patch. What the token keeps for itself is left out, so that a head's map sums to less than 1.
   * @throws RangeError when there is no class token.
   */
  attentionMaps(params: Params, images: tf.Tensor4D): tf.Tensor4D;
}

/** Without its classifier. Pre-norm blocks, GELU by the error function. Starts like timm's: linear weights and positions normal of deviation 0.02. */
export function vit({size, patch, pool = 'token', positions = 'learned', image = 0, channels = 3}: VitOptions): Vit {
  check(size in sizes, 'vit', `expected size ${Object.keys(sizes).join(', ')}, got '${size}'`);
  check(pool === 'token' || pool === 'mean', 'vit', `expected pool 'token' or 'mean', got '${pool}'`);
  check(positions === 'learned' || positions === 'sinCos', 'vit', `expected positions 'learned' or 'sinCos', got '${positions}'`);
  check(positions === 'sinCos' || image > 0 && image % patch === 0, 'vit', `expected the size of the images, a multiple of the patch of ${patch} px, to learn positions for, got ${image}`);
  const {width, depth, heads} = sizes[size];
  const extra = pool === 'token' ? 1 : 0;
  const patchEmbed = patchEmbedding(channels, patch, width);
  const layers = Array.from({length: depth}, () => block(width, heads));
  const [blocks, allButLast] = [sequence<tf.Tensor3D>(layers), sequence<tf.Tensor3D>(layers.slice(0, -1))];
  const [lastName, last] = [pool === 'token' ? 'norm' : 'fc_norm', layerNorm<tf.Tensor2D>(width)];
  /** What the first block is given: [n, extra + l, width]. */
  const tokensOf = (params: Params, images: tf.Tensor4D, mode: Mode) => {
    const [n, h, w] = images.shape;
    check(positions === 'sinCos' || h === image && w === image, 'vit', `expected images of ${image} px, whose positions are learned, got [${images.shape}]: take positions 'sinCos' for crops of several sizes`);
    const places = positions === 'sinCos' ? sinCosPositions(h / patch, w / patch, width).pad([[extra, 0], [0, 0]]) : params.pos_embed as tf.Tensor3D;
    const patchTokens = run({patch_embed: patchEmbed}, 'patch_embed', params, images, mode);            // [n, l, width]
    const tokens = extra ? tf.concat([tf.broadcastTo(params.cls_token as tf.Tensor3D, [n, 1, width]), patchTokens], 1) : patchTokens;
    return tokens.add(places) as tf.Tensor3D;
  };
  return {
    width,
    init: key => tf.tidy(() => ({
      ...initialParts({patch_embed: patchEmbed, blocks, [lastName]: last}, key),
      ...(extra && {cls_token: normal(fold(key, 'cls_token'), [1, 1, width]).mul(1e-6)}),
      ...(positions === 'learned' && {pos_embed: normal(fold(key, 'pos_embed'), [1, (image / patch) ** 2 + extra, width]).mul(0.02)}),
    })),
    apply: (params, images, mode) => tf.tidy(() => {
      const [n] = images.shape;
      const y = run({blocks}, 'blocks', params, tokensOf(params, images, mode), mode);
      const embedding = extra ? y.slice([0, 0, 0], [n, 1, width]).reshape([n, width]) : y.mean(1);      // [n, width]
      return run({[lastName]: last}, lastName, params, embedding as tf.Tensor2D, mode);                 // token by token: the others need none
    }),
    attentionMaps: (params, images) => tf.tidy(() => {
      check(extra === 1, 'attentionMaps', `expected a class token, got a transformer whose embedding is the mean over patches: take pool 'token'`);
      const [n, h, w] = images.shape;
      const x = run({blocks: allButLast}, 'blocks', params, tokensOf(params, images, {}), {});
      const weights = layers.at(-1)!.weights((params.blocks as Params)[String(depth - 1)] as Params, x, {});   // [n, heads, 1 + l, 1 + l]
      return weights.slice([0, 0, 0, 1], [-1, -1, 1, -1]).reshape([n, heads, h / patch, w / patch]);
    }),
  };
}

const initial = normalOf(0.02);   // timm truncates it, at 100 deviations

/** x + attention(norm(x)), then the same with two linear layers in place of the attention. `weights` are those of the attention. */
function block(width: number, heads: number): Layer & Pick<Attention, 'weights'> {
  const attn = attention(width, {heads, initial});
  const parts = {norm1: layerNorm(width), attn, norm2: layerNorm(width), mlp: feedForward(width, 4 * width)};
  return {
    width,
    init: key => initialParts(parts, key),
    weights: (params, x, mode) => tf.tidy(() => attn.weights(params.attn as Params, run(parts, 'norm1', params, x, mode), inside(mode, 'attn'))),
    apply: (params, x, mode) => tf.tidy(() => {
      const y = x.add(run(parts, 'attn', params, run(parts, 'norm1', params, x, mode), mode)) as tf.Tensor3D;
      return y.add(run(parts, 'mlp', params, run(parts, 'norm2', params, y, mode), mode)) as tf.Tensor3D;
    }),
  };
}

/** Two linear layers with GELU between them. */
function feedForward(width: number, hidden: number): Layer {
  const parts = {fc1: linear<tf.Tensor3D>(width, hidden, {initial}), fc2: linear<tf.Tensor3D>(hidden, width, {initial})};
  return {
    width,
    init: key => initialParts(parts, key),
    apply: (params, x, mode) => tf.tidy(() => run(parts, 'fc2', params, gelu(run(parts, 'fc1', params, x, mode)), mode)),
  };
}
