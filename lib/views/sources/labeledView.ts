// The batch of supervised methods: one random view of each image, and its class.

import {check} from '../../check';
import {imageSource} from './imageSource';
import {tf} from '../../engine/tf';
import type {Source} from '../../module';
import type {TwoViewsOptions} from './twoViews';

/**
 * `label` [n] int32, the image's class. `target` [n, k], of sum 1 in each row: the share of each
 * class in a view that shows several, see mixedView.
 */
export type LabeledView = {view: tf.Tensor4D; label: tf.Tensor1D; target?: tf.Tensor2D};

/**
 * A view of each of the images of {@link imageSource}, drawn as the recipe's first one, with its
 * label. The split is 'train' unless another is asked for.
 *
 * @throws RangeError when the split is empty, or an image of it has no label.
 */
export function labeledView({recipe, split = 'train', ...options}: TwoViewsOptions): Source<LabeledView> {
  const {labels, splits, name} = options.dataset;
  const unlabeled = splits[split].find(index => !(labels[index]! >= 0));
  check(
    unlabeled === undefined,
    'labeledView',
    `expected a label for every image in the split '${split}' of ${name}, image ${unlabeled} has none`,
  );
  const source = imageSource({split, ...options});
  const own = tf.tensor1d(
    Int32Array.from(splits[split], index => labels[index]!),
    'int32',
  );
  return {
    ...source,
    holds: {...source.holds, labels: own},
    batch: (index, key, inputs) =>
      tf.tidy(() => ({view: recipe.first(source.batch(index, key, inputs), key), label: own.gather(index)})),
    dispose() {
      source.dispose();
      own.dispose();
    },
  };
}
