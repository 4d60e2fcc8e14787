// What a preset of a study is: its options, and the data set that they are meant for.

import type {Dataset} from '../datasets/dataset';
import {drawnEmoji} from '../datasets/emoji/drawnEmoji';
import {objects} from '../datasets/scenes/objects';
import {subset} from '../datasets/subset';
import {recipeDefaults} from '../views/recipes/namedRecipe';
import type {TrainingSettings} from './trainingSettings';

/**
 * Options of a study that stand in a table under a name (smoke, default, paper), with a loader in
 * place of the data set.
 */
export type StudyPreset<Options> = Omit<Options, 'dataset'> & {
  /** Loads the data set that the preset is meant for. */
  load(): Promise<Dataset>;
};

/**
 * A sixteenth of the drawn emoji, for presets that take seconds. The labeled splits have one size:
 * an encoder is compiled once for all of them.
 */
export const someEmoji = async (): Promise<Dataset> =>
  subset(await drawnEmoji({size: 32}), {pretrain: 384, train: 224, validation: 224, test: 224});

/**
 * What learns most from the drawn objects in minutes of two cores, with labels and without: 16,000
 * images to pre-train on and labels of 8,000, an encoder that sees every pixel, small batches, views of
 * three quarters of the images' side.
 */
export const onObjects = {
  load: async (): Promise<Dataset> => subset(await objects(), {pretrain: 16_000, train: 8000}),
  backbone: 'pooledConv',
  batch: 64,
  optimizer: {name: 'adamW', rate: 5e-3, decay: 1e-4},
  views: {...recipeDefaults, scale: 0.75},
} as const satisfies {load(): Promise<Dataset>} & Partial<TrainingSettings>;
