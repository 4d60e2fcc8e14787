// The command of one channel against the rest: CMC in seven color spaces and in four learned ones.

import type {StudyPreset} from '../../study/studyPreset';
import type {StudyCommand} from '../command';
import {backboneOption, batchOption, epochsOption, listOf, positive} from '../options';
import {colorSpaceFigure} from './figure';
import {colorSpacePresets} from './presets';
import {
  colorSpaceRuns,
  colorSpaceStudy,
  spaceTitle,
  splitSpaces,
  type ColorSpaceRow,
  type ColorSpaceStudyOptions,
} from './study';

export const colorSpaceCommand: StudyCommand<StudyPreset<ColorSpaceStudyOptions>, ColorSpaceRow> = {
  name: 'color-spaces',
  description:
    'one channel of an image against the others, in color spaces and learned ones: information shared, accuracy',
  presets: colorSpacePresets,
  options: [
    {flags: '--spaces <list>', text: `of ${splitSpaces.join(', ')}`, parse: listOf('spaces', splitSpaces)},
    {flags: '--negatives <where>', text: 'of the batch, or of a memory of all images', choices: ['batch', 'memory']},
    {flags: '--candidates <k>', text: 'K of the estimate, at most the number of test images', parse: positive},
    epochsOption,
    {flags: '--flow-epochs <n>', text: 'epochs in which a learned space is found', parse: positive},
    batchOption,
    {...backboneOption, text: 'each of the two encoders'},
  ],
  runs: colorSpaceRuns,
  study: colorSpaceStudy,
  settingText: ({space}) => spaceTitle(space),
  measuredText: ({information}) => `I_NCE ${information.toFixed(2)} nats`,
  figuresOf: (rows, baselines) => new Map([['', colorSpaceFigure(rows, {baselines})]]),
};
