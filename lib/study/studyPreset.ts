// What a preset of a study is: its options, and the data set that they are meant for.

import type {Dataset} from '../datasets/dataset';
import {drawnEmoji} from '../datasets/emoji/drawnEmoji';
import {subset} from '../datasets/subset';

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
