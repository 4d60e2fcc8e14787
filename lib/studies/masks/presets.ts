// The studies of masked autoencoders in three sizes: of the mask ratio, of the strategy, and of
// what else makes one.

import path from 'node:path';
import {drawnEmoji} from '../../datasets/emoji/drawnEmoji';
import {imageFolder} from '../../datasets/imageFolder';
import type {Preset} from '../../preset';
import {projectRoot} from '../../root';
import type {MaskDesignStudyOptions} from './designStudy';
import type {MaskRatioStudyOptions} from './ratioStudy';
import type {MaskStrategyStudyOptions} from './strategyStudy';
import type {MaskStudyOptions} from './study';
import {someEmoji, type StudyPreset} from '../../study/studyPreset';

type Common = Omit<MaskStudyOptions, 'dataset' | 'variants' | 'decoder'> & Required<Pick<MaskStudyOptions, 'decoder'>>;

/**
 * `smoke`: an epoch on a sixteenth of the drawn emoji, to see that everything works. `default`: ten
 * epochs of all drawn emoji, three seeds, with a decoder of one narrow block: at 75 % a deeper one
 * takes longer than the encoder.
 * `paper`: He et al.'s ViT-L/16 and decoder for the 800 epochs of their ablations, on ImageNet's
 * training folders below data/imagenet, for a GPU: batches of 256 in place of 4096 at the rate that
 * their rule gives them, 1.5e-4 · batch/256. Fine-tuning takes 50 epochs; the linear probe is the
 * protocol of all studies here, not theirs of 90 epochs.
 */
const common: Record<Preset, Common & Pick<StudyPreset<MaskStudyOptions>, 'load'>> = {
  smoke: {load: someEmoji, seeds: [0], epochs: 1, batch: 64, decoder: {width: 64, depth: 1}, fineTuning: {epochs: 1}},
  default: {
    load: () => drawnEmoji({size: 32}),
    seeds: [0, 1, 2],
    epochs: 10,
    batch: 128,
    decoder: {width: 64, depth: 1},
  },
  paper: {
    load: () => imageFolder(path.join(projectRoot(), 'data', 'imagenet'), {size: 224}),
    seeds: [0, 1, 2],
    backbone: 'vit-large-16',
    decoder: {width: 512, depth: 8},
    epochs: 800,
    batch: 256,
    optimizer: {name: 'adamW', rate: 1.5e-4, decay: 0.05},
    schedule: {name: 'cosine', warmup: 0.05},
    fineTuning: {epochs: 50, batch: 256, rate: 1e-3, layerDecay: 0.75, smallestArea: 0.08},
  },
};

/**
 * Options of {@link maskRatioStudy} by preset: seconds, minutes to hours, and the paper's sizes.
 */
export const maskRatioPresets: Record<Preset, StudyPreset<MaskRatioStudyOptions>> = {
  smoke: {...common.smoke, ratios: [0.25, 0.75], fineTuned: [0.75]},
  default: common.default,
  paper: {...common.paper, ratios: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9]},
};

/**
 * Options of {@link maskStrategyStudy} by preset: seconds, minutes to hours, and the paper's sizes.
 */
export const maskStrategyPresets: Record<Preset, StudyPreset<MaskStrategyStudyOptions>> = {
  smoke: {...common.smoke, strategies: [{strategy: 'block', ratio: 0.75}]},
  default: common.default,
  paper: common.paper,
};

/**
 * Options of {@link maskDesignStudy} by preset: seconds, minutes to hours, and the paper's sizes.
 */
export const maskDesignPresets: Record<Preset, StudyPreset<MaskDesignStudyOptions>> = {
  smoke: common.smoke,
  default: {...common.default, depths: [2, 4], widths: [32, 128]},
  paper: {...common.paper, depths: [1, 2, 4, 12], widths: [128, 256, 768, 1024]},
};
