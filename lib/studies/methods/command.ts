// The command of every method on one data set under one protocol: for equally many epochs, and at
// equal compute.

import {methodCatalogue, methodRecord, type MethodName} from '../../methods/catalogue';
import type {StudyPreset} from '../../study/studyPreset';
import type {StudyCommand} from '../command';
import {backboneOption, batchOption, epochsOption, listOf} from '../options';
import {atEqualCompute, atEqualEpochs} from './atEqualCompute';
import {methodFigure} from './figure';
import {methodPresets, variantOf} from './presets';
import {methodRuns, methodStudy, type MethodRow, type MethodStudyOptions} from './study';

/** The study measures projections. */
const methods = (Object.keys(methodCatalogue) as MethodName[]).filter(
  method => !methodRecord({method}).withoutProjections,
);

export const methodCommand: StudyCommand<StudyPreset<MethodStudyOptions>, MethodRow> = {
  name: 'methods',
  description: 'all methods on one data set: accuracy against minutes, with seeds',
  presets: methodPresets,
  options: [
    {
      flags: '--variants <list>',
      text: `methods: ${methods.join(', ')}; ibot needs --backbone vit-nano-token`,
      parse: text => listOf('methods', methods)(text).map(variantOf),
    },
    {...epochsOption, text: 'epochs of each training, but for those that have their own'},
    batchOption,
    backboneOption,
  ],
  runs: methodRuns,
  study: methodStudy,
  settingText: row => row.variant,
  figuresOf(rows, baselines) {
    const [epochs, compute] = [atEqualEpochs(rows), atEqualCompute(rows)];
    const figures = (of: readonly MethodRow[], name: string, title?: string) =>
      (['knn', 'linear'] as const).map(
        accuracy =>
          [`${name}${accuracy === 'knn' ? '' : '-linear'}`, methodFigure(of, {baselines, accuracy, title})] as const,
      );
    if (epochs.length === rows.length) return new Map(figures(rows, ''));
    return new Map([...figures(epochs, '-epochs', 'Equal epochs'), ...figures(compute, '-compute', 'Equal compute')]);
  },
};
