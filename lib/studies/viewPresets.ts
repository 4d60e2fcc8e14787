// The studies of good views in three sizes: how much of an image each crop shows, how strong the colour jitter is.

import {drawnEmoji} from '../datasets/drawnEmoji';
import {stl10} from '../datasets/stl10';
import type {Preset} from '../preset';
import {someEmoji, type StudyPreset} from './studyPreset';
import type {ViewInformationStudyOptions} from './viewInformationStudy';

type ViewPresets = Record<Preset, StudyPreset<ViewInformationStudyOptions>>;

const smoke = {load: someEmoji, seeds: [0], epochs: 1, batch: 64, candidates: 64} as const;
const small = {load: () => drawnEmoji({size: 32}), seeds: [0, 1, 2], epochs: 8, candidates: 256, transfer: ['earth' as const]};
/** STL-10's 100,000 unlabelled images, its labels for the probe. Encoder and epochs are ours: the paper's own dials turn on ImageNet. */
const paper = {load: () => stl10({size: 64}), seeds: [0, 1, 2], epochs: 200, candidates: 4096, backbone: 'resnet18-cifar' as const, transfer: []};

/**
 * `smoke`: three trainings of an epoch, to see that everything works. `default`: seven crops, from a fiftieth of the image to all of it, with a weak colour jitter, on all drawn emoji; each encoder is also tried on
 * patches of the Earth. `paper`: the smallest crop as InfoMin turns it, on STL-10, for a GPU.
 */
export const cropPresets: ViewPresets = {
  smoke: {...smoke, seeds: [0], dial: 'area', values: [0.1, 0.4, 1], base: {strength: 0.25, blur: 0, smallestArea: 0.4}},
  default: {...small, dial: 'area', values: [0.02, 0.05, 0.1, 0.2, 0.4, 0.7, 1], base: {strength: 0.25, blur: 0, smallestArea: 0.4}},
  paper: {...paper, dial: 'smallestArea', values: [0.02, 0.05, 0.1, 0.2, 0.4, 0.7, 1], base: {strength: 1, blur: 0.5, smallestArea: 0.2}},
};

/** The same with colour jitter from none to twice SimCLR's, in crops of at least 0.4 (`paper`: 0.2). */
export const jitterPresets: ViewPresets = {
  smoke: {...smoke, seeds: [0], dial: 'strength', values: [0, 0.5, 2]},
  default: {...small, dial: 'strength', values: [0, 0.125, 0.25, 0.5, 1, 2]},
  paper: {...paper, dial: 'strength', values: [0, 0.125, 0.25, 0.5, 1, 1.5], base: {strength: 1, blur: 0.5, smallestArea: 0.2}},
};
