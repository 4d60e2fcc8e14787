// The two analyses of patchPca as pictures, a patch a square.

import type {PatchPca} from '../analysis/patchPca';
import {check} from '../check';
import {tf} from '../engine/tf';
import {pictures, type Picture} from './pictures';
import {colors} from './theme';

/** Of each image that is shown. */
export type PatchPcaPictures = {
  /** Which of the analyzed images these are. */
  shown: readonly number[];
  /**
   * Scores on the first component: blue above the threshold, vermilion below, the deeper the
   * farther, on one scale for all; white at the threshold.
   */
  first: readonly Picture[];
  /** The foreground's three components as red, green and blue; black behind it. */
  foreground: readonly Picture[];
};

/** Red, green and blue from 0 to 1 of '#0072B2'. */
const channels = (color: string) => [1, 3, 5].map(i => parseInt(color.slice(i, i + 2), 16) / 255);

/** @param shown Which of the n images, from 0. @default all */
export async function patchPcaPictures(
  {shape: [n, h, w], scores, threshold, colors: three}: PatchPca,
  shown: readonly number[] = Array.from({length: n}, (_, i) => i),
): Promise<PatchPcaPictures> {
  const outside = shown.find(i => !(Number.isInteger(i) && i >= 0 && i < n));
  check(outside === undefined, 'patchPcaPictures', `expected images from 0 to ${n - 1}, got ${outside}`);
  const farthest = Math.max(
    1e-30,
    scores.reduce((most, score) => Math.max(most, Math.abs(score - threshold)), 0),
  );
  const above = channels(colors.blue);
  const below = channels(colors.vermilion);
  const first = Float32Array.from({length: 3 * scores.length}, (_, i) => {
    const away = (scores[Math.floor(i / 3)]! - threshold) / farthest;
    return 1 - Math.abs(away) * (1 - (away > 0 ? above : below)[i % 3]!);
  });
  const drawn = async (values: Float32Array) => {
    const images = tf.tensor4d(chosenRows(values, shown, 3 * h * w), [shown.length, h, w, 3]);
    try {
      return await pictures(images);
    } finally {
      images.dispose();
    }
  };
  return {shown, first: await drawn(first), foreground: await drawn(three)};
}

const chosenRows = (values: Float32Array, rows: readonly number[], length: number) =>
  Float32Array.from(rows.flatMap(row => [...values.subarray(row * length, (row + 1) * length)]));
