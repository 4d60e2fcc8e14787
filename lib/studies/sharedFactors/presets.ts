// The study of InfoMin's toy in three sizes.

import {generatedFactors} from '../../datasets/generatedFactors';
import type {Preset} from '../../preset';
import {toyChoices, type SharedFactorsStudyOptions} from './study';
import type {StudyPreset} from '../../study/studyPreset';

const load = async () => generatedFactors();

/**
 * `smoke`: two choices for an epoch. `default`: seven choices, eight epochs of 6,040 pairs, three
 * seeds. `paper`: images of 64 pixels and a ResNet, for a GPU; the authors' own images were not
 * released.
 */
export const sharedFactorsPresets: Record<Preset, StudyPreset<SharedFactorsStudyOptions>> = {
  smoke: {load, shared: [['digit'], ['background']], seeds: [0], epochs: 1, batch: 128},
  default: {load, shared: toyChoices, seeds: [0, 1, 2]},
  paper: {
    load: async () => generatedFactors({size: 64}),
    shared: toyChoices,
    seeds: [0, 1, 2],
    backbone: 'resnet18-cifar',
    epochs: 100,
    candidates: 1024,
  },
};
