// Hides rectangles until a share of the tokens is masked.
// Bao et al. 2022, "BEiT: BERT Pre-Training of Image Transformers", arXiv:2106.08254, algorithm 1;
// microsoft/unilm, beit/masking_generator.py. For a ratio that differs from image to image, Zhou et
// al. 2022 (iBOT), arXiv:2111.07832; bytedance/ibot, loader.py, which AttMask shares.

import {check} from '../check';
import {numbers} from '../engine/numbers';
import {tf} from '../engine/tf';
import {checkProbability, ratioBounds, tokenCount} from './checks';
import {masksOf, type Grid, type MaskStrategy} from './masks';

/** Options of {@link blockMask}. */
export interface BlockMaskOptions {
  grid: Grid;
  /**
   * Share of tokens that may be masked, above 0 and below 1; of a range each image draws its own,
   * as iBOT's [0.1, 0.5].
   * @default 75/196, BEiT's 75 tokens of a 14 × 14 grid
   */
  ratio?: number | readonly [smallest: number, largest: number];
  /**
   * Area in tokens from which on a block is drawn, from 1.
   * @default ⌊shorter side / 3⌋², which is iBOT's and AttMask's, and on a 14 × 14 grid the 16 of
   * BEiT's command line, where its generator on its own has 4; never more than the smallest ratio
   * asks for
   */
  minimum?: number;
  /**
   * The narrowest block, height to width or width to height, above 0 and at most 1.
   * @default 0.3
   */
  aspect?: number;
  /** Of an image to be masked at all, above 0 and at most 1; iBOT's is 0.5. @default 1 */
  probability?: number;
  /**
   * Whether single tokens, drawn at random, fill up what the blocks leave: every image then masks
   * ⌊l · ratio⌋ tokens, which an encoder that skips them can use. Needs one ratio, and probability
   * 1.
   * @default false
   */
  exact?: boolean;
}

/** A rectangle of tokens. */
export type Block = {top: number; left: number; height: number; width: number};

/**
 * Draws blocks, on the host, until l · ratio tokens are masked or ten draws in a row bring none
 * that fits: a block is lower and narrower than the grid, and adds at least one token and no more
 * than are left.
 *
 * @returns Masks of at most l · ratio tokens, with `valid` unless `exact`.
 * @throws RangeError when an option is out of range, or the ratio asks for fewer tokens than the
 * smallest block has.
 */
export function blockMask({
  grid,
  ratio = 75 / 196,
  minimum: asked,
  aspect = 0.3,
  probability = 1,
  exact = false,
}: BlockMaskOptions): MaskStrategy<{masked: tf.Tensor2D}> {
  const l = tokenCount('blockMask', grid);
  const [smallest, largest] = ratioBounds('blockMask', ratio);
  const minimum = asked ?? Math.max(1, Math.min(Math.floor(Math.min(...grid) / 3) ** 2, Math.floor(l * smallest)));
  check(aspect > 0 && aspect <= 1, 'blockMask', `expected an aspect above 0 and at most 1, got ${aspect}`);
  check(
    minimum >= 1 && minimum <= l * smallest + ROUNDING,
    'blockMask',
    `expected a smallest block from 1 token to the ${l * smallest} that a ratio of ${smallest} asks for, ` +
      `got ${minimum}`,
  );
  checkProbability('blockMask', probability);
  check(
    !exact || (smallest === largest && probability === 1),
    'blockMask',
    `expected one ratio and probability 1 for an exact count, got [${smallest}, ${largest}] and ${probability}`,
  );
  const most = Math.floor(l * smallest + ROUNDING);
  return {
    grid,
    host: {
      inputs: {masked: {dtype: 'float32', shape: [null, l]}},
      draw(n, seed) {
        const next = numbers(seed);
        const masked = new Float32Array(n * l);
        for (let i = 0; i < n; i++) {
          if (probability < 1 && next() >= probability) continue;
          const own = masked.subarray(i * l, (i + 1) * l);
          drawBlocks(
            own,
            grid,
            {target: l * (smallest + (largest - smallest) * (smallest < largest ? next() : 0)), minimum, aspect},
            next,
          );
          if (exact) fillUp(own, most, next);
        }
        return {masked: tf.tensor2d(masked, [n, l])};
      },
    },
    draw: (_key, _n, {masked}) => masksOf(masked, exact ? l - most : undefined),
  };
}

/** So that 75/196 of 196 tokens are 75 in floating point, too. */
const ROUNDING = 1e-9;

/**
 * Masks blocks in `masked` [l], where nothing is masked.
 *
 * @param next The next random number from [0, 1).
 * @returns The blocks, in the order in which they were drawn.
 */
export function drawBlocks(
  masked: Float32Array,
  grid: Grid,
  {target, minimum, aspect}: {target: number; minimum: number; aspect: number},
  next: () => number,
): Block[] {
  const blocks: Block[] = [];
  for (let left = target + ROUNDING; left >= 1;) {
    const added = drawBlock(masked, grid, {most: left, minimum, aspect}, next);
    if (!added) break;
    blocks.push(added.block);
    left -= added.tokens;
  }
  return blocks;
}

function drawBlock(
  masked: Float32Array,
  [rows, columns]: Grid,
  {most, minimum, aspect}: {most: number; minimum: number; aspect: number},
  next: () => number,
): {block: Block; tokens: number} | undefined {
  for (let attempt = 0; attempt < 10; attempt++) {
    const area = minimum + (most - minimum) * next();
    // height to width, its logarithm even from ln aspect to −ln aspect
    const ratio = Math.exp(Math.log(aspect) * (1 - 2 * next()));
    const [height, width] = [Math.round(Math.sqrt(area * ratio)), Math.round(Math.sqrt(area / ratio))];
    if (height >= rows || width >= columns) continue;
    const block = {
      top: Math.floor(next() * (rows - height + 1)),
      left: Math.floor(next() * (columns - width + 1)),
      height,
      width,
    };
    const tokens = height * width - count(masked, columns, block);
    if (tokens < 1 || tokens > most) continue;
    for (let row = block.top; row < block.top + height; row++)
      masked.fill(1, row * columns + block.left, row * columns + block.left + width);
    return {block, tokens};
  }
  return undefined;
}

/** Masked tokens of a block. */
function count(masked: Float32Array, columns: number, {top, left, height, width}: Block): number {
  let sum = 0;
  for (let row = top; row < top + height; row++)
    for (let i = row * columns + left; i < row * columns + left + width; i++) sum += masked[i]!;
  return sum;
}

/** Masks tokens at random until `most` are. */
function fillUp(masked: Float32Array, most: number, next: () => number): void {
  const open: number[] = [];
  masked.forEach((value, i) => value === 0 && open.push(i));
  while (masked.length - open.length < most) {
    const at = Math.floor(next() * open.length);
    masked[open[at]!] = 1;
    open[at] = open.at(-1)!;
    open.pop();
  }
}
