// Prototypical contrastive learning: MoCo, and with it each image is drawn to the center of its
// cluster, at several granularities, and pushed from the others. Li et al. 2021, "Prototypical
// Contrastive Learning of Unsupervised Representations", arXiv:2005.04966. Differs from the paper:
// all prototypes are candidates, where the authors draw negative ones; k-means starts once, by
// k-means++, where they take the best of five random starts.

import {check} from '../../check';
import {fold} from '../../engine/random';
import {tf} from '../../engine/tf';
import {mlp} from '../../layers/mlp';
import {crossEntropy} from '../../losses/crossEntropy';
import {unit} from '../../layers/unit';
import type {Method} from '../../module';
import {map} from '../../engine/params';
import type {TwoViews} from '../../views/sources/twoViews';
import {moco, type MocoOptions, type MocoOutputs, type MocoParams, type MocoState} from '../contrastive/moco';
import {projected, type ProjectedParams} from '../parts/projected';
import {concentrations} from './concentrations';
import {kMeans} from './kMeans';

/** Those of MoCo, with one temperature for the whole training, and: */
export interface PclOptions extends Omit<MocoOptions, 'temperature'> {
  /** Images that the source has. */
  size: number;
  /**
   * Clusters of each granularity, 2 to the number of images.
   * @default the paper's shares of the images: 25,000, 50,000 and 100,000 of ImageNet's
   */
  clusters?: number[];
  /**
   * τ of the comparison with keys, and mean of the prototypes' own.
   * @default 0.2, the authors' code
   */
  temperature?: number;
  /**
   * Share of the training without prototypes, in whole epochs.
   * @default 0.1, the authors' 20 of 200 epochs
   */
  warmup?: number;
}

/**
 * One granularity: unit rows [k, d], their temperatures φ [k], and the cluster of each image [size]
 * int32.
 */
export type Prototypes = {centers: tf.Tensor2D; concentration: tf.Tensor1D; assignment: tf.Tensor1D};
/** `ready` is 1 where prototypes count, 0 before. */
export type PclState = MocoState & {prototypes: Record<string, Prototypes>; ready: tf.Scalar};

const IMAGENET = {images: 1_281_167, clusters: [25_000, 50_000, 100_000]};

/** The paper's numbers of clusters, in proportion to the number of images. */
export const pclClusters = (size: number): number[] =>
  IMAGENET.clusters.map(k => Math.max(2, Math.round((k * size) / IMAGENET.images)));

export const pclDefaults = {temperature: 0.2};

/**
 * PCL v2, whose instance part is MoCo v2. Before each epoch after the warm-up the key encoder
 * embeds all images: as much as a forward pass of an epoch.
 */
export function pcl({
  size,
  clusters = pclClusters(size),
  temperature = pclDefaults.temperature,
  warmup = 0.1,
  ...options
}: PclOptions): Method<TwoViews, MocoParams, PclState, MocoOutputs> {
  check(Number.isInteger(size) && size >= 2, 'pcl', `expected the number of images, at least 2, got ${size}`);
  check(
    clusters.length >= 1 && clusters.every(k => Number.isInteger(k) && k >= 2 && k <= size),
    'pcl',
    `expected numbers of clusters from 2 to the ${size} images, got [${clusters}]`,
  );
  check(warmup >= 0 && warmup <= 1, 'pcl', `expected warmup as a share of the training, 0 to 1, got ${warmup}`);
  check(temperature > 0, 'pcl', `expected temperature > 0, got ${temperature}`);
  const instance = moco({...options, temperature});
  const {backbone: f, projector = [f.width, 128]} = options;
  const encoder = projected(f, mlp([f.width, ...projector], {batchNorm: false}));
  return {
    ...instance,
    initState: (params, key) => ({
      ...instance.initState!(params, key),
      prototypes: Object.fromEntries(
        clusters.map((k, i) => [
          `set${i + 1}`,
          {centers: tf.zeros([k, encoder.width]), concentration: tf.ones([k]), assignment: tf.zeros([size], 'int32')},
        ]),
      ),
      ready: tf.scalar(0),
    }),
    loss(params, batch, {prototypes, ready, ...state}, step) {
      const {loss, outputs} = instance.loss(params, batch, state, step);
      const [q] = tf.split(outputs.projection, 2) as [tf.Tensor2D, tf.Tensor2D];
      const each = Object.values(prototypes).map(({centers, concentration, assignment}) =>
        // ProtoNCE
        crossEntropy(tf.matMul(q, centers, false, true).div(concentration), assignment.gather(batch.index)),
      ); // [n, k]
      return {loss: loss.add(tf.addN(each).div(each.length).mul(ready)) as tf.Scalar, outputs};
    },
    afterStep: (params, {prototypes, ready, ...state}, step, outputs) => ({
      ...instance.afterStep!(params, state, step, outputs),
      ...map({prototypes, ready}, tensor => tensor.clone()),
    }),
    async beforeEpoch(_params, state, {key, epoch, epochs, embed, signal}) {
      if (epoch < Math.round(warmup * epochs)) return state;
      const features = await embed(
        (teacher, images, mode) => unit(encoder.apply(teacher as ProjectedParams, images, mode).projection),
        state.teacher,
      );
      const prototypes: Record<string, Prototypes> = {};
      try {
        check(features.shape[0] === size, 'pcl', `expected a source of ${size} images, got ${features.shape[0]}`);
        for (const [i, k] of clusters.entries()) {
          const own = fold(key, i);
          const {centers, assignment, distances} = await kMeans(features, {k, key: own, signal}).finally(() =>
            own.dispose(),
          );
          const concentration = tf.tensor1d(
            concentrations(await distances.data(), await assignment.data(), k, {temperature}),
          );
          prototypes[`set${i + 1}`] = {centers: unit(centers), concentration, assignment};
          tf.dispose([centers, distances]);
        }
        return {...state, prototypes, ready: tf.scalar(1)};
      } catch (error) {
        tf.dispose(prototypes);
        throw error;
      } finally {
        features.dispose();
      }
    },
  };
}
