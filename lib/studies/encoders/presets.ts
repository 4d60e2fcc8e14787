// The study of encoders in three sizes: which one learns most in a minute of a processor.

import {cifar10} from '../../datasets/cifar10';
import type {Preset} from '../../preset';
import type {BackboneName} from '../../backbones/namedBackbone';
import {onObjects, someEmoji, type StudyPreset} from '../../study/studyPreset';
import type {TrainingSettings} from '../../study/trainingSettings';
import {recipeDefaults} from '../../views/recipes/namedRecipe';
import type {MethodStudyOptions, Variant} from '../methods/study';

/** What an encoder is trained with that is not the study's default. */
type Own = Partial<Pick<TrainingSettings, 'batch' | 'epochs'>> & {rate?: number; scale?: number};

/** Supervised, so that an encoder is chosen by its labels alone, before any method is compared on it. */
function supervised(backbone: BackboneName, {rate = 0.01, scale = 1, ...own}: Own = {}): Variant {
  const said = [scale < 1 && `views of ${scale} × the side`, own.batch && `batch ${own.batch}`, `rate ${rate}`];
  return {
    name: [backbone, ...said, own.epochs && `${own.epochs} epochs`].filter(Boolean).join(', '),
    method: {method: 'supervised'},
    backbone,
    optimizer: {name: 'adamW', rate, decay: 0.05},
    views: {...recipeDefaults, strength: 0.25, smallestArea: 0.5, scale},
    ...own,
  };
}

/**
 * `smoke`: two encoders for an epoch on a sixteenth of the drawn emoji, to see that everything works.
 * `default`: the small encoders on the drawn objects of the other studies with all labels, three epochs, at
 * several rates, batches and sides of the views, three seeds; and the one that the others use once more
 * with nine epochs, for what it can learn at all. `paper`: those for a GPU on CIFAR-10, 200 epochs; no
 * publication's own setting.
 */
export const encoderPresets: Record<Preset, StudyPreset<MethodStudyOptions>> = {
  smoke: {
    load: someEmoji,
    variants: [supervised('smallConv'), supervised('pooledConv', {scale: 0.75})],
    seeds: [0],
    epochs: 1,
    batch: 64,
  },
  default: {
    load: onObjects.load,
    variants: [
      supervised('smallConv'),
      supervised('pooledConv'),
      supervised('pooledConv', {batch: 128}),
      supervised('pooledConv', {scale: 0.75}),
      supervised('pooledConv', {scale: 0.75, rate: 0.003}),
      supervised('pooledConv', {scale: 0.5}),
      supervised('pooledConv', {scale: 0.75, epochs: 9}),
      supervised('vit-nano', {rate: 0.001}),
    ],
    seeds: [0, 1, 2],
    epochs: 3,
    batch: 64,
  },
  paper: {
    load: () => cifar10(),
    variants: [
      supervised('pooledConv'),
      supervised('resnet18-cifar', {rate: 0.003}),
      supervised('resnet50-cifar', {rate: 0.003}),
    ],
    seeds: [0, 1, 2],
    epochs: 200,
    batch: 512,
  },
};
