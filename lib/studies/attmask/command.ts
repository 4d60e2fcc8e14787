// The command of AttMask's comparison: iBOT whose student is masked at random, in blocks, or where
// its teacher looks most or least.

import type {StudyPreset} from '../../study/studyPreset';
import type {StudyCommand} from '../command';
import {methodRuns, type MethodRow} from '../methods/study';
import {batchOption, epochsOption, listOf} from '../options';
import {ablationFigure} from '../siblings/figure';
import {attmaskPresets} from './presets';
import {attmaskColumn} from './published';
import {attmaskAblation, attmaskStudy, cropStrategyNames, type AttmaskStudyOptions} from './study';

export const attmaskCommand: StudyCommand<StudyPreset<AttmaskStudyOptions>, MethodRow> = {
  name: 'attmask',
  description: "iBOT masked at random, in blocks, or by its teacher's attention",
  presets: attmaskPresets,
  options: [
    {
      flags: '--strategies <list>',
      text: `of ${cropStrategyNames.join(', ')}`,
      parse: listOf('strategies', cropStrategyNames),
    },
    epochsOption,
    batchOption,
  ],
  runs: methodRuns,
  study: attmaskStudy,
  settingText: row => row.variant,
  /**
   * By nearest neighbors, and by a linear probe, with the paper's numbers on a fifth of ImageNet.
   */
  figuresOf: (rows, baselines) =>
    new Map(
      (['knn', 'linear'] as const).map(accuracy => [
        accuracy === 'knn' ? '' : '-linear',
        ablationFigure(rows, attmaskAblation, {baselines, accuracy, published: attmaskColumn(accuracy)}),
      ]),
    ),
};
