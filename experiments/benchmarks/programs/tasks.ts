// What the benchmarks train: the same for our side, for its peers and for the check that both compute the same.

import {resnet} from '../../../lib/backbones/resnet';
import {smallConv} from '../../../lib/backbones/smallConv';
import {range, type Dataset} from '../../../lib/datasets/dataset';
import {drawnEmoji} from '../../../lib/datasets/drawnEmoji';
import {bytes, gatherBytes} from '../../../lib/engine/bytes';
import {key, split, uniform} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {linear} from '../../../lib/layers/linear';
import {simclr} from '../../../lib/methods/contrastive/simclr';
import {inside, type Backbone, type Key, type Method, type Params} from '../../../lib/module';
import {adamW} from '../../../lib/training/adamW';
import {normalize} from '../../../lib/views/normalize';
import {simclrViews} from '../../../lib/views/recipes/simclr';

/** A case of the benchmarks, as it travels to the programs. */
export interface Case {
  encoder: 'smallConv' | 'resnet18';
  /** Two augmented views a sample and NT-Xent, or the images as they are and their classes. */
  objective: 'simclr' | 'classes';
  /** Samples a step. */
  batch: number;
  /** The first needs the project's drawings; the other is noise with the shape of CIFAR-10's training images. */
  data: 'drawn-emoji' | 'cifar-shaped';
}

/** Common to all cases; the peers read them from here, too. */
export const settings = {temperature: 0.3, area: [0.4, 1], strength: 0.5, rate: 3e-3, decay: 1e-4, classes: 10, projector: {smallConv: [192, 128], resnet18: [512, 128]}} as const;

export type Batch = {[name: string]: tf.Tensor};

/** Everything that a step needs. `store` is the only large tensor that it captures. */
export interface BenchmarkTask {
  size: number;
  store: tf.Tensor;
  images: {values: Uint8Array; shape: [number, number, number, number]; mean: readonly number[]; standardDeviation: readonly number[]};
  batch(indices: tf.Tensor1D, key: Key): Batch;
  method: Pick<Method<Batch, Params, {}, Params>, 'init' | 'loss'>;
  optimizer: ReturnType<typeof adamW>;
}

export async function benchmarkTask({encoder, objective, data}: Case): Promise<BenchmarkTask> {
  const images = data === 'drawn-emoji' ? pretrainOf(await drawnEmoji({size: 32})) : noise(50_000);
  const store = bytes(images.values, images.shape);
  const backbone = backboneOf(encoder);
  const common = {size: images.shape[0], store, images, optimizer: adamW({decay: settings.decay})};
  switch (objective) {
    case 'simclr': {
      const recipe = simclrViews({size: 32, strength: settings.strength, area: settings.area, blur: 0, mean: images.mean, standardDeviation: images.standardDeviation});
      const batch = (indices: tf.Tensor1D, key: Key) => {
        const gathered = gatherBytes<tf.Tensor4D>(store, indices);
        const [a, b] = split(key, 2);
        return {first: recipe.first(gathered, a!), second: recipe.second(gathered, b!)};
      };
      return {...common, batch, method: simclr({backbone, projector: [...settings.projector[encoder]], temperature: settings.temperature}) as unknown as BenchmarkTask['method']};
    }
    case 'classes': {
      const normalised = normalize(images);
      // The class of an image is its place in the set: any class costs the same.
      const batch = (indices: tf.Tensor1D) => ({images: normalised(gatherBytes<tf.Tensor4D>(store, indices)), labels: tf.mod(indices, tf.scalar(settings.classes, 'int32'))});
      return {...common, batch, method: classifier(backbone)};
    }
    default:
      return objective satisfies never;
  }
}

function backboneOf(encoder: Case['encoder']): Backbone {
  switch (encoder) {
    case 'smallConv': return smallConv();
    case 'resnet18': return resnet({depth: 18, stem: 'cifar'});
    default: return encoder satisfies never;
  }
}

/** An encoder, a linear layer and cross-entropy. */
function classifier(f: Backbone): BenchmarkTask['method'] {
  const g = linear(f.width, settings.classes);
  return {
    init(key) {
      const [a, b] = split(key, 2);
      return {backbone: f.init(a!), head: g.init(b!)};
    },
    loss(params, {images, labels}, _state, {key}) {
      const embedding = f.apply(params.backbone as Params, images as tf.Tensor4D, inside({key}, 'backbone'));
      const logits = g.apply(params.head as Params, embedding, {});
      const own = logits.mul(tf.oneHot(labels as tf.Tensor1D, settings.classes)).sum(1);
      return {loss: logits.logSumExp(1).sub(own).mean() as tf.Scalar, outputs: {}};
    },
  };
}

function pretrainOf({images, shape: [, h, w, c], splits: {pretrain}, mean, standardDeviation}: Dataset): BenchmarkTask['images'] {
  const length = h * w * c;
  const values = new Uint8Array(pretrain.length * length);
  pretrain.forEach((row, i) => values.set(images.subarray(row * length, (row + 1) * length), i * length));
  return {values, shape: [pretrain.length, h, w, c], mean, standardDeviation};
}

function noise(n: number): BenchmarkTask['images'] {
  const values = new Uint8Array(n * 32 * 32 * 3);
  const rows = n / 50;
  for (let part = 0; part < 50; part++) {
    tf.tidy(() => values.set(uniform(key(part), [rows * 3072], {maximum: 256}).floor().dataSync(), part * rows * 3072));
  }
  return {values, shape: [n, 32, 32, 3], mean: [0.5, 0.5, 0.5], standardDeviation: [0.29, 0.29, 0.29]};
}

/** Samples of step `i`: the set in order, from its start again when it ends. */
export const indicesOf = (i: number, {size}: Pick<BenchmarkTask, 'size'>, {batch}: Case): Int32Array => {
  const steps = Math.floor(size / batch);
  return range(i % steps * batch, (i % steps + 1) * batch);
};
