// Words for patches: k-means divides the patches of a data set into clusters, and a patch's token
// is the cluster whose center is nearest. Stands in for the discrete VAE of Bao et al. 2022 (BEiT),
// arXiv:2106.08254, sec. 2.1, which was trained on other images; Lloyd 1982, "Least squares
// quantization in PCM".

import {check, whole} from '../../check';
import {fold, uniform} from '../../engine/random';
import {tf} from '../../engine/tf';
import {patches} from '../../layers/patchEmbedding';
import type {EpochTools, Params} from '../../module';
import {kMeans} from '../clusters/kMeans';
import {nearestCenter} from '../clusters/nearestCenter';

/** Options of {@link tokenizer}. */
export interface TokenizerOptions {
  /** Height and width of a patch in pixels: the backbone's. */
  patch: number;
  /** Color channels of the images. @default 3 */
  channels?: number;
  /**
   * Number of different tokens, K.
   * @default 512, ours for small patches; the paper's VAE has 8192
   */
  vocabulary?: number;
  /** Patches of each image, drawn at random, that k-means sees. @default 4 */
  samples?: number;
  /**
   * Centers [K, patch²·channels] that were found before; they stay the caller's.
   * @default found before the first epoch
   */
  centers?: tf.Tensor2D;
}

/**
 * Centers [K, patch²·channels] of normalized pixels, row by row; zeros before they are found. They
 * are part of a method's state, and so of its checkpoints.
 */
export type TokenizerState = {centers: tf.Tensor2D};

/** Names patches by the nearest of K centers. */
export interface Tokenizer {
  /** K. */
  vocabulary: number;
  patch: number;
  /** Centers before the first epoch. */
  initState(): TokenizerState;
  /**
   * For a method's hook of this name: before the first epoch finds the centers among the source's
   * images, without augmentation; later, or where they were given, returns the state it gets.
   */
  beforeEpoch(state: TokenizerState, tools: EpochTools): Promise<TokenizerState>;
  /**
   * @returns [n, l] int32, 0 to K − 1: the token of each patch of normalized images [n, h, w, c],
   * row by row.
   */
  tokens(state: TokenizerState, images: tf.Tensor4D): tf.Tensor2D;
}

/** A tokenizer whose centers k-means finds before the first epoch, or that are given. */
export function tokenizer({patch, channels = 3, vocabulary: size, samples = 4, centers}: TokenizerOptions): Tokenizer {
  const vocabulary = size ?? centers?.shape[0] ?? 512;
  const width = patch ** 2 * channels;
  check(Number.isInteger(patch) && patch >= 1, 'tokenizer', `expected the side of a patch in pixels, got ${patch}`);
  whole('tokenizer', 'vocabulary', vocabulary, 2);
  check(
    Number.isInteger(samples) && samples >= 1,
    'tokenizer',
    `expected at least 1 patch of each image, got ${samples}`,
  );
  check(
    !centers || `${centers.shape}` === `${[vocabulary, width]}`,
    'tokenizer',
    `expected centers [${vocabulary}, ${width}], got [${centers?.shape}]`,
  );
  return {
    vocabulary,
    patch,
    initState: () => ({centers: centers?.clone() ?? tf.zeros([vocabulary, width])}),
    async beforeEpoch(state, {key, epoch, embed, signal}) {
      if (centers || epoch > 0) return state;
      const keys = {drawn: fold(key, 'patches'), start: fold(key, 'centres')};
      try {
        const sampled = await embed(
          ({drawn}, images) =>
            tf.tidy(() => {
              const all = patches(images, patch);
              const [n, l] = all.shape;
              check(samples <= l, 'tokenizer', `expected at most the ${l} patches of an image, got ${samples}`);
              // [n, samples]
              const chosen = tf.topk(uniform(drawn as tf.Tensor1D, [n, l]), samples).indices;
              return tf.gather(all, chosen, 1, 1).reshape([n, samples * width]);
            }),
          {drawn: keys.drawn} satisfies Params,
        );
        try {
          const points = sampled.reshape<tf.Tensor2D>([-1, width]); // [size · samples, width]
          const found = await kMeans(points, {
            k: vocabulary,
            key: keys.start,
            signal,
          }).finally(() => points.dispose());
          tf.dispose([found.assignment, found.distances]);
          return {centers: found.centers};
        } finally {
          sampled.dispose();
        }
      } finally {
        tf.dispose(keys);
      }
    },
    tokens: (state, images) =>
      tf.tidy(() => {
        const all = patches(images, patch);
        const [n, l] = all.shape;
        return nearestCenter(all.reshape([n * l, width]), state.centers).reshape([n, l]);
      }),
  };
}
