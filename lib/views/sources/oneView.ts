// The batch of methods that remember images instead of seeing them twice: one random view of each.

import {imageSource} from './imageSource';
import {tf} from '../../engine/tf';
import type {Source} from '../../module';
import type {TwoViewsOptions} from './twoViews';

/** `index` [n] is the image's place in the split. */
export type OneView = {view: tf.Tensor4D; index: tf.Tensor1D};

/**
 * A view of each of the images of {@link imageSource}, drawn as the recipe's first one.
 *
 * @throws RangeError when the split is empty.
 */
export function oneView({recipe, ...options}: TwoViewsOptions): Source<OneView> {
  const source = imageSource(options);
  return {
    ...source,
    batch: (index, key, inputs) =>
      tf.tidy(() => ({view: recipe.first(source.batch(index, key, inputs), key), index: index.clone()})),
  };
}
