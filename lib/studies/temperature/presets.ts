// The temperature study in three sizes.

import {cifar10} from '../../datasets/cifar10';
import type {Preset} from '../../preset';
import {temperatureGrid, type TemperatureStudyOptions} from './study';
import {onObjects, someEmoji, type StudyPreset} from '../../study/studyPreset';

/**
 * `smoke`: four trainings of two epochs on a sixteenth of the drawn emoji, to see that everything
 * works. `default`: SimCLR on the drawn objects for three epochs with the contrastive loss and the hard
 * one at six temperatures, and their limits without temperature, five seeds. Hard losses keep a quarter
 * of the 126 negatives of a batch: with a twelfth, Wang & Liu's share of a bank of 50,000, seed 2 at τ =
 * 0.09 never gets over its start, where all images are mapped alike.
 * `paper`: Wang & Liu's own setting on CIFAR-10, for a GPU, with the temperatures of their code's
 * README: a memory bank, ResNet-18 with a linear projector, 200 epochs of SGD, batch 128
 * (arXiv:2012.09740, sec. 5; WangFeng18/UnsupervisedLearningCodes, run.py). 54 runs of 78,000
 * steps; a step takes 2.2 s on 2 cores.
 */
export const temperaturePresets: Record<Preset, StudyPreset<TemperatureStudyOptions>> = {
  smoke: {
    load: someEmoji,
    temperatures: [0.1, 1],
    seeds: [0, 1],
    epochs: 2,
    batch: 64,
    evaluations: 1,
  },
  default: {
    ...onObjects,
    losses: ['contrastive', 'hardContrastive', 'simple', 'hardSimple'],
    temperatures: [...temperatureGrid],
    seeds: [0, 1, 2, 3, 4],
    epochs: 3,
    evaluations: 1,
    share: 0.25,
  },
  paper: {
    load: () => cifar10(),
    losses: ['contrastive', 'hardContrastive', 'simple', 'hardSimple'],
    temperatures: [0.05, 0.07, 0.1, 0.2, 0.3, 0.5, 0.7, 1],
    seeds: [0, 1, 2],
    method: 'instanceDiscrimination',
    backbone: 'resnet18-cifar',
    projector: [128],
    epochs: 200,
    batch: 128,
    optimizer: {name: 'sgd', rate: 0.03, decay: 5e-4},
    schedule: {
      name: 'steps',
      drops: [
        [0.8, 0.1],
        [0.95, 0.1],
      ],
    },
    views: {recipe: 'mocoV1'},
    evaluations: 20,
  },
};
