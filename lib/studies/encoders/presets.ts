// The study of encoders in three sizes: which one learns most in a minute of a processor.

import {cifar10} from '../../datasets/cifar10';
import {objects} from '../../datasets/scenes/objects';
import type {Preset} from '../../preset';
import type {BackboneName} from '../../backbones/namedBackbone';
import {someEmoji, type StudyPreset} from '../../study/studyPreset';
import {recipeDefaults} from '../../views/recipes/namedRecipe';
import type {MethodStudyOptions, Variant} from '../methods/study';

/** Supervised, so that an encoder is chosen by its labels alone, before any method is compared on it. */
const supervised = (
  backbone: BackboneName,
  {side, batch = 64, rate = 0.01}: {side?: number; batch?: number; rate?: number} = {},
): Variant => ({
  name: [backbone, ...(side ? [`views of ${side} px`] : []), `batch ${batch}`, `rate ${rate}`].join(', '),
  method: {method: 'supervised'},
  backbone,
  batch,
  optimizer: {name: 'adamW', rate, decay: 0.05},
  views: {...recipeDefaults, strength: 0.25, smallestArea: 0.5, ...(side && {size: side})},
});

/**
 * `smoke`: two encoders for an epoch on a sixteenth of the drawn emoji, to see that everything
 * works. `default`: the small encoders on all drawn objects with all labels, three epochs, at
 * several rates, batches and sides of the views. `paper`: those for a GPU on CIFAR-10, 200 epochs;
 * no publication's own setting.
 */
export const encoderPresets: Record<Preset, StudyPreset<MethodStudyOptions>> = {
  smoke: {
    load: someEmoji,
    variants: [supervised('smallConv'), supervised('pooledConv', {side: 24})],
    seeds: [0],
    epochs: 1,
  },
  default: {
    load: () => objects(),
    variants: [
      supervised('smallConv', {batch: 128, rate: 0.003}),
      supervised('smallConv'),
      supervised('pooledConv', {batch: 128, rate: 0.003}),
      supervised('pooledConv', {batch: 128}),
      supervised('pooledConv'),
      supervised('pooledConv', {side: 24}),
      supervised('pooledConv', {side: 24, rate: 0.005}),
      supervised('pooledConv', {side: 16}),
      supervised('vit-nano', {rate: 0.001}),
    ],
    seeds: [0, 1, 2],
    epochs: 3,
  },
  paper: {
    load: () => cifar10(),
    variants: [
      supervised('pooledConv', {batch: 512}),
      supervised('resnet18-cifar', {batch: 512, rate: 0.003}),
      supervised('resnet50-cifar', {batch: 512, rate: 0.003}),
    ],
    seeds: [0, 1, 2],
    epochs: 200,
  },
};
