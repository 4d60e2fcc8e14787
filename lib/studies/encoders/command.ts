// The command of encoders trained with all labels: accuracy against minutes.

import type {StudyPreset} from '../../study/studyPreset';
import type {StudyCommand} from '../command';
import {methodFigure} from '../methods/figure';
import {methodRuns, methodStudy, type MethodRow, type MethodStudyOptions} from '../methods/study';
import {epochsOption} from '../options';
import {encoderPresets} from './presets';

export const encoderCommand: StudyCommand<StudyPreset<MethodStudyOptions>, MethodRow> = {
  name: 'encoders',
  folder: 'methods', // whose runs these are
  description: 'encoders trained with all labels: accuracy against minutes, with seeds',
  presets: encoderPresets,
  options: [epochsOption],
  runs: methodRuns,
  study: methodStudy,
  untrained: false, // each has an untrained encoder of its own
  settingText: row => row.variant,
  figuresOf: (rows, baselines) =>
    new Map(
      (['knn', 'linear'] as const).map(accuracy => [
        accuracy === 'knn' ? '' : '-linear',
        methodFigure(rows, {baselines, accuracy, title: `Encoders trained with labels on ${rows[0]?.dataset}`}),
      ]),
    ),
};
