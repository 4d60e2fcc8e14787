// The study of AttMask's strategies in three sizes.

import path from 'node:path';
import type {Dataset} from '../../datasets/dataset';
import {drawnEmoji} from '../../datasets/emoji/drawnEmoji';
import {imageFolder} from '../../datasets/imageFolder';
import {subset} from '../../datasets/subset';
import type {Preset} from '../../preset';
import {projectRoot} from '../../root';
import type {AttmaskStudyOptions} from './study';
import {someEmoji, type StudyPreset} from '../../study/studyPreset';

/**
 * As DINO is scaled down among the methods, and four prototypes for each of the 28 classes. The
 * teacher keeps 0.99 of itself a step, which is what the authors take where images are few, too;
 * its τ stays at 0.04, for it would be at 0.07 before it has learned to tell images apart, and say
 * the same of all prototypes.
 */
const small = {options: {hidden: 512, bottleneck: 64, prototypes: 112, momentum: 0.99}, teacherTemperature: 0.04};

/**
 * A fifth of ImageNet's training images, evenly of each class: the folder of its classes, or a link
 * to it, lies at data/imagenet. Other folders: `--dataset <folder> --size 224`.
 *
 * @throws RangeError when there is no such folder.
 */
async function fifthOfImageNet(): Promise<Dataset> {
  const whole = await imageFolder(path.join(projectRoot(), 'data', 'imagenet'), {
    size: 224,
    stream: true,
    shares: {validation: 0.01, test: 0.04},
  });
  return subset(whole, {pretrain: Math.round(whole.shape[0] / 5), train: Math.round(whole.shape[0] / 5)});
}

/**
 * `smoke`: two strategies for an epoch of few drawn emoji. `default`: all five, six epochs of 2,560
 * drawn emoji, three seeds: 480 steps of 32 images. In 240 steps of 64 it learned half as much
 * (random masks, seed 0: linear probe 31.7 % in place of 33.7, untrained 31.0). `paper`: AttMask's
 * own comparison, iBOT with ViT-S/16 for 100 epochs of a fifth of ImageNet, from its command
 * (gkakogeorgiou/attmask, README.md), for a GPU: 8,192 prototypes, six small crops of 96 px, batch
 * 240. Differs from it: crops are SimCLR's with half its jitter and no solarization, positions are
 * fixed, no block is skipped, and it is tested on a part of the training images that is held out.
 */
export const attmaskPresets: Record<Preset, StudyPreset<AttmaskStudyOptions>> = {
  smoke: {
    load: async () => subset(await someEmoji(), {pretrain: 256}),
    strategies: ['random', 'AttMask-High'],
    ibot: small,
    seeds: [0],
    backbone: 'vit-nano-token',
    epochs: 1,
    batch: 32,
    optimizer: {name: 'adamW', rate: 1e-3, decay: 0.04, clip: 3},
  },
  default: {
    load: async () => subset(await drawnEmoji({size: 32}), {pretrain: 2560}),
    ibot: small,
    seeds: [0, 1, 2],
    backbone: 'vit-nano-token',
    epochs: 6,
    batch: 32,
    optimizer: {name: 'adamW', rate: 1e-3, decay: 0.04, clip: 3},
  },
  paper: {
    load: fifthOfImageNet,
    ibot: {options: {prototypes: 8192, momentum: 0.99}},
    seeds: [0],
    backbone: 'vit-small-16-token',
    epochs: 100,
    batch: 240,
    optimizer: {name: 'adamW', rate: (5e-4 * 240) / 256, decay: 0.04, clip: 3},
    views: {strength: 0.5, blur: 0.5, smallestArea: 0.25},
    local: {count: 6, scale: 96 / 224},
    evaluations: 5,
  },
};
