// The studies of good views in three sizes, a dial each.

import {drawnEmoji} from '../../datasets/emoji/drawnEmoji';
import {earth} from '../../datasets/earth/earth';
import {stl10} from '../../datasets/stl10';
import type {Preset} from '../../preset';
import {someEmoji, type StudyPreset} from '../../study/studyPreset';
import type {ViewInformationStudyOptions} from './study';

type ViewPresets = Record<Preset, StudyPreset<ViewInformationStudyOptions>>;

const smoke = {load: someEmoji, seeds: [0], epochs: 1, batch: 64, candidates: 64} as const;
const small = {load: () => drawnEmoji({size: 32}), seeds: [0, 1, 2], epochs: 8, candidates: 256, transfer: ['earth']};
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

/** The blur that cuts each image into a coarse and a fine view, σ from a third of a pixel to eight. */
export const frequencyPresets: ViewPresets = {
  smoke: {...smoke, seeds: [0], dial: 'sigma', values: [0.5, 2]},
  default: {...small, dial: 'sigma', values: [0.35, 0.5, 0.75, 1, 1.5, 2.5, 4, 8]},
  paper: {...paper, dial: 'sigma', values: [0.35, 0.5, 0.75, 1, 1.5, 2.5, 4, 8]},
};

/** Patches of the map of the Earth that lie so far apart; encoders are asked for the patches of `earth` and of old photographs. `paper`: patches of 64 pixels of DIV2K, asked for STL-10. */
export const distancePresets: ViewPresets = {
  smoke: {...smoke, load: () => earth({size: 32, log: () => {}}), seeds: [0], dial: 'patchDistance', values: [0, 32], pairs: {loader: 'largeEarth'}},
  default: {...small, load: () => earth({size: 32}), transfer: ['photos'], dial: 'patchDistance', values: [0, 4, 8, 16, 32, 64, 128], pairs: {loader: 'largeEarth'}},
  paper: {...paper, dial: 'patchDistance', values: [64, 96, 128, 160, 192, 256, 320, 384], candidates: 4096, pairs: {loader: 'div2k'}},
};

/** How often the two views are the same emoji as two hands drew it; else one drawing twice. An epoch is an emoji each, a fifth of the drawings. */
export const drawingPresets: ViewPresets = {
  smoke: {...smoke, load: () => drawnEmoji({size: 32, log: () => {}}), seeds: [0], dial: 'otherDrawing', values: [0, 1]},
  default: {...small, epochs: 40, candidates: 128, dial: 'otherDrawing', values: [0, 0.25, 0.5, 0.75, 1]},
  paper: {...small, epochs: 1000, candidates: 128, backbone: 'resnet18-cifar', dial: 'otherDrawing', values: [0, 0.25, 0.5, 0.75, 1]},
};
