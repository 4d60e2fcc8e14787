// What:     iBOT whose student is masked at random, in blocks, or where its teacher looks most or least, with seeds: AttMask's comparison.
// Command:  npm run study -- attmask [--preset smoke|default|paper] [options]
// Expected: rows in experiments/results/attmask, figures beside them; see the README for minutes and numbers.

import {ablationFigure} from '../lib/figures/ablationFigure';
import type {Figure} from '../lib/figures/figure';
import type {BaselineRow} from '../lib/studies/baselines';
import {attmaskColumn} from '../lib/studies/literature/attmask';
import {attmaskPresets} from '../lib/studies/attmaskPresets';
import {attmaskStudy, attmaskAblation} from '../lib/studies/attmaskStudy';
import type {MethodRow} from '../lib/studies/methodStudy';
import {cropStrategyList, positive} from './options';
import {studyCommand} from './studyCommand';

/** Read by nearest neighbours, and by a linear probe, with the paper's numbers of a fifth of ImageNet. */
const figuresOf = (rows: readonly MethodRow[], baselines: readonly BaselineRow[]): Map<string, Figure> =>
  new Map((['knn', 'linear'] as const).map(accuracy => [accuracy === 'knn' ? '' : '-linear', ablationFigure(rows, attmaskAblation, {baselines, accuracy, published: attmaskColumn(accuracy)})]));

export const attmask = studyCommand({
  name: 'attmask', description: "iBOT masked at random, in blocks, or by its teacher's attention", presets: attmaskPresets, study: attmaskStudy, rowText: row => row.variant, figuresOf,
})
  .option('--strategies <list>', 'of random, block-wise, AttMask-Low, AttMask-Hint, AttMask-High', cropStrategyList)
  .option('--epochs <n>', 'epochs of each training', positive)
  .option('--batch <n>', 'images a step', positive);
