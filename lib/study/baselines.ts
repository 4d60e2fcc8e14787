// What accuracies mean: the same protocol on features that nobody trained.

import {namedBackbone, type BackboneName} from '../backbones/namedBackbone';
import type {Dataset} from '../datasets/dataset';
import {tf} from '../engine/tf';
import {featureAccuracies, type Splitted} from '../evaluation/accuracies';
import {batches} from '../embedding/batches';
import {chance} from '../evaluation/chance';
import {embedSplits, labelsAt} from '../evaluation/evaluateEncoder';
import {hog} from '../evaluation/hog';
import type {Labeled} from '../evaluation/labeled';
import {rawPixels} from '../evaluation/rawPixels';
import {simclr} from '../methods/contrastive/simclr';
import {adamW} from '../training/adamW';
import {encoderOf} from '../embedding/encoderOf';
import {version} from '../training/provenance';
import {initialState} from '../training/training';
import {resultsFolder} from './resultsFolder';
import {rowOf} from './rowOf';
import {defaultSeeds} from './study';

/** Test accuracies of features that were not trained, as shares 0 to 1. */
export type BaselineRow = {
  /**
   * The most frequent class; pixels; histograms of oriented gradients; the encoder before its first
   * step.
   */
  baseline: 'chance' | 'pixels' | 'hog' | 'untrained';
  dataset: string;
  /** Of the untrained encoder's weights; null where nothing is drawn. */
  seed: number | null;
  knn: number;
  linear: number;
  protocol: string;
};

export interface BaselinesOptions {
  dataset: Dataset;
  /** Of the untrained encoder. @default 'smallConv' */
  backbone?: BackboneName;
  /**
   * Of the untrained encoder's weights: those with which a study's runs of the same seed start.
   * @default {@link defaultSeeds}
   */
  seeds?: readonly number[];
  /** Where finished rows lie. @default experiments/results/baselines of the project */
  folder?: string;
  signal?: AbortSignal;
}

/**
 * Yields chance, raw pixels, HOG, and the untrained encoder for each seed. Finished ones are taken
 * as they are.
 */
export async function* baselines({
  dataset,
  backbone = 'smallConv',
  seeds = defaultSeeds,
  folder = resultsFolder('baselines'),
  signal,
}: BaselinesOptions): AsyncGenerator<BaselineRow, void, undefined> {
  const {train, validation, test} = dataset.splits;
  const kinds: {baseline: BaselineRow['baseline']; seed: number | null}[] = [
    {baseline: 'chance', seed: null},
    {baseline: 'pixels', seed: null},
    {baseline: 'hog', seed: null},
    ...seeds.map(seed => ({baseline: 'untrained' as const, seed})),
  ];
  for (const {baseline, seed} of kinds) {
    const options = {
      baseline,
      seed,
      ...(baseline === 'untrained' && {backbone}),
      dataset: dataset.name,
      labeled: [train.length, validation.length, test.length],
      data: dataset.checksum,
      version,
    };
    yield await rowOf<BaselineRow>(folder, options, async () => ({
      baseline,
      dataset: dataset.name,
      seed,
      ...(await measured(baseline, dataset, backbone, seed ?? 0, signal)),
    }));
  }
}

async function measured(
  baseline: BaselineRow['baseline'],
  dataset: Dataset,
  backbone: BackboneName,
  seed: number,
  signal?: AbortSignal,
): Promise<Pick<BaselineRow, 'knn' | 'linear' | 'protocol'>> {
  const {train, test} = dataset.splits;
  switch (baseline) {
    case 'chance': {
      const share = chance(labelsAt(dataset, train), labelsAt(dataset, test));
      return {knn: share, linear: share, protocol: `the most frequent of ${dataset.classes.length} classes`};
    }
    case 'pixels':
      return handMade(dataset, indices => rawPixels(dataset, indices, {signal}), signal);
    case 'hog':
      return handMade(
        dataset,
        async indices => (await batches(images => ({features: hog(images)}), dataset, indices, {signal})).features,
        signal,
      );
    case 'untrained':
      return untrained(dataset, backbone, seed, signal);
  }
}

async function handMade(
  dataset: Dataset,
  features: (indices: Int32Array) => Promise<tf.Tensor2D>,
  signal?: AbortSignal,
) {
  const split = async (name: 'train' | 'validation' | 'test'): Promise<Labeled> => ({
    features: await features(dataset.splits[name]),
    labels: labelsAt(dataset, dataset.splits[name]),
  });
  return tested(
    {train: await split('train'), validation: await split('validation'), test: await split('test')},
    signal,
  );
}

/** The encoder that SimCLR starts from, which is the same at every temperature. */
async function untrained(dataset: Dataset, backbone: BackboneName, seed: number, signal?: AbortSignal) {
  const method = simclr({backbone: namedBackbone(backbone, dataset.shape[3])});
  const {encoder, dispose} = await encoderOf(
    method,
    {read: () => initialState({method, optimizer: adamW(), seed})},
    dataset,
    {signal},
  );
  try {
    const splits = await embedSplits(encoder, dataset, {signal});
    const labeled = Object.entries(splits).map(([name, {embedding, projection, labels}]) => {
      projection!.dispose();
      return [name, {features: embedding, labels}];
    });
    return await tested(Object.fromEntries(labeled) as Splitted<Labeled>, signal);
  } finally {
    dispose();
  }
}

/** Frees the features. */
async function tested(splits: Splitted<Labeled>, signal?: AbortSignal) {
  try {
    const {knn, linear, protocol} = await featureAccuracies(splits, {signal});
    return {knn, linear, protocol};
  } finally {
    tf.dispose(Object.values(splits).map(({features}) => features));
  }
}
