// Similarities for the tests of losses.

import fc from 'fast-check';
import {tf} from '../../lib/engine/tf';
import type {Similarities} from '../../lib/losses/similarities';

/** Of given numbers: one anchor a row. */
export const similaritiesOf = (positive: number[], negatives: number[][]): Similarities => ({
  positive: tf.tensor1d(positive),
  negatives: tf.tensor2d(negatives),
});

/** All alike, n anchors with m negatives. */
export const alike = (s: number, n = 3, m = 7): Similarities => ({
  positive: tf.fill([n], s) as tf.Tensor1D,
  negatives: tf.fill([n, m], s) as tf.Tensor2D,
});

/** In steps that float32 and double precision order alike. */
const cosine = fc.integer({min: -1000, max: 1000}).map(thousandths => Math.fround(thousandths / 1000));

/** Up to 4 anchors with up to 9 negatives: cosines from −1 to 1, the ends and ties among them. */
export const anySimilarities = fc.tuple(fc.integer({min: 1, max: 4}), fc.integer({min: 1, max: 9})).chain(([n, m]) =>
  fc.record({
    positive: fc.array(cosine, {minLength: n, maxLength: n}),
    negatives: fc.array(fc.array(fc.oneof(cosine, fc.constantFrom(-1, 0, 0.5, 1)), {minLength: m, maxLength: m}), {
      minLength: n,
      maxLength: n,
    }),
  }),
);

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
