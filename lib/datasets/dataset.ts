// What a data set is: images as bytes, in memory or read when they are asked for, labels, splits as
// lists of indices, and where it all comes from.

import {check} from '../check';
import type {Json} from '../json';

/**
 * Share of the samples that each purpose may see; lists of indices into `images`. In a set without
 * classes the labeled ones are unlabeled too.
 */
export interface Splits {
  /** For training without labels: every sample that is not a test sample, nor related to one. */
  pretrain: Int32Array;
  /** Labeled samples that probes learn from. */
  train: Int32Array;
  /** Labeled samples on which epochs and strengths are chosen. */
  validation: Int32Array;
  /** Labeled samples that are only measured on. */
  test: Int32Array;
}

/**
 * Reads images from where they are: row-major bytes of [indices.length, h, w, c], in the order of
 * the indices, which are below n.
 */
export type ReadImages = (indices: Int32Array, options?: {signal?: AbortSignal}) => Promise<Uint8Array>;

/**
 * How a data set is loaded again in another process: a loader of the catalogue and its options,
 * plain data. Folders are absolute paths.
 */
export interface Origin {
  loader: string;
  options: {[name: string]: Json | undefined};
  /** What the loader makes it of: `subset` and `ofClasses` take another data set. */
  of?: Origin;
}

/** Images in memory or in files, labels, and splits. */
export interface Dataset {
  /** Short name, for example 'drawn-emoji-32'. */
  name: string;
  /**
   * Row-major bytes of [n, h, w, c]; or, where they are too many for the memory, what reads some of
   * them. {@link imagesAt} serves both.
   */
  images: Uint8Array | ReadImages;
  shape: readonly [n: number, h: number, w: number, c: number];
  /** [n] class numbers; −1 where a sample has none. */
  labels: Int32Array;
  /** Names of the classes, by number. */
  classes: readonly string[];
  splits: Splits;
  /**
   * [n] numbers; samples of one family (five drawings of one emoji) never stand on two sides of the
   * test split.
   */
  families?: Int32Array;
  /** [n] what each sample shows, in words. */
  captions?: readonly string[];
  /** Per channel, of the pretrain split, in the units of images in [0, 1]. */
  mean: readonly number[];
  standardDeviation: readonly number[];
  license: string;
  /** Whom to credit where the images are shown. */
  credit: string;
  /** SHA-256 over the sources the images were made of. */
  checksum: string;
  /**
   * How another process loads it again; filled in by the loaders, absent in a data set made by
   * hand.
   */
  origin?: Origin;
}

/** A data set whose images are all in memory. */
export interface LoadedDataset extends Dataset {
  images: Uint8Array;
}

/**
 * The images at `indices`, wherever they are.
 *
 * @returns Row-major bytes of [indices.length, h, w, c], in the order of `indices`.
 * @throws RangeError when an index lies outside the data set; when an image cannot be read any
 * more; the signal's reason.
 */
export async function imagesAt(
  {name, images, shape: [n, h, w, c]}: Pick<Dataset, 'name' | 'images' | 'shape'>,
  indices: Int32Array,
  options?: {signal?: AbortSignal},
): Promise<Uint8Array> {
  const outside = indices.find(index => index < 0 || index >= n);
  check(outside === undefined, 'imagesAt', `expected indices from 0 to ${n - 1} into ${name}, got ${outside}`);
  return typeof images === 'function' ? images(indices, options) : copyRows(images, h * w * c, indices);
}

/** Copies rows of `length` bytes each. */
export function copyRows(bytes: Uint8Array, length: number, indices: Int32Array): Uint8Array {
  const copies = new Uint8Array(indices.length * length);
  indices.forEach((index, i) => copies.set(bytes.subarray(index * length, (index + 1) * length), i * length));
  return copies;
}

/** The indices from `start` up to, not including, `end`. */
export function range(start: number, end: number): Int32Array {
  return Int32Array.from({length: end - start}, (_, i) => start + i);
}
