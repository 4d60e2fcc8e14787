// Vision Transformer, with the parameter names of timm.
// Dosovitskiy et al. 2021, "An Image is Worth 16x16 Words: Transformers for Image Recognition at
// Scale", arXiv:2010.11929; timm/models/vision_transformer.py. Registers: Darcet et al. 2024,
// "Vision Transformers Need Registers", arXiv:2309.16588.

import {check, whole} from '../check';
import {fold, normal} from '../engine/random';
import {tf} from '../engine/tf';
import {layerNorm} from '../layers/layerNorm';
import {chain, initialParts, run, sequence} from '../layers/parts';
import {patchEmbedding} from '../layers/patchEmbedding';
import {sinCosPositions} from '../layers/positions';
import {tokensAt} from '../layers/tokensAt';
import {transformerBlock} from '../layers/transformerBlock';
import type {Grid} from '../masks/masks';
import {type Backbone, inside, type Mode, type Module, type Params} from '../module';

/**
 * Heads have 64 channels, those of huge 80. tiny and small: Touvron et al. 2021, "Training
 * data-efficient image transformers", arXiv:2012.12877, table 1; base, large and huge: Dosovitskiy
 * et al. 2021, table 1; nano and micro: ours, for 32 px.
 */
export const vitSizes = {
  nano: {width: 128, depth: 4, heads: 2},
  micro: {width: 192, depth: 6, heads: 3},
  tiny: {width: 192, depth: 12, heads: 3},
  small: {width: 384, depth: 12, heads: 6},
  base: {width: 768, depth: 12, heads: 12},
  large: {width: 1024, depth: 24, heads: 16},
  huge: {width: 1280, depth: 32, heads: 16},
} as const;

/** Of {@link vitSizes}. */
export type VitSize = keyof typeof vitSizes;

/** Options of {@link vit}. */
export interface VitOptions {
  size: VitSize;
  /** Height and width of a patch, in pixels: 4 for images of 32 px, 16 for 224. */
  patch: number;
  /**
   * What the embedding is: the output of a token of its own, 'token', or the mean over the patches'
   * outputs; timm's `global_pool` 'token' and 'avg'.
   * @default 'token'
   */
  pool?: 'token' | 'mean';
  /**
   * Whether there is a class token. MAE's encoder has one also where the mean over patches is the
   * embedding.
   * @default true with pool 'token', else false
   */
  classToken?: boolean;
  /**
   * Tokens without a place that are learned too, to keep what belongs to no patch; timm's
   * `reg_tokens`. DINOv2 has none or 4.
   * @default 0
   */
  registers?: number;
  /**
   * One vector for each place that is learned, or fixed sines and cosines (MAE's), for images of
   * any size. The class token has one of its own where positions are learned and there are no
   * registers, as in DINO; with registers neither has, timm's `no_embed_class`.
   * @default 'learned'
   */
  positions?: 'learned' | 'sinCos';
  /** Height and width of the images, in pixels. Learned positions need it. */
  image?: number;
  /** Color channels of the images. @default 3 */
  channels?: number;
  /**
   * What the factors on the residual branches start with, see {@link layerScale}; without it there
   * are none. DINOv2: 1e-5
   */
  layerScale?: number;
  /**
   * Whether a norm stands before the first block too, timm's `norm_pre`, as in CLIP's image
   * encoder: Radford et al. 2021, arXiv:2103.00020, sec. 2.4. As there, the patch embedding then
   * has no bias, and every norm adds 1e-5 to the variance in place of 1e-6.
   * @default false
   */
  preNorm?: boolean;
  /**
   * Share of the images for which the last block's branches are skipped while training; from 0 at
   * the first block it grows evenly, timm's `drop_path_rate`.
   * @default 0
   */
  stochasticDepth?: number;
}

