// What k-NN and a linear probe read out of each layer of a transformer, by class token and by mean
// of patches.

import type {Dataset} from '../datasets/dataset';
import {tf} from '../engine/tf';
import type {Params} from '../module';
import {type AccuraciesOptions, featureAccuracies} from './accuracies';
import {type Layer, type Layered, layerFeatures, type LayerFeaturesOptions, type Pooling} from './layerFeatures';

/** Accuracies on the test images, shares 0 to 1. */
export type LayerAccuracies = {layer: Layer; pooling: Pooling; knn: number; linear: number; protocol: string};

/**
 * Yields the rows of {@link layerFeatures} one after the other, in its order. Works in pieces.
 *
 * @throws RangeError as {@link layerFeatures} and {@link featureAccuracies}; the signal's reason.
 */
export async function* layerAccuracies(
  transformer: Layered,
  params: Params,
  dataset: Dataset,
  options: LayerFeaturesOptions & AccuraciesOptions = {},
): AsyncGenerator<LayerAccuracies, void, undefined> {
  const all = await layerFeatures(transformer, params, dataset, options);
  try {
    for (const {layer, pooling, ...splits} of all) {
      const {knn, linear, protocol} = await featureAccuracies(splits, options);
      yield {layer, pooling, knn, linear, protocol};
    }
  } finally {
    tf.dispose(all.flatMap(({train, validation, test}) => [train.features, validation.features, test.features]));
  }
}
