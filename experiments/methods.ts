// What:     every method on one data set under one protocol, with seeds: for equally many epochs, and at equal compute.
// Command:  npm run study -- methods [--preset smoke|default|paper] [options]
// Expected: rows in experiments/results/methods, figures beside them; see the README for minutes and numbers.

import {Option} from 'commander';
import {backboneNames} from '../lib/backbones/namedBackbone';
import {methodFigure} from '../lib/figures/methodFigure';
import {methodPresets} from '../lib/studies/methodPresets';
import {methodStudy} from '../lib/studies/methodStudy';
import {positive} from './options';
import {studyCommand} from './studyCommand';

export const methods = studyCommand({
  name: 'methods', description: 'all methods on one data set: accuracy against minutes, with seeds', presets: methodPresets, study: methodStudy, rowText: row => row.variant,
  figuresOf: (rows, baselines) => new Map([['', methodFigure(rows, {baselines})], ['-linear', methodFigure(rows, {baselines, accuracy: 'linear'})]]),
})
  .option('--epochs <n>', 'epochs of each training, but for those that have their own', positive)
  .option('--batch <n>', 'images a step', positive)
  .addOption(new Option('--backbone <name>', 'encoder').choices(backboneNames));