/** Options of {@link Vit}'s tokens. */
export interface VitTokensOptions {
  /**
   * [n, k] int32: the places of the patches that go through the blocks; the others are not
   * computed. Without it, all l.
   */
  kept?: tf.Tensor2D;
  /**
   * [n, k] float32, 0 where `kept` only fills up the row, else 1: no token looks there, and the
   * mean leaves it out. An image whose embedding is a mean must have a 1.
   */
  valid?: tf.Tensor2D;
  /**
   * [n, l] float32, 1 where `maskToken` stands in place of the patch; its position is added all the
   * same.
   */
  masked?: tf.Tensor2D;
  /** [1, 1, width] */
  maskToken?: tf.Tensor;
}

/**
 * What a transformer makes of a batch. A padded patch (`valid` 0) has numbers that mean nothing.
 */
export type VitTokens = {
  /**
   * [n, k or l, width], after the final norm. With pool 'mean' that is the norm of the embedding,
   * timm's `fc_norm`, token by token.
   */
  patches: tf.Tensor3D;
  /** [n, class token and registers, width], likewise; absent where there are none. */
  prefix?: tf.Tensor3D;
  /** [n, width], as `apply` returns it. */
  embedding: tf.Tensor2D;
  /**
   * After each block, before the norm: all tokens, the class token and the registers first, [n, t,
   * width].
   */
  layers: tf.Tensor3D[];
  /** [n, heads, t, t], how much each token takes of each in the last block. */
  attention: tf.Tensor4D;
};

export interface Vit extends Backbone {
  readonly patch: number;
  /** Color channels of the images. */
  readonly channels: number;
  /** Number of blocks. */
  readonly depth: number;
  readonly heads: number;
  readonly classToken: boolean;
  readonly registers: number;
  readonly pool: 'token' | 'mean';
  readonly positions: 'learned' | 'sinCos';
  /** Patches of the images, in rows and columns. */
  grid(images: tf.Tensor4D): Grid;
  /**
   * All that `apply` computes on its way.
   *
   * @param images As `apply` takes them.
   */
  tokens(params: Params, images: tf.Tensor4D, mode: Mode, options?: VitTokensOptions): VitTokens;
  /**
   * Where the class token looks in the last block: Caron et al. 2021 (DINO), arXiv:2104.14294, fig.
   * 1.
   *
   * @param images As `apply` takes them.
   * @returns [n, heads, h/patch, w/patch], of each head the attention on each patch. What the token
   * keeps for itself and gives to registers is left out, so that a head's map sums to less than 1.
   * @throws RangeError when there is no class token.
   */
  attentionMaps(params: Params, images: tf.Tensor4D): tf.Tensor4D;
}

/**
 * Without its classifier. Pre-norm blocks, GELU by the error function. Starts like timm's: linear
 * weights and positions normal of deviation 0.02.
 *
 * @example
 * ```ts
 * import {key, tf, vit} from 'ssl-workbench';
 * const backbone = vit({size: 'nano', patch: 4, image: 32, pool: 'mean'});
 * const params = backbone.init(key(0));
 * const embeddings = backbone.apply(params, tf.zeros([2, 32, 32, 3]), {}); // [2, 128]
 * ```
 */
