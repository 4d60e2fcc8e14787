// Runs an encoder on both views, one at a time: each BatchNorm sees the batch of one view, as where
// the two go through the network in turn.

import {fold} from '../../engine/random';
import {tf} from '../../engine/tf';
import type {Key, Module} from '../../module';
import type {TwoViews} from '../../views/sources/twoViews';
import type {Projected, ProjectedParams} from './projected';

/** Of each view [n, d], and of both [2n, d], those of the first n rows first. */
export type EachView = {first: Projected; second: Projected; both: Projected};

/** Runs an encoder on each view on its own, so that BatchNorm sees one view at a time. */
export function eachView(
  encoder: Pick<Module<tf.Tensor4D, Projected, ProjectedParams>, 'apply'>,
  params: ProjectedParams,
  {first, second}: Pick<TwoViews, 'first' | 'second'>,
  key: Key,
): EachView {
  const [a, b] = [
    encoder.apply(params, first, {key: fold(key, 'first')}),
    encoder.apply(params, second, {key: fold(key, 'second')}),
  ];
  return {
    first: a,
    second: b,
    both: {embedding: tf.concat([a.embedding, b.embedding]), projection: tf.concat([a.projection, b.projection])},
  };
}
