// The study of color spaces in three sizes.

import {drawnEmoji} from '../../datasets/emoji/drawnEmoji';
import {stl10} from '../../datasets/stl10';
import type {Preset} from '../../preset';
import type {ColorSpaceStudyOptions} from './study';
import {someEmoji, type StudyPreset} from '../../study/studyPreset';

/**
 * `smoke`: a space and a learned one for an epoch. `default`: seven spaces and four learned ones on
 * all drawn emoji; each encoder is also tried on patches of the Earth. `paper`: STL-10's 100,000
 * unlabeled images, a memory, CMC's τ there and a ResNet for each view, for a GPU; InfoMin's own
 * encoder is another.
 */
export const colorSpacePresets: Record<Preset, StudyPreset<ColorSpaceStudyOptions>> = {
  smoke: {
    load: someEmoji,
    spaces: ['lab', 'flowLabels'],
    seeds: [0],
    epochs: 1,
    flowEpochs: 1,
    batch: 64,
    candidates: 64,
  },
  default: {load: () => drawnEmoji({size: 32}), seeds: [0, 1, 2], epochs: 8, candidates: 256, transfer: ['earth']},
  paper: {
    load: () => stl10({size: 64}),
    seeds: [0, 1, 2],
    epochs: 200,
    flowEpochs: 50,
    candidates: 4096,
    backbone: 'resnet18-cifar',
    negatives: 'memory',
    temperature: 0.1,
  },
};
