// The sibling study in three sizes.

import type {Dataset} from '../datasets/dataset';
import {cifar10} from '../datasets/cifar10';
import {drawnEmoji} from '../datasets/drawnEmoji';
import {subset} from '../datasets/subset';
import type {Preset} from '../preset';
import type {SiblingStudyOptions} from './siblingStudy';

type Chosen = Omit<SiblingStudyOptions, 'dataset'> & {
  /** Loads the data set that the preset is meant for. */
  load(): Promise<Dataset>;
};

/**
 * `smoke`: DINO's ablation for an epoch on an eighth of the drawn emoji. `default`: all ablations, three epochs of 5,120 drawn emoji, three seeds: enough to see who collapses, too little
 * to see who is best. `paper`: SimSiam's CIFAR-10 setting, sec. 6.1 and app. D of its paper: ResNet-18, 800 epochs of SGD, batch 512, the projector's width 2048; for a GPU.
 */
export const siblingPresets: Record<Preset, Chosen> = {
  smoke: {
    load: async () => subset(await drawnEmoji({size: 32}), {pretrain: 768, train: 560, validation: 140, test: 280}),
    ablations: ['teacher'], seeds: [0], epochs: 1, batch: 64,
  },
  default: {
    load: async () => subset(await drawnEmoji({size: 32}), {pretrain: 5120}),
    seeds: [0, 1, 2], epochs: 3, batch: 128,
  },
  paper: {
    load: () => cifar10(),
    seeds: [0, 1, 2], backbone: 'resnet18-cifar', epochs: 200, batch: 128, views: {strength: 0.5, blur: 0, smallestArea: 0.2},
  },
};
