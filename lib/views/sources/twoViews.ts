// The batch of most methods: two random views of each image.
// Images are kept as bytes; views see float32 in [0, 1], [n, h, w, c]; a recipe's last step
// normalizes by the data set's mean and standard deviation, and a backbone receives only that.

import {imageSource, type ImageSourceOptions} from './imageSource';
import {split as splitKey} from '../../engine/random';
import {tf} from '../../engine/tf';
import type {Source} from '../../module';
import type {Recipe} from '../recipe';

/**
 * Row i of both is a view of the same image; `index` [n] is the image's place in the split, for
 * methods that remember it.
 */
export type TwoViews = {first: tf.Tensor4D; second: tf.Tensor4D; index: tf.Tensor1D};

/** Options of {@link twoViews}. */
export interface TwoViewsOptions extends ImageSourceOptions {
  recipe: Recipe;
}

/**
 * Two views of the images of {@link imageSource}, which holds or feeds them.
 *
 * @throws RangeError when the split is empty.
 *
 * @example
 * ```ts
 * import {drawnEmoji, key, simclrCifarViews, tf, twoViews} from 'ssl-workbench';
 * const dataset = await drawnEmoji({size: 32});
 * const source = twoViews({dataset, recipe: simclrCifarViews(dataset)});
 * // [3, 32, 32, 3] each
 * const {first, second} = source.batch(tf.tensor1d([0, 1, 2], 'int32'), key(0), {});
 * ```
 */
export function twoViews({recipe, ...options}: TwoViewsOptions): Source<TwoViews> {
  const source = imageSource(options);
  return {
    ...source,
    batch(index, key, inputs) {
      return tf.tidy(() => {
        const images = source.batch(index, key, inputs); // [n, h, w, c] in [0, 1]
        const [a, b] = splitKey(key, 2);
        return {first: recipe.first(images, a!), second: recipe.second(images, b!), index: index.clone()};
      });
    },
  };
}
