// What:     InfoMin's toy: two views share chosen factors of a generated image, and the encoder is asked for each factor; with seeds.
// Command:  npm run study -- shared-factors [--preset smoke|default|paper] [options]
// Expected: rows in experiments/results/factors, a figure beside them; docs/studies.md has minutes, docs/results.md numbers.

import {Option} from 'commander';
import {backboneNames} from '../lib/backbones/namedBackbone';
import {sharedFactorsFigure} from '../lib/studies/sharedFactors/figure';
import {sharedFactorsPresets} from '../lib/studies/sharedFactors/presets';
import {sharedFactorsStudy, type SharedFactorsRow} from '../lib/studies/sharedFactors/study';
import {positive} from './options';
import {studyCommand, type StudyCommandOptions} from './studyCommand';

type Chosen = StudyCommandOptions<typeof sharedFactorsPresets.default, SharedFactorsRow>;

export const factors = studyCommand({
  name: 'shared-factors', folder: 'factors', description: 'two views share chosen factors: what the encoder knows of each', presets: sharedFactorsPresets, study: sharedFactorsStudy as Chosen['study'],
  rowText: ({shared, exact, information}) => `${shared.join(' + ')} shared: ${exact.toFixed(2)} nats, I_NCE ${information.toFixed(2)}`, figuresOf: rows => new Map([['', sharedFactorsFigure(rows)]]),
})
  .option('--candidates <k>', 'K of the estimate, at most 1024', positive)
  .option('--epochs <n>', 'epochs of each training', positive)
  .option('--batch <n>', 'pairs a step', positive)
  .addOption(new Option('--backbone <name>', 'encoder').choices(backboneNames));
