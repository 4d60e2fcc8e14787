// Keeps one large block of an image as context and asks for several smaller ones, which are cut out
// of it. Assran et al. 2023 (I-JEPA), "Self-Supervised Learning from Images with a Joint-Embedding
// Predictive Architecture", arXiv:2301.08243, sec. 3 and fig. 4; facebookresearch/ijepa,
// src/masks/multiblock.py.

import {check} from '../check';
import {numbers} from '../engine/numbers';
import {tf} from '../engine/tf';
import {tokenCount} from './checks';
import type {MaskStrategy, TargetMasks} from './masks';
import {multiBlocks, tokensOf, type MultiBlocksOptions} from './multiBlocks';

/** Options of {@link multiBlockMask}. */
export interface MultiBlockMaskOptions extends MultiBlocksOptions {
  /**
   * Tokens that a context may have: the last ones of a larger one are dropped, and rows of `kept`
   * are as long as this. Contexts are smaller than the block by what targets take, and `truncate`
   * makes them smaller still: a bound near what is left, see maskStatistics, spares the encoder the
   * tokens that fill up its rows.
   * @default those of the largest context block
   */
  contextTokens?: number;
  /**
   * Whether the contexts of a batch are cut to the number of tokens of the smallest, and so are the
   * targets: the last tokens in the order of the grid are dropped. As the authors' code does.
   * @default true
   */
  truncate?: boolean;
}

export type MultiBlockInputs = {
  masked: tf.Tensor2D;
  kept: tf.Tensor2D;
  valid: tf.Tensor2D;
  targets: tf.Tensor3D;
  targetsValid: tf.Tensor3D;
};

/**
 * Drawn on the host, and filled up to the size of the largest blocks that the options allow:
 * `valid` and `targetsValid` say what counts.
 *
 * @returns Kept is the context; masked are all other tokens, those of the targets among them.
 * @throws RangeError when an option is out of range, a target block may have no more than `minimum`
 * tokens, or the targets leave no context; the last one when masks are drawn.
 */
export function multiBlockMask({
  grid,
  truncate = true,
  contextTokens,
  ...options
}: MultiBlockMaskOptions): MaskStrategy<MultiBlockInputs, TargetMasks> {
  const l = tokenCount('multiBlockMask', grid);
  const {draw: drawBlocks, least, most} = multiBlocks({grid, ...options});
  const {targets: t = 4} = options;
  const [contextMost, targetMost] = [contextTokens ?? most.context, most.target];
  check(
    Number.isInteger(contextMost) && contextMost > least && contextMost <= most.context,
    'multiBlockMask',
    `expected a context of more than ${least} tokens and at most ${most.context}, those of the largest ` +
      `block, got ${contextTokens}`,
  );
  return {
    grid,
    host: {
      inputs: {
        masked: {dtype: 'float32', shape: [null, l]},
        kept: {dtype: 'int32', shape: [null, contextMost]},
        valid: {dtype: 'float32', shape: [null, contextMost]},
        targets: {dtype: 'int32', shape: [null, t, targetMost]},
        targetsValid: {dtype: 'float32', shape: [null, t, targetMost]},
      },
      draw(n, seed) {
        const images = drawBlocks(n, numbers(seed));
        const contexts = cut(
          images.map(({kept}) => kept),
          contextMost,
          truncate,
        );
        const context = filledUp(contexts, contextMost, l);
        const target = filledUp(
          cut(
            images.flatMap(image => image.targets.map(block => tokensOf(block, grid))),
            targetMost,
            truncate,
          ),
          targetMost,
          l,
        );
        const masked = new Float32Array(n * l).fill(1);
        contexts.forEach((tokens, i) =>
          tokens.forEach(token => {
            masked[i * l + token] = 0;
          }),
        );
        return {
          masked: tf.tensor2d(masked, [n, l]),
          kept: tf.tensor2d(context.tokens, [n, contextMost], 'int32'),
          valid: tf.tensor2d(context.valid, [n, contextMost]),
          targets: tf.tensor3d(target.tokens, [n, t, targetMost], 'int32'),
          targetsValid: tf.tensor3d(target.valid, [n, t, targetMost]),
        };
      },
    },
    draw: (_key, _n, inputs) => ({
      masked: inputs.masked.clone(),
      kept: inputs.kept.clone(),
      valid: inputs.valid.clone(),
      targets: inputs.targets.clone(),
      targetsValid: inputs.targetsValid.clone(),
    }),
  };
}

/**
 * The first tokens of each set: at most `most`, and as many as the smallest set has where all are
 * cut to it.
 */
function cut(sets: number[][], most: number, toSmallest: boolean): number[][] {
  const length = Math.min(most, ...(toSmallest ? sets.map(set => set.length) : []));
  return sets.map(set => (set.length > length ? set.slice(0, length) : set));
}

/** Sets of tokens as rows of one length: after its own tokens, a row has others, ascending. */
function filledUp(
  sets: readonly (readonly number[])[],
  length: number,
  l: number,
): {tokens: Int32Array; valid: Float32Array} {
  const [tokens, valid, own] = [
    new Int32Array(sets.length * length),
    new Float32Array(sets.length * length),
    new Uint8Array(l),
  ];
  sets.forEach((set, i) => {
    own.fill(0);
    for (const token of set) own[token] = 1;
    tokens.set(set, i * length);
    valid.fill(1, i * length, i * length + set.length);
    for (let at = set.length, token = 0; at < length; token++) if (own[token] === 0) tokens[i * length + at++] = token;
  });
  return {tokens, valid};
}
