// What each layer of a transformer makes of the images of a data set, as features for k-NN and
// probes: which layers carry what.

import {check} from '../check';
import type {Dataset} from '../datasets/dataset';
import {compile} from '../engine/compile';
import {tf} from '../engine/tf';
import type {Mode, Params} from '../module';
import {normalize} from '../views/normalize';
import type {Splitted} from './accuracies';
import {batches, type BatchesOptions} from '../embedding/batches';
import {labelsAt} from './evaluateEncoder';
import type {Labeled} from './labeled';

/**
 * What a transformer makes of n images: all tokens after each block [n, t, d], class token and
 * registers first; and what its last norm makes of the last ones, the patches apart from those
 * before them.
 */
export type LayerTokens = {layers: tf.Tensor3D[]; prefix?: tf.Tensor3D; patches: tf.Tensor3D};

/** A transformer that tells of its layers. */
export interface Layered {
  classToken: boolean;
  tokens(params: Params, images: tf.Tensor4D, mode: Mode): LayerTokens;
}

/** After which block, from 1, or after the last norm. */
export type Layer = number | 'norm';

/** How an image's tokens become one row: the class token, or the mean of the patches. */
export type Pooling = 'token' | 'mean';

/** Options of {@link layerFeatures}. */
export interface LayerFeaturesOptions extends BatchesOptions {
  /** @default all blocks, and the last norm */
  layers?: readonly Layer[];
  /** @default both where there is a class token, else 'mean' */
  poolings?: readonly Pooling[];
}

/** For {@link featureAccuracies}, with where they come from. */
export type LayerFeatures = Splitted<Labeled> & {layer: Layer; pooling: Pooling};

/**
 * Features of the three labeled splits, layer by layer and pooling by pooling. Tokens are pooled
 * batch by batch: what is held is one row an image for each pair, 4·width bytes. Works in pieces.
 *
 * @param params The backbone's weights, which stay the caller's.
 * @returns In the order of `layers`, each with all poolings. The caller disposes the features.
 * @throws RangeError when a split is empty, there is no such layer, or 'token' is asked of a
 * transformer without one; the signal's reason.
 */
export async function layerFeatures(
  {tokens, classToken}: Layered,
  params: Params,
  dataset: Dataset,
  {layers, poolings = classToken ? ['token', 'mean'] : ['mean'], ...options}: LayerFeaturesOptions = {},
): Promise<LayerFeatures[]> {
  check(
    classToken || !poolings.includes('token'),
    'layerFeatures',
    "expected a transformer with a class token, got one without: take the pooling 'mean'",
  );
  const normalized = normalize(dataset);
  const compiled = compile<{}, {images: tf.Tensor4D}, Record<string, tf.Tensor2D>>(
    (_state, {images}) => tf.tidy(() => ({outputs: pooled(tokens(params, normalized(images), {}), poolings, layers)})),
    {},
    {images: {dtype: 'float32', shape: [null, ...dataset.shape.slice(1)]}},
    {holds: {params}},
  );
  const held: Record<string, tf.Tensor2D>[] = [];
  try {
    const parts: Record<string, {features: Record<string, tf.Tensor2D>; labels: Int32Array}> = {};
    for (const split of ['train', 'validation', 'test'] as const) {
      const features = await batches(images => compiled.run({images}), dataset, dataset.splits[split], options);
      held.push(features);
      parts[split] = {features, labels: labelsAt(dataset, dataset.splits[split])};
    }
    const of = (split: string, name: string): Labeled => ({
      features: parts[split]!.features[name]!,
      labels: parts[split]!.labels,
    });
    return Object.keys(held[0]!).map(name => {
      const [layer, pooling] = name.split(' ') as [string, Pooling];
      return {
        layer: layer === 'norm' ? layer : Number(layer),
        pooling,
        train: of('train', name),
        validation: of('validation', name),
        test: of('test', name),
      };
    });
  } catch (error) {
    tf.dispose(held);
    throw error;
  } finally {
    compiled.dispose();
  }
}

/** [n, d] of each layer and pooling, by the two words. */
function pooled(
  {layers: blocks, prefix, patches}: LayerTokens,
  poolings: readonly Pooling[],
  layers: readonly Layer[] = [...blocks.map((_, i) => i + 1), 'norm'],
): Record<string, tf.Tensor2D> {
  const before = prefix?.shape[1] ?? 0;
  return Object.fromEntries(
    layers.flatMap(layer =>
      poolings.map((pooling): [string, tf.Tensor2D] => {
        check(
          layer === 'norm' || blocks[layer - 1] !== undefined,
          'layerFeatures',
          `expected layers from 1 to ${blocks.length} or 'norm', got ${layer}`,
        );
        const all = layer === 'norm' ? undefined : blocks[layer - 1]!;
        const token = () => (all ?? prefix!).slice([0, 0, 0], [-1, 1, -1]).squeeze<tf.Tensor2D>([1]);
        const mean = () => (all ? all.slice([0, before, 0]) : patches).mean<tf.Tensor2D>(1);
        return [`${layer} ${pooling}`, pooling === 'token' ? token() : mean()];
      }),
    ),
  );
}
