// The commands of masked autoencoders: the mask ratio, the strategy that chooses hidden patches,
// and target, mask token and decoder. Their runs share a folder: the reference of one study is that
// of the others.

import {vitNames} from '../../backbones/namedBackbone';
import type {Figure} from '../../figures/figure';
import {percentText} from '../../percent';
import type {StudyPreset} from '../../study/studyPreset';
import type {StudyCommand} from '../command';
import {backboneOption, batchOption, epochsOption, numbers} from '../options';
import {maskAblationFigure} from './ablationFigure';
import {maskAblations} from './ablations';
import {maskDesignStudy, type MaskDesignStudyOptions} from './designStudy';
import {maskDesignPresets, maskRatioPresets, maskStrategyPresets} from './presets';
import {mae2022} from './published';
import {maskRatioFigure} from './ratioFigure';
import {maskRatioStudy, type MaskRatioStudyOptions} from './ratioStudy';
import {maskStrategyStudy, type MaskStrategyStudyOptions} from './strategyStudy';
import {maskRuns, type MaskRow} from './study';

type MaskCommand<Options> = StudyCommand<StudyPreset<Options>, MaskRow>;

const settingText = ({variant}: MaskRow) => variant;
const measuredText = ({fineTuned}: MaskRow) => (fineTuned ? `fine-tuned ${percentText(fineTuned.last)}` : '');

/** One for each thing that was varied, by its name. */
const figuresOf = (rows: readonly MaskRow[]): Map<string, Figure> =>
  new Map(
    maskAblations(rows).map(ablation => [
      `-${ablation.ablation.replace(' ', '-')}`,
      maskAblationFigure(ablation, {rows, published: mae2022}),
    ]),
  );

const options = [
  {...epochsOption, text: 'epochs of each pre-training'},
  batchOption,
  {...backboneOption, choices: vitNames},
];

const common = {folder: 'masks', untrained: false, runs: maskRuns, options, settingText, measuredText, figuresOf};

const maskRatioCommand: MaskCommand<MaskRatioStudyOptions> = {
  ...common,
  name: 'mask-ratio',
  description: 'masked autoencoders at several mask ratios: reconstruction, accuracy, fine-tuning, cost',
  presets: maskRatioPresets,
  options: [
    ...options,
    {flags: '--ratios <list>', text: 'shares of the patches that are hidden, for example 0.25,0.75', parse: numbers},
    {flags: '--fine-tuned <list>', text: 'those of them whose encoders are fine-tuned, too', parse: numbers},
  ],
  study: maskRatioStudy,
  figuresOf: (rows, baselines, families) =>
    new Map([['', maskRatioFigure(rows, {baselines, published: mae2022, families})]]),
};

const maskStrategyCommand: MaskCommand<MaskStrategyStudyOptions> = {
  ...common,
  name: 'mask-strategy',
  description: 'masked autoencoders that hide as many patches, each otherwise',
  presets: maskStrategyPresets,
  study: maskStrategyStudy,
};

const maskDesignCommand: MaskCommand<MaskDesignStudyOptions> = {
  ...common,
  name: 'mask-design',
  description: 'masked autoencoders with other targets, mask tokens in the encoder, other decoders',
  presets: maskDesignPresets,
  study: maskDesignStudy,
};

export const maskCommands = [maskRatioCommand, maskStrategyCommand, maskDesignCommand] as const;
