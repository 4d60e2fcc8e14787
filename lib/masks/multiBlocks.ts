// Draws I-JEPA's blocks, on the host: several targets of each image, and a context that they are
// cut out of. Assran et al. 2023 (I-JEPA), "Self-Supervised Learning from Images with a
// Joint-Embedding Predictive Architecture", arXiv:2301.08243, sec. 3 and fig. 4;
// facebookresearch/ijepa, src/masks/multiblock.py. Differs from their code: where no context fits
// in 20 draws, the image's targets are drawn anew, and no context holds a target. Theirs lets the
// context overlap one target more after each 20 draws.

import {check, whole} from '../check';
import type {Block} from './blockMask';
import {tokenCount} from './checks';
import type {Grid} from './masks';

type Range = readonly [smallest: number, largest: number];

/**
 * Where the authors' code differs from the words of the paper, an option says so; its default is
 * the code's.
 */
export interface MultiBlocksOptions {
  grid: Grid;
  /** Target blocks of each image; they may overlap. @default 4 */
  targets?: number;
  /** Area of a target block as a share of the grid, above 0 and at most 1. @default [0.15, 0.2] */
  targetScale?: Range;
  /** Height to width of a target block. @default [0.75, 1.5] */
  targetAspect?: Range;
  /**
   * Area of the context block, which is as high as it is wide, before targets are taken out of it.
   * @default [0.85, 1]
   */
  contextScale?: Range;
  /**
   * A context or a target has more tokens than this.
   * @default 10, on grids below 160 tokens a sixteenth of them
   */
  minimum?: number;
  /**
   * Whether a block may reach the last row and the last column. In the authors' code, whose bound
   * of the draw is exclusive, none does.
   * @default false
   */
  wholeGrid?: boolean;
  /**
   * Whether each image has block sizes of its own. In the authors' code all images of a batch have
   * target blocks of one size, and context blocks of one size.
   * @default false
   */
  sizeEach?: boolean;
  /**
   * Whether scale and aspect of a target block are drawn apart. In the authors' code one number
   * decides both: the larger a block, the higher.
   * @default false
   */
  freeAspect?: boolean;
}

/**
 * What one image was given: where its blocks lie, and the tokens of the context block that are in
 * no target, ascending.
 */
export type MultiBlocks = {targets: Block[]; context: Block; kept: number[]};

/**
 * The blocks of batches, before they are cut or filled up. A context has more tokens than `least`;
 * `most` is how many a block can have.
 */
export function multiBlocks({
  grid,
  targets = 4,
  targetScale = [0.15, 0.2],
  targetAspect = [0.75, 1.5],
  contextScale = [0.85, 1],
  minimum,
  wholeGrid = false,
  sizeEach = false,
  freeAspect = false,
}: MultiBlocksOptions): {
  least: number;
  most: {context: number; target: number};
  draw(n: number, next: () => number): MultiBlocks[];
} {
  const [rows, columns] = grid;
  const l = tokenCount('multiBlockMask', grid);
  const least = minimum ?? Math.min(10, Math.floor(l / 16));
  check(
    rows >= 2 && columns >= 2,
    'multiBlockMask',
    `expected a grid of at least 2 × 2 tokens, got ${rows} × ${columns}`,
  );
  whole('multiBlockMask', 'targets', targets);
  for (const [name, [smallest, largest], end] of [
    ['targetScale', targetScale, 1],
    ['contextScale', contextScale, 1],
    ['targetAspect', targetAspect, Infinity],
  ] as const) {
    check(
      smallest > 0 && smallest <= largest && largest <= end,
      'multiBlockMask',
      `expected ${name} above 0${end === 1 ? ' and at most 1' : ''}, the smaller first, got [${smallest}, ${largest}]`,
    );
  }
  const sized = (area: number, aspect: number) => ({
    height: Math.min(rows - 1, Math.round(Math.sqrt(area * aspect))),
    width: Math.min(columns - 1, Math.round(Math.sqrt(area / aspect))),
  });
  const between = ([smallest, largest]: Range, share: number) => smallest + (largest - smallest) * share;
  const sizes = (next: () => number) => {
    const share = next();
    const target = sized(
      Math.floor(l * between(targetScale, share)),
      between(targetAspect, freeAspect ? next() : share),
    );
    return {target, context: sized(Math.floor(l * between(contextScale, next())), 1)};
  };
  const place = ({height, width}: {height: number; width: number}, next: () => number): Block => {
    const end = wholeGrid ? 1 : 0;
    return {
      top: Math.floor(next() * (rows - height + end)),
      left: Math.floor(next() * (columns - width + end)),
      height,
      width,
    };
  };
  // Sides √(area · aspect) and √(area / aspect) are rounded, by at most a half each, which counts
  // most where a block is narrowest.
  const fewest = (area: number, aspects: Range) =>
    Math.min(
      ...aspects.map(aspect =>
        Math.ceil(
          Math.min(rows - 1, Math.sqrt(area * aspect) - 0.5) * Math.min(columns - 1, Math.sqrt(area / aspect) - 0.5),
        ),
      ),
    );
  const most = (area: number, aspects: Range) =>
    Math.min(
      (rows - 1) * (columns - 1),
      Math.max(
        ...aspects.map(aspect => Math.floor((Math.sqrt(area * aspect) + 0.5) * (Math.sqrt(area / aspect) + 0.5))),
      ),
    );
  for (const [name, scale, aspects] of [
    ['targets', targetScale, targetAspect],
    ['contexts', contextScale, [1, 1]],
  ] as const) {
    const few = fewest(Math.floor(l * scale[0]), aspects);
    check(
      few > least,
      'multiBlockMask',
      `expected ${name} of more than ${least} tokens, got blocks that may have ${few}: make their scale ` +
        'larger or minimum smaller',
    );
  }
  return {
    least,
    most: {
      context: most(Math.floor(l * contextScale[1]), [1, 1]),
      target: most(Math.floor(l * targetScale[1]), targetAspect),
    },
    draw(n, next) {
      let size = sizes(next);
      return Array.from({length: n}, (_, i) => {
        if (sizeEach && i > 0) size = sizes(next);
        for (let again = 0; again < 100; again++) {
          const blocks = Array.from({length: targets}, () => place(size.target, next));
          const taken = new Uint8Array(l);
          for (const {top, left, height, width} of blocks)
            for (let row = top; row < top + height; row++)
              taken.fill(1, row * columns + left, row * columns + left + width);
          for (let attempt = 0; attempt < 20; attempt++) {
            const context = place(size.context, next);
            const kept = tokensOf(context, grid).filter(token => taken[token] === 0);
            if (kept.length > least) return {targets: blocks, context, kept};
          }
        }
        throw new RangeError(
          `multiBlockMask: expected a context of more than ${least} tokens beside ${targets} targets of ` +
            `${size.target.height} × ${size.target.width}, found none in 2,000 draws: make targets smaller or ` +
            'fewer, or minimum smaller',
        );
      });
    },
  };
}

/** The tokens of a block, ascending. */
export function tokensOf({top, left, height, width}: Block, [, columns]: Grid): number[] {
  const tokens: number[] = [];
  for (let row = top; row < top + height; row++)
    for (let column = left; column < left + width; column++) tokens.push(row * columns + column);
  return tokens;
}
