// The commands of every method on one data set under one protocol: for equally many epochs, and at
// equal compute. Their runs share a folder: methods that need no other number of epochs are trained
// once.

import {methodCatalogue, methodRecord, type MethodName} from '../../methods/catalogue';
import type {StudyPreset} from '../../study/studyPreset';
import type {StudyCommand} from '../command';
import {backboneOption, batchOption, epochsOption, listOf} from '../options';
import {equalComputeStudy} from './equalCompute';
import {methodFigure} from './figure';
import {equalComputePresets, methodPresets, variantOf} from './presets';
import {methodRuns, methodStudy, type MethodRow, type MethodStudyOptions} from './study';

/** The study measures projections. */
const methods = (Object.keys(methodCatalogue) as MethodName[]).filter(
  method => !methodRecord({method}).withoutProjections,
);

type MethodCommand = StudyCommand<StudyPreset<MethodStudyOptions>, MethodRow>;

const common = {
  folder: 'methods',
  options: [
    {
      flags: '--variants <list>',
      text: `methods: ${methods.join(', ')}; ibot needs --backbone vit-nano-token`,
      parse: (text: string) => listOf('methods', methods)(text).map(variantOf),
    },
    {...epochsOption, text: 'epochs of each training; at equal compute, of SimCLR'},
    batchOption,
    backboneOption,
  ],
  runs: methodRuns,
  settingText: (row: MethodRow) => row.variant,
};

const figuresOf =
  (title: string): MethodCommand['figuresOf'] =>
  (rows, baselines) =>
    new Map([
      ['', methodFigure(rows, {baselines, title})],
      ['-linear', methodFigure(rows, {baselines, accuracy: 'linear', title})],
    ]);

export const methodCommand: MethodCommand = {
  ...common,
  name: 'methods',
  description: 'all methods on one data set: accuracy against minutes, with seeds',
  presets: methodPresets,
  study: methodStudy,
  figuresOf: figuresOf('Equal epochs'),
};

export const equalComputeCommand: MethodCommand = {
  ...common,
  name: 'equal-compute',
  description: 'the same with as many epochs as cost what those of SimCLR do',
  presets: equalComputePresets,
  study: equalComputeStudy,
  figuresOf: figuresOf('Equal compute'),
};
