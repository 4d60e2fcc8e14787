// The batch of most methods: two random views of each image.
// Images are kept as bytes; views see float32 in [0, 1], [n, h, w, c]; a recipe's last step normalises by the data set's mean and standard deviation,
// and a backbone receives only that.

import {check} from '../check';
import type {Dataset, Splits} from '../datasets/dataset';
import {bytes, gatherBytes} from '../engine/bytes';
import {split as splitKey} from '../engine/random';
import {tf} from '../engine/tf';
import type {Source} from '../module';
import type {Recipe} from './recipe';

/** Row i of both is a view of the same image; `index` [n] is the image's place in the split, for methods that remember it. */
export type TwoViews = {first: tf.Tensor4D; second: tf.Tensor4D; index: tf.Tensor1D};

export interface TwoViewsOptions {
  dataset: Dataset;
  /** Whose images. @default 'pretrain' */
  split?: keyof Splits;
  recipe: Recipe;
}

/**
 * Holds the split's images on the device until it is disposed.
 *
 * @throws RangeError when the split is empty.
 */
export function twoViews({dataset, split = 'pretrain', recipe}: TwoViewsOptions): Source<TwoViews> {
  const rows = dataset.splits[split];
  check(rows.length > 0, 'twoViews', `expected images in the split '${split}' of ${dataset.name}, got none`);
  const [, h, w, c] = dataset.shape;
  const length = h * w * c;
  const chosen = new Uint8Array(rows.length * length);
  rows.forEach((row, i) => chosen.set(dataset.images.subarray(row * length, (row + 1) * length), i * length));
  const store = bytes(chosen, [rows.length, h, w, c]);
  return {
    size: rows.length,
    holds: {images: store},
    batch(index, key) {
      return tf.tidy(() => {
        const images = gatherBytes<tf.Tensor4D>(store, index);   // [n, h, w, c] in [0, 1]
        const [a, b] = splitKey(key, 2);
        return {first: recipe.first(images, a!), second: recipe.second(images, b!), index: index.clone()};
      });
    },
    dispose: () => store.dispose(),
  };
}
