// What the benchmarks train: the same for our side, for its peers and for the check that both
// compute the same.

import {resnet} from '../../../lib/backbones/resnet';
import {smallConv} from '../../../lib/backbones/smallConv';
import {vit} from '../../../lib/backbones/vit';
import {range, type LoadedDataset} from '../../../lib/datasets/dataset';
import {drawnEmoji} from '../../../lib/datasets/emoji/drawnEmoji';
import {bytes, gatherBytes} from '../../../lib/engine/bytes';
import {key, uniform} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {linear} from '../../../lib/layers/linear';
import {simclr} from '../../../lib/methods/contrastive/simclr';
import {inside, type Backbone, type Method, type Params, type Source} from '../../../lib/module';
import {adamW} from '../../../lib/training/adamW';
import {constant} from '../../../lib/schedules';
import type {Task} from '../../../lib/training/training';
import {normalize} from '../../../lib/views/normalize';
import {simclrViews} from '../../../lib/views/recipes/simclr';
import {twoViews} from '../../../lib/views/sources/twoViews';

/** A case of the benchmarks, as it travels to the programs. */
export interface Case {
  encoder: 'smallConv' | 'resnet18' | 'vit';
  /** Two augmented views a sample and NT-Xent, or the images as they are and their classes. */
  objective: 'simclr' | 'classes';
  /** Samples a step. */
  batch: number;
  /** The project's drawings, or noise with the shape of CIFAR-10's training images. */
  data: 'drawn-emoji' | 'cifar-shaped';
}

/** Common to all cases; the peers are told them. */
export const settings = {
  temperature: 0.3,
  area: [0.4, 1],
  strength: 0.5,
  rate: 3e-3,
  decay: 1e-4,
  classes: 10,
  projector: {smallConv: [192, 128], resnet18: [512, 128], vit: [192, 128]},
} as const;

export type Batch = {[name: string]: tf.Tensor};
export type BenchmarkTask = Task<Batch, Params, {}, Params>;

export async function benchmarkDataset({data}: Pick<Case, 'data'>): Promise<LoadedDataset> {
  switch (data) {
    case 'drawn-emoji':
      return drawnEmoji({size: 32});
    case 'cifar-shaped':
      return noise(50_000);
    default:
      return data satisfies never;
  }
}

/** @param epochs As many as the caller means to train. */
export function benchmarkTask(
  {encoder, objective, batch}: Case,
  dataset: LoadedDataset,
  epochs = 1_000_000,
): BenchmarkTask {
  const backbone = backboneOf(encoder);
  const common = {optimizer: adamW({decay: settings.decay}), schedule: constant(settings.rate), epochs, batch, seed: 0};
  const {mean, standardDeviation} = dataset;
  switch (objective) {
    case 'simclr': {
      const {strength, area, temperature, projector} = settings;
      const task: Omit<BenchmarkTask, 'method' | 'source'> & {source: object; method: object} = {
        ...common,
        source: twoViews({dataset, recipe: simclrViews({size: 32, strength, area, blur: 0, mean, standardDeviation})}),
        method: simclr({backbone, projector: [...projector[encoder]], temperature}),
      };
      return task as BenchmarkTask;
    }
    case 'classes':
      return {...common, source: classified(dataset), method: classifier(backbone)};
    default:
      return objective satisfies never;
  }
}

function backboneOf(encoder: Case['encoder']): Backbone {
  switch (encoder) {
    case 'smallConv':
      return smallConv();
    case 'resnet18':
      return resnet({depth: 18, stem: 'cifar'});
    case 'vit':
      return vit({size: 'micro', patch: 4, image: 32, pool: 'mean'});
    default:
      return encoder satisfies never;
  }
}

/**
 * Images as they are; the class of an image is its place in the set, for any class costs the same.
 */
function classified(dataset: LoadedDataset): Source<Batch> {
  const store = bytes(dataset.images, [...dataset.shape]);
  const normalized = normalize(dataset);
  return {
    size: dataset.shape[0],
    holds: {images: store},
    batch: index =>
      tf.tidy(() => ({
        images: normalized(gatherBytes<tf.Tensor4D>(store, index)),
        labels: tf.mod(index, tf.scalar(settings.classes, 'int32')),
      })),
    dispose: () => store.dispose(),
  };
}

/** An encoder, a linear layer and cross-entropy. */
function classifier(f: Backbone): Method<Batch> {
  const g = linear(f.width, settings.classes);
  return {
    init: k => ({backbone: f.init(k), head: g.init(k)}),
    loss(params, {images, labels}, _state, {key: k}) {
      const logits = g.apply(
        params.head as Params,
        f.apply(params.backbone as Params, images as tf.Tensor4D, inside({key: k}, 'backbone')),
        {},
      );
      const own = logits.mul(tf.oneHot(labels as tf.Tensor1D, settings.classes)).sum(1);
      return {loss: logits.logSumExp(1).sub(own).mean() as tf.Scalar, outputs: {}};
    },
    embed: (params, _state, images, mode) => ({
      embedding: f.apply(params.backbone as Params, images, inside(mode, 'backbone')),
    }),
  };
}

/** n images of even noise. */
function noise(n: number): LoadedDataset {
  const images = new Uint8Array(n * 32 * 32 * 3);
  const part = images.length / 50;
  for (let i = 0; i < 50; i++)
    tf.tidy(() => images.set(uniform(key(i), [part], {maximum: 256}).floor().dataSync(), i * part));
  return {
    name: 'cifar-shaped',
    images,
    shape: [n, 32, 32, 3],
    labels: new Int32Array(n).fill(-1),
    classes: [],
    splits: {pretrain: range(0, n), train: range(0, 0), validation: range(0, 0), test: range(0, 0)},
    mean: [0.5, 0.5, 0.5],
    standardDeviation: [0.29, 0.29, 0.29],
    license: 'none needed',
    credit: 'noise',
    checksum: '',
  };
}

/** Samples of step `i`: the set in order, from its start again when it ends. */
export const indicesOf = (i: number, {source, batch}: BenchmarkTask): Int32Array => {
  const at = (i % Math.floor(source.size / batch)) * batch;
  return range(at, at + batch);
};
