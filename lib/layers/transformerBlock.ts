// One block of a transformer: tokens look at each other, then each is changed on its own; both are
// added to what came in. Vaswani et al. 2017, arXiv:1706.03762, with the norms before the branches:
// Dosovitskiy et al. 2021, arXiv:2010.11929, eq. 2 and 3; parameters as in timm's Block.

import {fold} from '../engine/random';
import {tf} from '../engine/tf';
import {inside, type Mode, type Module, type Params} from '../module';
import {attention, type Attended} from './attention';
import {gelu} from './gelu';
import {normalOf} from './initial';
import {layerNorm} from './layerNorm';
import {layerScale} from './layerScale';
import {linear} from './linear';
import {initialParts, run} from './parts';
import {stochasticDepth} from './stochasticDepth';

type Layer = Module<tf.Tensor3D, tf.Tensor3D>;

/** Options of {@link transformerBlock}. */
export interface TransformerBlockOptions {
  heads: number;
  /**
   * What the factors on both branches start with, see {@link layerScale}; without it there are
   * none.
   */
  scale?: number;
  /**
   * Share of the images for which a branch is skipped while training, each branch on its own, see
   * {@link stochasticDepth}.
   * @default 0
   */
  skip?: number;
  /** Of both norms, see {@link layerNorm}. @default 1e-6 */
  epsilon?: number;
}

/** From tokens [n, l, width] to the same shape. */
export interface TransformerBlock extends Layer {
  /** What `apply` returns, and the weights of its attention. `valid` as in {@link Attention}. */
  attend(params: Params, x: tf.Tensor3D, mode: Mode, valid?: tf.Tensor2D): Attended;
}

const initial = normalOf(0.02); // timm truncates it, at 100 deviations

/**
 * Parts `norm1`, `attn`, `norm2`, `mlp` with `fc1` and `fc2`, and with `scale` `ls1` and `ls2`. The
 * hidden layer is four times as wide, its GELU by the error function.
 */
export function transformerBlock(
  width: number,
  {heads, scale, skip = 0, epsilon}: TransformerBlockOptions,
): TransformerBlock {
  const attn = attention(width, {heads, initial});
  const norm = layerNorm(width, {epsilon});
  const layers: Record<string, Layer> = {norm1: norm, attn, norm2: norm, mlp: feedForward(width, 4 * width)};
  const parts =
    scale === undefined ? layers : {...layers, ls1: layerScale(width, scale), ls2: layerScale(width, scale)};
  /** What the branch 1 or 2 adds. */
  const branch = (params: Params, number: 1 | 2, y: tf.Tensor3D, mode: Mode) =>
    stochasticDepth(
      scale === undefined ? y : run(parts, `ls${number}`, params, y, mode),
      skip,
      skip > 0 && mode.key ? fold(mode.key, `drop_path${number}`) : undefined,
    );
  const attend = (params: Params, x: tf.Tensor3D, mode: Mode, valid?: tf.Tensor2D): Attended =>
    tf.tidy(() => {
      const {tokens, weights} = attn.attend(
        params.attn as Params,
        run(parts, 'norm1', params, x, mode),
        inside(mode, 'attn'),
        valid,
      );
      const y = x.add<tf.Tensor3D>(branch(params, 1, tokens, mode));
      return {
        tokens: y.add(branch(params, 2, run(parts, 'mlp', params, run(parts, 'norm2', params, y, mode), mode), mode)),
        weights,
      };
    });
  return {
    width,
    init: key => initialParts(parts, key),
    attend,
    apply: (params, x, mode) => tf.tidy(() => attend(params, x, mode).tokens),
  };
}

/** Two linear layers with GELU between them. */
function feedForward(width: number, hidden: number): Layer {
  const parts = {
    fc1: linear<tf.Tensor3D>(width, hidden, {initial}),
    fc2: linear<tf.Tensor3D>(hidden, width, {initial}),
  };
  return {
    width,
    init: key => initialParts(parts, key),
    apply: (params, x, mode) =>
      tf.tidy(() => run(parts, 'fc2', params, gelu(run(parts, 'fc1', params, x, mode)), mode)),
  };
}
