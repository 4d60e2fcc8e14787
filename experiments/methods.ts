// What:     every method on one data set under one protocol, with seeds: for equally many epochs, and at equal compute.
// Command:  npm run study -- methods [--preset smoke|default|paper] [options]
// Expected: rows in experiments/results/methods, figures beside them; docs/studies.md has minutes, docs/results.md numbers.

import {Option} from 'commander';
import {backboneNames} from '../lib/backbones/namedBackbone';
import {methodFigure} from '../lib/studies/methods/figure';
import {atEqualCompute, atEqualEpochs} from '../lib/studies/methods/atEqualCompute';
import {methodPresets} from '../lib/studies/methods/presets';
import {methodStudy, type MethodRow} from '../lib/studies/methods/study';
import {positive} from './options';
import {studyCommand} from './studyCommand';

export const methods = studyCommand({
  name: 'methods', description: 'all methods on one data set: accuracy against minutes, with seeds', presets: methodPresets, study: methodStudy, rowText: row => row.variant,
  figuresOf(rows, baselines) {
    const [epochs, compute] = [atEqualEpochs(rows), atEqualCompute(rows)];
    const figures = (of: readonly MethodRow[], name: string, title?: string) => (['knn', 'linear'] as const).map(accuracy => [`${name}${accuracy === 'knn' ? '' : '-linear'}`, methodFigure(of, {baselines, accuracy, title})] as const);
    return new Map(epochs.length === rows.length ? figures(rows, '') : [...figures(epochs, '-epochs', 'Equal epochs'), ...figures(compute, '-compute', 'Equal compute')]);
  },
})
  .option('--epochs <n>', 'epochs of each training, but for those that have their own', positive)
  .option('--batch <n>', 'images a step', positive)
  .addOption(new Option('--backbone <name>', 'encoder').choices(backboneNames));
