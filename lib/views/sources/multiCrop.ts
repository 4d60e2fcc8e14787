// The batch of methods that see each image more than twice: a few large crops, and small ones that
// cost little. Caron et al. 2020 (SwAV), "Unsupervised Learning of Visual Features by Contrasting
// Cluster Assignments", arXiv:2006.09882, sec. 3.2.

import {check} from '../../check';
import {imageSource, type ImageSourceOptions} from './imageSource';
import {fold, split as splitKey} from '../../engine/random';
import {tf} from '../../engine/tf';
import type {Key, Source} from '../../module';
import type {MultiCropRecipe} from '../recipe';
import type {View} from '../view';

/**
 * Row i of each is a crop of the same image: global crops of one size, local ones of a smaller one.
 * `index` [n] is the image's place in the split.
 */
export type MultiCrop = {global: tf.Tensor4D[]; local: tf.Tensor4D[]; index: tf.Tensor1D};

/** Options of {@link multiCrop}. */
export interface MultiCropOptions extends ImageSourceOptions {
  recipe: MultiCropRecipe;
}

/**
 * Crops of the images of {@link imageSource}. Two global crops are drawn as {@link twoViews} draws
 * its views, whatever local ones are added: `{global: [first, second], local: []}` of a recipe for
 * two views are those.
 *
 * @throws RangeError when the split is empty, there are fewer than two global crops, crops of a
 * kind differ in size, or the local ones are not smaller than the global ones.
 */
export function multiCrop({recipe, ...options}: MultiCropOptions): Source<MultiCrop> {
  check(recipe.global.length >= 2, 'multiCrop', `expected at least 2 global crops, got ${recipe.global.length}`);
  const source = imageSource(options);
  return {
    ...source,
    batch(index, key, inputs) {
      return tf.tidy(() => {
        const images = source.batch(index, key, inputs); // [n, h, w, c] in [0, 1]
        const crops = (views: readonly View[], own: Key) =>
          views.length === 0 ? [] : splitKey(own, views.length).map((k, i) => views[i]!(images, k));
        const [global, local] = [crops(recipe.global, key), crops(recipe.local, fold(key, 'local'))];
        checkSizes(global, local);
        return {global, local, index: index.clone()};
      });
    },
  };
}

function checkSizes(global: tf.Tensor4D[], local: tf.Tensor4D[]): void {
  for (const [kind, crops] of Object.entries({global, local})) {
    const sizes = [...new Set(crops.map(({shape: [, h, w]}) => `${h} × ${w}`))];
    check(sizes.length <= 1, 'multiCrop', `expected ${kind} crops of one size, got ${sizes.join(', ')}`);
  }
  const [[, height, width], smaller] = [global[0]!.shape, local[0]?.shape];
  check(
    !smaller || (smaller[1] < height && smaller[2] < width),
    'multiCrop',
    `expected local crops smaller than the global ones of ${height} × ${width}, got ${smaller?.[1]} × ` +
      `${smaller?.[2]}: make them smaller, or leave them out`,
  );
}
