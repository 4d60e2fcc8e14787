// Says from the tokens of an image that are known what stands at places that are not: a narrow
// transformer, in which each place that is asked for starts as the same mask token, told apart by
// its position. He et al. 2022 (MAE), arXiv:2111.06377, sec. 3, the decoder; Assran et al. 2023
// (I-JEPA), arXiv:2301.08243, sec. 3, the predictor.

import type {Vit} from '../../backbones/vit';
import {check, whole} from '../../check';
import {fold, normal} from '../../engine/random';
import {tf} from '../../engine/tf';
import {normalOf} from '../../layers/initial';
import {layerNorm} from '../../layers/layerNorm';
import {linear} from '../../layers/linear';
import {initialParts, run} from '../../layers/parts';
import {sinCosPositions} from '../../layers/positions';
import {transformerBlock} from '../../layers/transformerBlock';
import type {Grid} from '../../masks/masks';
import {inside, type Key, type Mode, type Params} from '../../module';

/** A decoder's own size. */
export type DecoderSize = {
  /** A multiple of 4 and of `heads`. */
  width: number;
  /** Blocks. */
  depth: number;
  /**
   * Of the attention.
   * @default width/32, as the decoders of MAE and SdAE and I-JEPA's predictor for ViT-B have
   */
  heads?: number;
};

/**
 * Two thirds of a backbone's width, in heads of 32 channels, and of its depth: 512 and 8 for ViT-B,
 * as MAE and SdAE have.
 */
export const twoThirdsOf = ({width, depth}: Pick<Vit, 'width' | 'depth'>): DecoderSize => ({
  width: Math.max(32, 32 * Math.round(width / 48)),
  depth: Math.max(1, Math.round((depth * 2) / 3)),
});

/** Options of {@link decoder}. */
export type DecoderOptions = DecoderSize & {
  /** Width of the tokens that are known. */
  inputs: number;
  /** Values that it says of each place. */
  outputs: number;
};

/** What an encoder made of the tokens that it was shown. */
export type Known = {
  /** [n, k, inputs], of the places `kept` [n, k] int32. */
  patches: tf.Tensor3D;
  kept: tf.Tensor2D;
  /** [n, k]: 0 where a token only fills up the row. */
  valid?: tf.Tensor2D;
  /** Tokens without a place: the class token [n, p, inputs]. */
  prefix?: tf.Tensor3D;
};

/** Places that are asked for. */
export type Asked = {
  /** [n, m] int32. */
  places: tf.Tensor2D;
  /** [n, m]: 0 where a place only fills up the row. */
  valid?: tf.Tensor2D;
};

export interface Decoder {
  init(key: Key): Params;
  /**
   * @returns [n, m, outputs]: what it says of each place that is asked for, in their order. Known
   * places and those asked for see all of each other.
   */
  apply(params: Params, known: Known, asked: Asked, grid: Grid, mode: Mode): tf.Tensor3D;
  /**
   * @returns What it says of the known places, too: [n, k, outputs] in their order. Nothing need be
   * asked for: all tokens are known then.
   */
  everywhere(
    params: Params,
    known: Known,
    asked: Asked | undefined,
    grid: Grid,
    mode: Mode,
  ): {known: tf.Tensor3D; asked?: tf.Tensor3D};
}

/**
 * Parameters: `embed`, `mask_token` [1, 1, width], `blocks`, `norm`, `pred`. Positions are fixed
 * sines and cosines; a token without a place has none. Linear weights and the mask token start
 * normal of deviation 0.02.
 */
export function decoder({inputs, outputs, width, depth, heads = width / 32}: DecoderOptions): Decoder {
  whole('decoder', 'depth', depth);
  check(
    Number.isInteger(heads) && heads >= 1 && width % heads === 0 && width % 4 === 0,
    'decoder',
    `expected a width that is a multiple of 4 and of the heads (width/32 unless told), got ${width} and ${heads}`,
  );
  const initial = normalOf(0.02);
  const blocks = Array.from({length: depth}, () => transformerBlock(width, {heads}));
  const parts = {
    embed: linear<tf.Tensor3D>(inputs, width, {initial}),
    norm: layerNorm(width),
    pred: linear<tf.Tensor3D>(width, outputs, {initial}),
  };
  /**
   * All tokens behind the last block: those without a place, known ones, those that are asked for.
   */
  const attended = (
    params: Params,
    {patches, kept, valid, prefix}: Known,
    asked: Asked | undefined,
    [rows, columns]: Grid,
    mode: Mode,
  ) => {
    const positions = sinCosPositions(rows, columns, width);
    const at = (places: tf.Tensor2D) => tf.gather(positions, places); // [n, places, width]
    const embedded = (tokens: tf.Tensor3D) => run(parts, 'embed', params, tokens, mode);
    const groups = [
      ...(prefix ? [{tokens: embedded(prefix), valid: undefined}] : []),
      {tokens: embedded(patches).add<tf.Tensor3D>(at(kept)), valid},
      ...(asked
        ? [{tokens: at(asked.places).add<tf.Tensor3D>(params.mask_token as tf.Tensor3D), valid: asked.valid}]
        : []),
    ];
    const counted =
      valid || asked?.valid
        ? tf.concat(
            groups.map(
              ({
                tokens: {
                  shape: [n, l],
                },
                valid: ofGroup,
              }) => ofGroup ?? (tf.ones([n, l]) as tf.Tensor2D),
            ),
            1,
          )
        : undefined; // [n, p + k + m]
    const inner = inside(mode, 'blocks');
    return blocks.reduce(
      (x, block, i) =>
        block.attend((params.blocks as Params)[i] as Params, x, inside(inner, String(i)), counted).tokens,
      tf.concat(
        groups.map(({tokens}) => tokens),
        1,
      ),
    );
  };
  const said = (params: Params, x: tf.Tensor3D, mode: Mode) =>
    run(parts, 'pred', params, run(parts, 'norm', params, x, mode), mode);
  return {
    init: key =>
      tf.tidy(() => ({
        ...initialParts(parts, key),
        blocks: initialParts(Object.fromEntries(blocks.map((block, i) => [i, block])), fold(key, 'blocks')),
        mask_token: normal(fold(key, 'mask_token'), [1, 1, width]).mul(0.02),
      })),
    apply: (params, known, asked, grid, mode) =>
      tf.tidy(() => {
        const y = attended(params, known, asked, grid, mode);
        const [, m] = asked.places.shape;
        // token by token: the others need neither
        return said(params, y.slice([0, y.shape[1] - m, 0]), mode);
      }),
    everywhere: (params, known, asked, grid, mode) =>
      tf.tidy(() => {
        const y = said(params, attended(params, known, asked, grid, mode), mode);
        const [, k] = known.kept.shape;
        const first = known.prefix?.shape[1] ?? 0;
        return {known: y.slice([0, first, 0], [-1, k, -1]), ...(asked && {asked: y.slice([0, first + k, 0])})};
      }),
  };
}
