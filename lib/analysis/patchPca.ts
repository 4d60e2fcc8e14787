// Patches in the colors of their principal components: of all patches the first component
// separates the object from what is behind it, of the object's alone the first three give red,
// green and blue. Oquab et al. 2023, "DINOv2: Learning Robust Visual Features without Supervision",
// arXiv:2304.07193, fig. 1 and 9, "PCA of patch features". The paper leaves open which sign the
// components have and how they become colors: see {@link PatchPcaOptions} for the rules here.

import {quantile} from 'd3-array';
import {check} from '../check';
import {tf} from '../engine/tf';
import {principalDirections} from '../evaluation/principalDirections';

/** Options of {@link patchPca}. */
export interface PatchPcaOptions {
  /**
   * A patch is foreground where its score on the first component is larger, in deviations of the
   * scores of all patches.
   * @default 0, their mean: the paper's "positive value"
   */
  threshold?: number;
  /**
   * A component has no sign of its own. The first is turned so that the patches at the images'
   * borders have the lower mean, for objects lie in the middle more often than at the border; true
   * turns it the other way round, where they do not.
   * @default false
   */
  turned?: boolean;
  /**
   * Share of the foreground's patches at either end of a component that all get the least, or all
   * the most, of its color; 0 scales from the smallest to the largest.
   * @default 0.01
   */
  clipped?: number;
  signal?: AbortSignal;
}

/** Row-major, image by image. */
export type PatchPca = {
  shape: readonly [n: number, h: number, w: number];
  /** [n, h, w] scores on the first component, in their deviations: mean 0, variance 1. */
  scores: Float32Array;
  /** As in the options. */
  threshold: number;
  clipped: number;
  /** [n, h, w] 1 where the score is above the threshold, else 0. */
  foreground: Uint8Array;
  /**
   * [n, h, w, 3] red, green and blue from 0 to 1: second components one to three, 0.5 where one
   * does not vary; black where there is no foreground.
   */
  colors: Float32Array;
  /**
   * Shares of the variance: of all patches the part along the first component; of the foreground's,
   * along each of the three.
   */
  explained: {first: number; colors: [red: number, green: number, blue: number]};
};

/**
 * Share of the mean square below which a variance is what float32 makes of patches that are all
 * alike.
 */
const ROUNDING = 1e-12;
/** Patches of the foreground that three components need. */
const FEWEST = 4;

/**
 * Both analyses look at the patches of all images together, so that a color means the same in
 * each; the paper takes three images of one category. Each centers its patches and scales nothing.
 * The sign of a color's component is such that its largest entry is positive, as scikit-learn's.
 * Works in pieces.
 *
 * @param patches Features [n, h, w, d] of n images' patches in h rows and w columns, at least 3 of
 * each, d ≥ 3: a transformer's after its last norm.
 * @returns No tensors. Of images all black but one white square: the square is the foreground,
 * wherever it does not fill the border.
 * @throws RangeError when the shape is another, all patches are alike, fewer than 4 are foreground,
 * or the share clipped is not from 0 to below a half; the signal's reason.
 */
export async function patchPca(
  patches: tf.Tensor4D,
  {threshold = 0, turned = false, clipped = 0.01, signal}: PatchPcaOptions = {},
): Promise<PatchPca> {
  const [n, h, w, d] = patches.shape;
  check(
    n >= 1 && h >= 3 && w >= 3 && d >= 3,
    'patchPca',
    `expected features [n, h, w, d] of at least 3 × 3 patches and 3 channels, got [${patches.shape}]`,
  );
  check(clipped >= 0 && clipped < 0.5, 'patchPca', `expected a share to clip from 0 to below 0.5, got ${clipped}`);
  const all = tf.tidy(() => centered(patches.reshape([n * h * w, d])));
  const noise = ROUNDING * tf.tidy(() => patches.square().mean().mul(d).dataSync()[0]!);
  try {
    const main = await components(all, 1, signal);
    check(main.moments[0]! > noise, 'patchPca', 'expected patches that differ, got all alike');
    const border = (i: number) => [0, h - 1].includes(Math.floor(i / w) % h) || [0, w - 1].includes(i % w);
    const outside = main.scores.reduce((sum, score, i) => sum + (border(i) ? score : 0), 0);
    const unit = (outside > 0 !== turned ? -1 : 1) / Math.sqrt(main.moments[0]!);
    const scores = main.scores.map(score => score * unit);
    const foreground = Uint8Array.from(scores, score => Number(score > threshold));
    const places = Int32Array.from(foreground.keys()).filter(i => foreground[i]);
    check(
      places.length >= FEWEST,
      'patchPca',
      `expected at least ${FEWEST} patches above the threshold ${threshold}, got ${places.length} of ${n * h * w}`,
    );

    const inside = tf.tidy(() => centered(tf.gather(all, tf.tensor1d(places, 'int32'))));
    try {
      const {scores: three, moments, total} = await components(inside, 3, signal);
      const colors = new Float32Array(3 * n * h * w);
      for (const channel of [0, 1, 2]) {
        const values = three.filter((_, i) => i % 3 === channel);
        const [low = NaN, high = NaN] = [clipped, 1 - clipped].map(share => quantile(values, share));
        const varies = high - low > 2 * Math.sqrt(noise);
        places.forEach((place, i) => {
          colors[3 * place + channel] = varies ? Math.min(1, Math.max(0, (values[i]! - low) / (high - low))) : 0.5;
        });
      }
      return {
        shape: [n, h, w],
        scores,
        threshold,
        clipped,
        foreground,
        colors,
        explained: {
          first: main.moments[0]! / main.total,
          colors: moments.map(moment => (total > noise ? moment / total : 0)) as [number, number, number],
        },
      };
    } finally {
      inside.dispose();
    }
  } finally {
    all.dispose();
  }
}

/** From the first row on, so that rows that are all equal become exactly 0. */
function centered(x: tf.Tensor2D): tf.Tensor2D {
  const shifted = x.sub<tf.Tensor2D>(x.slice([0, 0], [1, -1]));
  return shifted.sub(shifted.mean(0));
}

/**
 * Scores [m, r] of centered samples on their first r components, the variances [r] along them, and
 * of all d together.
 */
async function components(
  x: tf.Tensor2D,
  r: number,
  signal?: AbortSignal,
): Promise<{scores: Float32Array; moments: number[]; total: number}> {
  // all of them: a few alone would be approximate
  const {directions, moments} = await principalDirections(x, x.shape[1], {samples: x.shape[0], signal});
  const scores = tf.tidy(() => {
    // [d, r], largest variance first
    const first = directions.slice([0, x.shape[1] - r], [-1, -1]).reverse(1) as tf.Tensor2D;
    const [least, most] = [first.min(0), first.max(0)];
    // [m, r]
    return tf.matMul(x, first.mul(tf.where(most.add(least).less(0), tf.scalar(-1), tf.scalar(1))));
  });
  try {
    return {
      scores: scores.dataSync() as Float32Array,
      moments: Array.from(moments.slice(-r)).reverse(),
      total: moments.reduce((a, b) => a + b, 0),
    };
  } finally {
    tf.dispose([scores, directions]);
  }
}
