// What:     iBOT whose student is masked at random, in blocks, or where its teacher looks most or least, with seeds: AttMask's comparison.
// Command:  npm run study -- attmask [--preset smoke|default|paper] [options]
// Expected: rows in experiments/results/attmask, figures beside them; docs/studies.md has minutes, docs/results.md numbers.

import {ablationFigure} from '../lib/studies/siblings/figure';
import type {Figure} from '../lib/figures/figure';
import type {BaselineRow} from '../lib/study/baselines';
import {attmaskColumn} from '../lib/studies/attmask/published';
import {attmaskPresets} from '../lib/studies/attmask/presets';
import {attmaskStudy, attmaskAblation} from '../lib/studies/attmask/study';
import type {MethodRow} from '../lib/studies/methods/study';
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
