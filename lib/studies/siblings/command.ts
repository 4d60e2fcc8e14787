// The command of the parts of joint-embedding methods taken out, put in and varied: what collapses
// without what.

import type {StudyPreset} from '../../study/studyPreset';
import type {StudyCommand} from '../command';
import {methodRuns, type MethodRow} from '../methods/study';
import {backboneOption, batchOption, epochsOption, listOf} from '../options';
import {ablationFigure} from './figure';
import {siblingPresets} from './presets';
import {byol2020Ablations, simsiam2021Ablations} from './published';
import {ablationNames, ablations, siblingStudy, type AblationName, type SiblingStudyOptions} from './study';

/** Whose numbers stand beside an ablation. */
const papers: Partial<Record<AblationName, typeof simsiam2021Ablations>> = {
  predictor: simsiam2021Ablations,
  batchNorm: simsiam2021Ablations,
  batch: simsiam2021Ablations,
  momentum: byol2020Ablations,
};

function publishedBeside(name: AblationName) {
  const paper = papers[name];
  const [first] = paper ?? [];
  if (!paper || !first) return {};
  const heading = `${first.source}, ${first.dataset}, ${first.protocol}`;
  return {published: {heading, rows: paper.filter(row => row.ablation === name)}};
}

export const siblingCommand: StudyCommand<StudyPreset<SiblingStudyOptions>, MethodRow> = {
  name: 'siblings',
  description: 'negatives, predictor, stop-gradient, teacher, clusters, BatchNorm, batch size: what each is for',
  presets: siblingPresets,
  options: [
    {flags: '--ablations <list>', text: `of ${ablationNames.join(', ')}`, parse: listOf('ablations', ablationNames)},
    epochsOption,
    {...batchOption, text: 'images a step, where the batch is not what is varied'},
    backboneOption,
  ],
  runs: methodRuns,
  study: siblingStudy,
  settingText: row => row.variant,
  /** One for each ablation that was trained, by its name. */
  figuresOf(rows, baselines) {
    const isTrained = (name: AblationName) =>
      ablations[name].lines.every(([, variant]) => rows.some(row => row.variant === variant));
    return new Map(
      ablationNames
        .filter(isTrained)
        .map(name => [`-${name}`, ablationFigure(rows, ablations[name], {baselines, ...publishedBeside(name)})]),
    );
  },
};