export function vit({
  size,
  patch,
  pool = 'token',
  classToken = pool === 'token',
  registers = 0,
  positions = 'learned',
  image = 0,
  channels = 3,
  layerScale,
  preNorm = false,
  stochasticDepth = 0,
}: VitOptions): Vit {
  check(size in vitSizes, 'vit', `expected size ${Object.keys(vitSizes).join(', ')}, got '${size}'`);
  check(pool === 'token' || pool === 'mean', 'vit', `expected pool 'token' or 'mean', got '${pool}'`);
  check(
    classToken || pool === 'mean',
    'vit',
    `expected a class token for pool 'token', got classToken ${classToken}: take pool 'mean'`,
  );
  whole('vit', 'registers', registers, 0);
  check(
    positions === 'learned' || positions === 'sinCos',
    'vit',
    `expected positions 'learned' or 'sinCos', got '${positions}'`,
  );
  check(
    positions === 'sinCos' || (image > 0 && image % patch === 0),
    'vit',
    `expected the size of the images, a multiple of the patch of ${patch} px, to learn positions for, got ${image}`,
  );
  check(
    layerScale === undefined || layerScale > 0,
    'vit',
    `expected factors > 0 as layerScale to start with, got ${layerScale}`,
  );
  check(
    stochasticDepth >= 0 && stochasticDepth < 1,
    'vit',
    `expected stochasticDepth from 0 to below 1, got ${stochasticDepth}`,
  );
  const {width, depth, heads} = vitSizes[size];
  const extra = Number(classToken) + registers;
  // tokens before the patches, and those of them that have a learned position
  const placed = registers > 0 ? 0 : extra;
  const epsilon = preNorm ? 1e-5 : 1e-6;
  const patchEmbed = patchEmbedding(channels, patch, width, {bias: !preNorm});
  const layers = Array.from({length: depth}, (_, i) =>
    transformerBlock(width, {heads, scale: layerScale, skip: (stochasticDepth * i) / (depth - 1), epsilon}),
  );
  const last = layerNorm<tf.Tensor2D | tf.Tensor3D>(width, {epsilon});
  const lastName = pool === 'token' ? 'norm' : 'fc_norm';
  const first: Record<string, Module<tf.Tensor3D, tf.Tensor3D>> = preNorm
    ? {norm_pre: layerNorm(width, {epsilon})}
    : {};
  const gridOf = ({shape: [, h, w]}: tf.Tensor4D) => [h / patch, w / patch] as const;

  /** What the first block is given: [n, extra + k, width]. */
  const embed = (params: Params, images: tf.Tensor4D, {kept, valid, masked, maskToken}: VitTokensOptions) => {
    const [n, h, w] = images.shape;
    check(
      positions === 'sinCos' || (h === image && w === image),
      'vit',
      `expected images of ${image} px, whose positions are learned, got [${images.shape}]: take positions ` +
        `'sinCos' for crops of several sizes`,
    );
    const rows = (mask: tf.Tensor2D | undefined, columns: number) =>
      !mask || String(mask.shape) === String([n, columns]);
    check(
      rows(masked, (h * w) / patch ** 2),
      'vit',
      `expected masked [${[n, (h * w) / patch ** 2]}], got [${masked?.shape}]`,
    );
    check(
      rows(valid, kept?.shape[1] ?? (h * w) / patch ** 2),
      'vit',
      `expected valid of the shape of kept, or one for each patch, got [${valid?.shape}]`,
    );
    check(
      (masked === undefined) === (maskToken === undefined),
      'vit',
      `expected masked and maskToken together, got ${masked ? 'masked' : 'maskToken'} alone`,
    );
    const at = (x: tf.Tensor3D) => (kept ? tokensAt(x, kept) : x);
    const branch = params.patch_embed as Params;
    // [n, k, width]
    let x = kept ? patchEmbed.ofKept(branch, images, kept) : patchEmbed.apply(branch, images, {});
    if (masked) {
      const hidden = at(masked.expandDims<tf.Tensor3D>(2)); // [n, k, 1]
      x = x.mul(tf.sub(1, hidden)).add(hidden.mul(maskToken!));
    }
    // [1, placed + l, width]
    const learned = positions === 'learned' ? (params.pos_embed as tf.Tensor3D) : undefined;
    const places: tf.Tensor3D = learned
      ? learned.slice([0, placed, 0])
      : sinCosPositions(...gridOf(images), width).expandDims<tf.Tensor3D>(0);
    x = x.add(kept ? at(tf.broadcastTo(places, [n, places.shape[1], width])) : places);
    const prefix = [
      ...(classToken ? [params.cls_token] : []),
      ...(registers > 0 ? [params.reg_token] : []),
    ] as tf.Tensor3D[];
    if (learned && placed > 0) prefix[0] = prefix[0]!.add(learned.slice([0, 0, 0], [1, placed, width]));
    const before = prefix.map(token => tf.broadcastTo(token, [n, token.shape[1], width]));
    const all = tf.concat([...before, x], 1) as tf.Tensor3D;
    return chain<tf.Tensor3D>(first, params, all, {});
  };

  /** All blocks: what each gives, and the attention of the last. */
  const through = (params: Params, images: tf.Tensor4D, mode: Mode, options: VitTokensOptions = {}) => {
    const x = embed(params, images, options);
    const [n] = x.shape;
    const valid =
      // [n, extra + k]
      options.valid && extra > 0 ? (tf.concat([tf.ones([n, extra]), options.valid], 1) as tf.Tensor2D) : options.valid;
    const blocks = params.blocks as Params;
    const inner = inside(mode, 'blocks');
    const attended: tf.Tensor3D[] = [];
    let attention: tf.Tensor4D | undefined;
    for (const [i, layer] of layers.entries()) {
      const {tokens, weights} = layer.attend(
        blocks[i] as Params,
        attended.at(-1) ?? x,
        inside(inner, String(i)),
        valid,
      );
      attended.push(tokens);
      if (i === depth - 1) attention = weights;
      else weights.dispose();
    }
    return {layers: attended, attention: attention!};
  };

  const norm = <X extends tf.Tensor2D | tf.Tensor3D>(params: Params, x: X) =>
    run({[lastName]: last}, lastName, params, x, {}) as X;
  const patchesOf = (x: tf.Tensor3D) => (extra > 0 ? x.slice([0, extra, 0]) : x);
  const classOf = (x: tf.Tensor3D) => x.slice([0, 0, 0], [-1, 1, -1]).reshape([-1, width]) as tf.Tensor2D;
  const meanOf = (x: tf.Tensor3D, valid?: tf.Tensor2D) =>
    valid
      ? patchesOf(x).mul(valid.expandDims(2)).sum(1).div<tf.Tensor2D>(valid.sum(1, true))
      : patchesOf(x).mean<tf.Tensor2D>(1);

  return {
    width,
    patch,
    channels,
    depth,
    heads,
    classToken,
    registers,
    pool,
    positions,
    grid(images) {
      const [rows, columns] = gridOf(images);
      check(
        Number.isInteger(rows) && Number.isInteger(columns),
        'vit',
        `expected a height and a width that are multiples of the patch of ${patch} px, got [${images.shape}]`,
      );
      return [rows, columns];
    },
    init: key =>
      tf.tidy(() => ({
        ...initialParts({patch_embed: patchEmbed, blocks: sequence<tf.Tensor3D>(layers), [lastName]: last}, key),
        ...initialParts(first, key),
        ...(classToken && {cls_token: normal(fold(key, 'cls_token'), [1, 1, width]).mul(1e-6)}),
        ...(registers > 0 && {reg_token: normal(fold(key, 'reg_token'), [1, registers, width]).mul(1e-6)}),
        ...(positions === 'learned' && {
          pos_embed: normal(fold(key, 'pos_embed'), [1, (image / patch) ** 2 + placed, width]).mul(0.02),
        }),
      })),
    apply: (params, images, mode) =>
      tf.tidy(() => {
        const y = through(params, images, mode).layers.at(-1)!;
        // token by token: the others need none
        return norm(params, pool === 'token' ? classOf(y) : meanOf(y));
      }),
    tokens: (params, images, mode, options = {}) =>
      tf.tidy(() => {
        const {layers: outputs, attention} = through(params, images, mode, options);
        const y = outputs.at(-1)!;
        const normed = norm(params, y); // [n, extra + k, width]
        return {
          patches: patchesOf(normed),
          ...(extra > 0 && {prefix: normed.slice([0, 0, 0], [-1, extra, -1])}),
          embedding: pool === 'token' ? classOf(normed) : norm(params, meanOf(y, options.valid)),
          layers: outputs,
          attention,
        };
      }),
    attentionMaps: (params, images) =>
      tf.tidy(() => {
        check(classToken, 'attentionMaps', `expected a class token, got none: take pool 'token' or classToken true`);
        const {attention} = through(params, images, {}); // [n, heads, extra + l, extra + l]
        return attention.slice([0, 0, 0, extra], [-1, -1, 1, -1]).reshape([images.shape[0], heads, ...gridOf(images)]);
      }),
  };
}
