// The method study in three sizes.

import {cifar10} from '../../datasets/cifar10';
import type {Preset} from '../../preset';
import type {MethodStudyOptions, Variant} from './study';
import type {MethodName} from '../../methods/catalogue';
import {onObjects, someEmoji, type StudyPreset} from '../../study/studyPreset';

/** As in the authors' code, for a rate and a decay that suit few steps. */
const dinoTraining: Partial<Variant> = {optimizer: {name: 'adamW', rate: 1e-3, decay: 0.04, clip: 3}};

/**
 * Every method with the heads of its paper behind the small encoder. What papers choose for a
 * million images and hundreds of epochs is scaled down by one rule: moving averages keep 0.99 of
 * themselves at a step, a queue holds an eighth of the images, prototypes are ten times the 16
 * classes and clusters four and ten times.
 */
export const smallMethods: readonly Variant[] = [
  {method: {method: 'instanceDiscrimination'}},
  {method: {method: 'invariantSpread'}},
  {method: {method: 'pirl', options: {transform: 'rotation'}}},
  {method: {method: 'simclr', options: {temperature: 0.2}}},
  {method: {method: 'moco', options: {queue: 2048, momentum: 0.99, groups: 4}}},
  {method: {method: 'mocoV3', options: {temperature: 0.2, momentum: 0.99}}},
  {method: {method: 'pcl', options: {queue: 2048, momentum: 0.99, groups: 4, clusters: [64, 160]}}},
  {method: {method: 'swav', options: {prototypes: 160, frozenSteps: 48}}, local: {count: 2, scale: 0.5}},
  {method: {method: 'simsiam'}},
  {method: {method: 'byol', options: {momentum: 0.99}}},
  {method: {method: 'barlowTwins'}},
  {method: {method: 'vicreg'}},
  {
    method: {method: 'dino', options: {bottleneck: 64, hidden: 512, prototypes: 160, momentum: 0.99}},
    ...dinoTraining,
    local: {count: 2, scale: 0.5},
  },
  {method: {method: 'supervised'}},
];

/** A method by its name: as {@link smallMethods} has it, or at its defaults. */
export const variantOf = (name: MethodName): Variant =>
  smallMethods.find(({method}) => method.method === name) ?? {method: {method: name}};

/**
 * `smoke`: six methods for an epoch on a sixteenth of the drawn emoji, to see that everything works.
 * `default`: every method for four epochs of the drawn objects, four seeds.
 * `paper`: the CIFAR-10 benchmark of lightly (lightly-ai/lightly, cifar10_benchmark.py: ResNet-18,
 * batch 512, 200 epochs of SGD, 200-NN with τ 0.1), for a GPU. Differs from it: DINO's head has
 * three layers without BatchNorm, the authors', MoCo's loss is not symmetric, SwAV trains with
 * AdamW. An image goes forwards through this encoder with 1.1 billion operations, so that a method
 * of six passes takes 6.7e16 in all; lightly reports 2.6 to 3.3 hours a run on an RTX A6000, 60
 * hours for the 21 runs.
 */
export const methodPresets: Record<Preset, StudyPreset<MethodStudyOptions>> = {
  smoke: {
    load: someEmoji,
    variants: smallMethods.filter(({method: {method}}) =>
      ['simclr', 'moco', 'simsiam', 'swav', 'dino', 'supervised'].includes(method),
    ),
    seeds: [0],
    epochs: 1,
    batch: 64,
  },
  default: {
    ...onObjects,
    variants: smallMethods,
    seeds: [0, 1, 2, 3],
    epochs: 4,
  },
  paper: {
    load: () => cifar10(),
    variants: [
      {method: {method: 'simclr', options: {projector: [512, 128], temperature: 0.5}}},
      {method: {method: 'moco', options: {projector: [512, 128], temperature: 0.1, queue: 8192, momentum: 0.99}}},
      {method: {method: 'byol', options: {projector: [1024, 256], predictor: [1024], momentum: 0.99}}},
      {
        method: {method: 'simsiam', options: {projector: [2048, 2048], predictor: [512], predictorRate: 1}},
        optimizer: {name: 'sgd', rate: 0.06, decay: 5e-4},
      },
      {method: {method: 'barlowTwins', options: {projector: [2048, 2048]}}},
      {
        method: {method: 'swav', options: {projector: [512, 128], prototypes: 512, frozenSteps: 0}},
        optimizer: {name: 'adamW', rate: 4e-3, decay: 1e-6},
        views: {strength: 0.5, blur: 0, smallestArea: 0.14},
      },
      {method: {method: 'dino', options: {hidden: 2048, prototypes: 2048, momentum: 0.99}}},
    ],
    seeds: [0, 1, 2],
    backbone: 'resnet18-cifar',
    epochs: 200,
    batch: 512,
    optimizer: {name: 'sgd', rate: 0.24, decay: 5e-4},
    schedule: {name: 'cosine', warmup: 0},
    views: {strength: 0.5, blur: 0, smallestArea: 0.08},
    knn: {k: 200, temperature: 0.1},
    evaluations: 20,
  },
};

/** Those of {@link methodPresets}; `default` with three seeds. */
export const equalComputePresets: typeof methodPresets = {
  ...methodPresets,
  default: {...methodPresets.default, seeds: [0, 1, 2]},
};
