// The command of InfoMin's toy: two views share chosen factors of a generated image, and the
// encoder is evaluated on each factor.

import type {StudyPreset} from '../../study/studyPreset';
import type {StudyCommand} from '../command';
import {backboneOption, batchOption, epochsOption, positive} from '../options';
import {sharedFactorsFigure} from './figure';
import {sharedFactorsPresets} from './presets';
import {sharedFactorsRuns, sharedFactorsStudy, type SharedFactorsRow, type SharedFactorsStudyOptions} from './study';

export const sharedFactorsCommand: StudyCommand<StudyPreset<SharedFactorsStudyOptions>, SharedFactorsRow> = {
  name: 'shared-factors',
  description: 'two views share chosen factors: what the encoder knows of each',
  presets: sharedFactorsPresets,
  options: [
    {flags: '--candidates <k>', text: 'K of the estimate, at most 1024', parse: positive},
    epochsOption,
    {...batchOption, text: 'pairs a step'},
    backboneOption,
  ],
  runs: sharedFactorsRuns,
  study: sharedFactorsStudy,
  settingText: ({shared}) => `${shared.join(' + ')} shared`,
  measuredText: ({exact, information}) => `${exact.toFixed(2)} nats, I_NCE ${information.toFixed(2)}`,
  figuresOf: rows => new Map([['', sharedFactorsFigure(rows)]]),
};
