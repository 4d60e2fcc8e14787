// The sibling study in three sizes.

import {cifar10} from '../../datasets/cifar10';
import {drawnEmoji} from '../../datasets/emoji/drawnEmoji';
import {subset} from '../../datasets/subset';
import type {Preset} from '../../preset';
import type {SiblingStudyOptions} from './study';
import {someEmoji, type StudyPreset} from '../../study/studyPreset';

/**
 * `smoke`: DINO's ablation for an epoch on a sixteenth of the drawn emoji. `default`: all ablations,
 * three epochs of 5,120 drawn emoji, three seeds: enough to see who collapses, too little to see
 * who is best. `paper`: the same ablations on CIFAR-10 with ResNet-18 and 200 epochs, for a GPU;
 * batch, optimizer and rates stay those of `default`, so that it is no paper's own setting.
 */
export const siblingPresets: Record<Preset, StudyPreset<SiblingStudyOptions>> = {
  smoke: {
    load: someEmoji,
    ablations: ['teacher'],
    seeds: [0],
    epochs: 1,
    batch: 64,
  },
  default: {
    load: async () => subset(await drawnEmoji({size: 32}), {pretrain: 5120}),
    seeds: [0, 1, 2],
    epochs: 3,
    batch: 128,
  },
  paper: {
    load: () => cifar10(),
    seeds: [0, 1, 2],
    backbone: 'resnet18-cifar',
    epochs: 200,
    batch: 128,
    views: {strength: 0.5, blur: 0, smallestArea: 0.2},
  },
};
