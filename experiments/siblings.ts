// What:     the parts of joint-embedding methods taken out, put in and turned, with seeds: what collapses without what.
// Command:  npm run study -- siblings [--preset smoke|default|paper] [options]
// Expected: rows in experiments/results/siblings, figures beside them; see the README for minutes and numbers.

import {Option} from 'commander';
import {backboneNames} from '../lib/backbones/namedBackbone';
import {siblingPresets} from '../lib/studies/siblingPresets';
import {ablationNames, siblingStudy} from '../lib/studies/siblingStudy';
import {ablations, positive} from './options';
import {studyCommand} from './studyCommand';

export const siblings = studyCommand({
  name: 'siblings', description: 'negatives, predictor, stop-gradient, teacher, clusters, BatchNorm, batch size: what each is for', presets: siblingPresets, study: siblingStudy, rowText: row => row.variant,
  figuresOf: () => new Map(),
})
  .option('--ablations <list>', `of ${ablationNames.join(', ')}`, ablations)
  .option('--epochs <n>', 'epochs of each training', positive)
  .option('--batch <n>', 'images a step, where the batch is not what is turned', positive)
  .addOption(new Option('--backbone <name>', 'encoder').choices(backboneNames));
