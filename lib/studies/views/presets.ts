// The studies of good views in three sizes: what all dials have in common, then what the record of
// one says.

import {check} from '../../check';
import {drawnEmoji} from '../../datasets/emoji/drawnEmoji';
import {stl10} from '../../datasets/stl10';
import type {Preset} from '../../preset';
import {someEmoji, type StudyPreset} from '../../study/studyPreset';
import {commandDials, type ViewDialName} from './dials';
import type {ViewInformationStudyOptions} from './study';

type ViewPreset = StudyPreset<ViewInformationStudyOptions>;

/**
 * STL-10's 100,000 unlabeled images, its labels for the probe. Encoder and epochs are ours: the
 * paper's own dials are varied on ImageNet.
 */
const common: Record<Preset, Omit<ViewPreset, 'dial' | 'values'>> = {
  smoke: {load: someEmoji, seeds: [0], epochs: 1, batch: 64, candidates: 64},
  default: {load: () => drawnEmoji({size: 32}), seeds: [0, 1, 2], epochs: 8, candidates: 256, transfer: ['earth']},
  paper: {
    load: () => stl10({size: 64}),
    seeds: [0, 1, 2],
    epochs: 200,
    candidates: 4096,
    backbone: 'resnet18-cifar',
    transfer: [],
  },
};

/**
 * `smoke`: a few trainings of an epoch, to see that everything works. `default`: on the drawn
 * objects, each encoder also evaluated on patches of the Earth; other drawings on the drawn emoji,
 * distances on the Earth. `paper`: on STL-10, for a GPU.
 *
 * @throws RangeError for a dial without a command.
 */
export function viewPresets(dial: ViewDialName): Record<Preset, ViewPreset> {
  const known = commandDials.map(record => record.dial).join(', ');
  const presets = commandDials.find(record => record.dial === dial)?.command.presets;
  check(presets !== undefined, 'viewPresets', `expected a dial of ${known}, got '${dial}'`);
  const of = (preset: Preset): ViewPreset => ({...common[preset], dial, ...presets[preset]});
  return {smoke: of('smoke'), default: of('default'), paper: of('paper')};
}
