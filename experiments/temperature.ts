// What:     accuracy, uniformity and tolerance against the temperature τ and the loss, with seeds.
// Command:  npm run study -- temperature [--preset smoke|default|paper] [options]
// Expected: rows in experiments/results/temperature, a figure beside them; docs/studies.md has minutes, docs/results.md numbers.

import {Option} from 'commander';
import {backboneNames} from '../lib/backbones/namedBackbone';
import type {Figure} from '../lib/figures/figure';
import {lossFigure} from '../lib/studies/temperature/lossFigure';
import {scheduleFigure} from '../lib/studies/temperature/scheduleFigure';
import {temperatureFigure} from '../lib/studies/temperature/figure';
import {lossNames} from '../lib/losses/namedLoss';
import type {BaselineRow} from '../lib/study/baselines';
import {contrastiveMethods} from '../lib/study/contrastiveTask';
import {wangLiu2021} from '../lib/studies/temperature/published';
import {temperaturePresets} from '../lib/studies/temperature/presets';
import {temperatureStudy, type TemperatureRow} from '../lib/studies/temperature/study';
import {losses, positive, temperatures, widths} from './options';
import {studyCommand} from './studyCommand';

export const temperature = studyCommand({name: 'temperature', description: 'contrastive learning at several temperatures and losses: accuracy, uniformity, tolerance, with seeds', presets: temperaturePresets, study: temperatureStudy, rowText, figuresOf})
  .addOption(new Option('--method <name>', 'whose negatives: of the batch, of a queue, of a memory bank').choices(contrastiveMethods))
  .option('--losses <list>', `of ${lossNames.join(', ')}`, losses)
  .option('--temperatures <list>', 'values of τ, for example 0.1,0.3; or how it runs: cosine:<from>:<to>:<periods>, learned:<start>', temperatures)
  .option('--share <share>', 'of the negatives that hard losses keep, above 0 and at most 1', Number)
  .option('--epochs <n>', 'epochs of each training', positive)
  .option('--batch <n>', 'images a step', positive)
  .option('--projector <widths>', "widths of the projector's layers, for example 192,128", widths)
  .addOption(new Option('--backbone <name>', 'encoder').choices(backboneNames));

/** What is drawn, by the ending of its file's name: the curve of the first loss with a temperature, all losses where there are several, schedules where τ moved. */
function figuresOf(rows: readonly TemperatureRow[], baselines: readonly BaselineRow[]): Map<string, Figure> {
  const figures = new Map<string, Figure>();
  const first = rows.find(({temperature}) => temperature !== null)?.loss;
  if (first) figures.set('', temperatureFigure(rows.filter(row => row.loss === first), {baselines, published: wangLiu2021.filter(row => row.dataset === 'CIFAR-10')}));
  if (first && rows.some(({loss}) => loss !== first)) figures.set('-losses', lossFigure(rows));
  const moved = rows.find(({schedule}) => schedule !== null)?.loss;
  if (moved) figures.set('-schedules', scheduleFigure(rows.filter(row => row.loss === moved)));
  return figures;
}

function rowText({loss, temperature, schedule}: TemperatureRow): string {
  return [...(loss === 'contrastive' ? [] : [loss]), ...(temperature ?? schedule ? [`τ ${temperature ?? schedule}`] : [])].join(', ');
}
