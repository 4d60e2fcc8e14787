// What a data set is: images as bytes on the host, labels, splits as lists of indices, and where it all comes from.

import type {Origin} from './origin';

/** Share of the samples that each purpose may see; lists of indices into `images`. In a set without classes the labelled ones are unlabelled too. */
export interface Splits {
  /** For training without labels: every sample that is not a test sample, nor related to one. */
  pretrain: Int32Array;
  /** Labelled samples that probes learn from. */
  train: Int32Array;
  /** Labelled samples on which epochs and strengths are chosen. */
  validation: Int32Array;
  /** Labelled samples that are only measured on. */
  test: Int32Array;
}

export interface Dataset {
  /** Short name, for example 'drawn-emoji-32'. */
  name: string;
  /** Row-major bytes of [n, h, w, c]. */
  images: Uint8Array;
  shape: readonly [n: number, h: number, w: number, c: number];
  /** [n] class numbers; −1 where a sample has none. */
  labels: Int32Array;
  /** Names of the classes, by number. */
  classes: readonly string[];
  splits: Splits;
  /** [n] numbers; samples of one family (five drawings of one emoji) never stand on two sides of the test split. */
  families?: Int32Array;
  /** [n] what each sample shows, in words. */
  captions?: readonly string[];
  /** Per channel, of the pretrain split, in the units of images in [0, 1]. */
  mean: readonly number[];
  standardDeviation: readonly number[];
  licence: string;
  /** Whom to credit where the images are shown. */
  credit: string;
  /** SHA-256 over the sources the images were made of. */
  checksum: string;
  /** How another process loads it again; filled in by the loaders, absent in a data set made by hand. */
  origin?: Origin;
}

/** The indices from `start` up to, not including, `end`. */
export function range(start: number, end: number): Int32Array {
  return Int32Array.from({length: end - start}, (_, i) => start + i);
}
