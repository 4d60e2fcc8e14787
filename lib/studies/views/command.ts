// The commands of good views, one for each dial that has presets: accuracy against the information
// that views share.

import type {StudyPreset} from '../../study/studyPreset';
import type {StudyCommand} from '../command';
import {backboneOption, batchOption, epochsOption, numbers, positive} from '../options';
import {viewDialFigure} from './dialFigure';
import {commandDials, viewDials} from './dials';
import {goodViewsFigure} from './figure';
import {viewPresets} from './presets';
import {viewInformationStudy, viewRuns, type ViewInformationStudyOptions, type ViewRow} from './study';

export const viewCommands = commandDials.map(
  ({dial, command: {name, text}}): StudyCommand<StudyPreset<ViewInformationStudyOptions>, ViewRow> => ({
    name,
    folder: 'views',
    description: `${text}: information shared, accuracy`,
    presets: viewPresets(dial),
    options: [
      {flags: '--values <list>', text: 'where the dial is put, for example 0.1,0.4,1', parse: numbers},
      {flags: '--candidates <k>', text: 'K of the estimate, at most the number of test images', parse: positive},
      epochsOption,
      batchOption,
      backboneOption,
    ],
    runs: viewRuns,
    study: viewInformationStudy,
    settingText: row => `${viewDials[row.dial].short} ${row.value}`,
    measuredText: row => `I_NCE ${row.information.toFixed(2)} nats`,
    figuresOf: (rows, baselines, families) =>
      new Map([
        ['', goodViewsFigure(rows, {baselines})],
        ['-dial', viewDialFigure(rows, {baselines, families})],
      ]),
  }),
);
