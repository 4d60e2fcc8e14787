// What:     the parts of joint-embedding methods taken out, put in and turned, with seeds: what collapses without what.
// Command:  npm run study -- siblings [--preset smoke|default|paper] [options]
// Expected: rows in experiments/results/siblings, figures beside them; docs/studies.md has minutes, docs/results.md numbers.

import {Option} from 'commander';
import {backboneNames} from '../lib/backbones/namedBackbone';
import {ablationFigure} from '../lib/studies/siblings/figure';
import type {Figure} from '../lib/figures/figure';
import type {BaselineRow} from '../lib/study/baselines';
import {byol2020Ablations, simsiam2021Ablations} from '../lib/studies/siblings/published';
import type {MethodRow} from '../lib/studies/methods/study';
import {siblingPresets} from '../lib/studies/siblings/presets';
import {ablationNames, ablations, siblingStudy, type AblationName} from '../lib/studies/siblings/study';
import {ablationList, positive} from './options';
import {studyCommand} from './studyCommand';

export const siblings = studyCommand({
  name: 'siblings', description: 'negatives, predictor, stop-gradient, teacher, clusters, BatchNorm, batch size: what each is for', presets: siblingPresets, study: siblingStudy, rowText: row => row.variant,
  figuresOf,
})
  .option('--ablations <list>', `of ${ablationNames.join(', ')}`, ablationList)
  .option('--epochs <n>', 'epochs of each training', positive)
  .option('--batch <n>', 'images a step, where the batch is not what is turned', positive)
  .addOption(new Option('--backbone <name>', 'encoder').choices(backboneNames));

/** Whose numbers stand beside an ablation. */
const papers: Partial<Record<AblationName, typeof simsiam2021Ablations>> = {predictor: simsiam2021Ablations, batchNorm: simsiam2021Ablations, batch: simsiam2021Ablations, momentum: byol2020Ablations};

/** One for each ablation that was trained, by its name. */
function figuresOf(rows: readonly MethodRow[], baselines: readonly BaselineRow[]): Map<string, Figure> {
  const trained = ablationNames.filter(name => ablations[name].lines.every(([, variant]) => rows.some(row => row.variant === variant)));
  return new Map(trained.map(name => {
    const paper = papers[name];
    return [`-${name}`, ablationFigure(rows, ablations[name], {baselines, ...(paper && {published: {heading: `${paper[0]!.source}, ${paper[0]!.dataset}, ${paper[0]!.protocol}`, rows: paper.filter(row => row.ablation === name)}})})];
  }));
}
