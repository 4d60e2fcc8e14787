// The temperature study in three sizes.

import type {Dataset} from '../datasets/dataset';
import {cifar10} from '../datasets/cifar10';
import {drawnEmoji} from '../datasets/drawnEmoji';
import {subset} from '../datasets/subset';
import type {Preset} from '../preset';
import type {TemperatureStudyOptions} from './temperatureStudy';

type Chosen = Omit<TemperatureStudyOptions, 'dataset'> & {
  /** Loads the data set that the preset is meant for. */
  load(): Promise<Dataset>;
};

/**
 * `smoke`: six trainings of two epochs on an eighth of the drawn emoji, to see that everything works. `default`: five temperatures, three seeds on all drawn emoji.
 * `paper`: SimCLR's own setting on CIFAR-10, for a GPU: Chen et al. 2020, app. B.9 (ResNet-18, batch 512, 1000 epochs, LARS with rate 1), at Wang & Liu's temperatures and more.
 */
export const temperaturePresets: Record<Preset, Chosen> = {
  smoke: {
    load: async () => subset(await drawnEmoji({size: 32}), {pretrain: 768, train: 560, validation: 140, test: 280}),
    temperatures: [0.1, 0.3, 1], seeds: [0, 1], epochs: 2, batch: 64, evaluations: 1,
  },
  default: {
    load: () => drawnEmoji({size: 32}),
    temperatures: [0.05, 0.1, 0.3, 0.5, 1], seeds: [0, 1, 2],
  },
  paper: {
    load: () => cifar10(),
    temperatures: [0.05, 0.07, 0.1, 0.2, 0.3, 0.5, 0.7, 1], seeds: [0, 1, 2, 3, 4],
    backbone: 'resnet18-cifar', projector: [512, 128], epochs: 1000, batch: 512, optimizer: {name: 'lars', rate: 1, decay: 1e-4}, warmup: 0.01,
    views: {strength: 0.5, blur: 0, smallestArea: 0.08}, evaluations: 20,
  },
};
