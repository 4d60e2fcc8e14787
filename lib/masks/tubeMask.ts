// Hides the same tokens in all frames of a video, so that no frame shows what another one hides.
// Tong et al. 2022, "VideoMAE: Masked Autoencoders are Data-Efficient Learners for Self-Supervised
// Video Pre-Training", arXiv:2203.12602; MCG-NJU/VideoMAE, masking_generator.py.

import {whole} from '../check';
import {uniform} from '../engine/random';
import {tf} from '../engine/tf';
import {checkMasked, checkRatio, tokenCount} from './checks';
import {masksOf, type Grid, type MaskStrategy} from './masks';
import {ranks} from './ranks';

/** Options of {@link tubeMask}. */
export interface TubeMaskOptions {
  /** Of one frame. */
  grid: Grid;
  /** Frames, or groups of frames that share their tokens. */
  frames: number;
  /** Share of tokens that are masked, above 0 and below 1. @default 0.9 */
  ratio?: number;
}

/**
 * Masks ⌊l · ratio⌋ of a frame's l tokens, at random.
 *
 * @returns Masks of frames · l tokens, frame by frame; `grid` has the frames one below the other.
 * Of 8 frames of 14 × 14 tokens at 0.9, 160 are kept.
 * @throws RangeError when there is no frame, the ratio is not between 0 and 1, or masks no token.
 */
export function tubeMask({grid, frames, ratio = 0.9}: TubeMaskOptions): MaskStrategy {
  const l = tokenCount('tubeMask', grid);
  whole('tubeMask', 'frames', frames);
  checkRatio('tubeMask', ratio);
  const count = Math.floor(l * ratio);
  checkMasked('tubeMask', ratio, count, l);
  return {
    grid: [frames * grid[0], grid[1]],
    draw: (key, n) =>
      tf.tidy(() =>
        masksOf(
          ranks(uniform(key, [n, l]))
            .less(count)
            .toFloat()
            .tile([1, frames]),
          frames * (l - count),
        ),
      ),
  };
}
