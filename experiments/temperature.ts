// What:     accuracy, uniformity and tolerance against the temperature τ and the loss, with seeds.
// Command:  npm run study -- temperature [--preset smoke|default|paper] [options]
// Expected: rows in experiments/results/temperature, a figure beside them; see the README for minutes and numbers.

import path from 'node:path';
import {Command, Option} from 'commander';
import {backboneNames, type BackboneName} from '../lib/backbones/namedBackbone';
import {check} from '../lib/check';
import {deviceLine} from '../lib/engine/device';
import {closeBrowser} from '../lib/figures/browser';
import {exportFigure} from '../lib/figures/exportFigure';
import type {Figure} from '../lib/figures/figure';
import {lossFigure} from '../lib/figures/lossFigure';
import {scheduleFigure} from '../lib/figures/scheduleFigure';
import {temperatureFigure} from '../lib/figures/temperatureFigure';
import {lossNames, type LossName} from '../lib/losses/namedLoss';
import type {TemperatureSchedule} from '../lib/methods/contrastive/temperatureSchedule';
import {wangLiu2021} from '../lib/studies/literature/temperature';
import {baselines, type BaselineRow} from '../lib/studies/baselines';
import {publish} from '../lib/studies/publish';
import {contrastiveMethods, type ContrastiveMethod} from '../lib/studies/contrastiveTask';
import {resultsFolder} from '../lib/studies/resultsFolder';
import {temperaturePresets} from '../lib/studies/temperaturePresets';
import {temperatureStudy, type TemperatureRow} from '../lib/studies/temperatureStudy';
import {progressTable} from './progressTable';
import {dataset, datasetHelp, jobsHelp, losses, positive, seeds, temperatures, widths} from './options';

type Options = {preset: keyof typeof temperaturePresets; method?: ContrastiveMethod; losses?: LossName[]; temperatures?: TemperatureSchedule[]; share?: number; seeds?: number[]; epochs?: number; batch?: number; backbone?: BackboneName; projector?: number[]; dataset?: string; size: number; jobs?: number; tensorboard?: true; publish?: true};

export const temperature = new Command('temperature')
  .description('contrastive learning at several temperatures and losses: accuracy, uniformity, tolerance, with seeds')
  .addOption(new Option('--preset <name>', 'smoke: seconds; default: within an hour on 2 cores; paper: CIFAR-10, for a GPU').choices(Object.keys(temperaturePresets)).default('default'))
  .addOption(new Option('--method <name>', 'whose negatives: of the batch, of a queue, of a memory bank').choices(contrastiveMethods))
  .option('--losses <list>', `of ${lossNames.join(', ')}`, losses)
  .option('--temperatures <list>', 'values of τ, for example 0.1,0.3; or how it runs: cosine:<from>:<to>:<periods>, learned:<start>', temperatures)
  .option('--share <share>', 'of the negatives that hard losses keep, above 0 and at most 1', Number)
  .option('--seeds <list>', 'for example 0,1,2', seeds)
  .option('--epochs <n>', 'epochs of each training', positive)
  .option('--batch <n>', 'images a step', positive)
  .option('--projector <widths>', "widths of the projector's layers, for example 192,128", widths)
  .addOption(new Option('--backbone <name>', 'encoder').choices(backboneNames))
  .option('--dataset <name>', datasetHelp)
  .option('--size <pixels>', 'side to which the images of a folder are stored', positive, 32)
  .option('--jobs <n>', jobsHelp, positive)
  .option('--tensorboard', 'write loss, learning rate, health and accuracies of each run as event files, while it trains')
  .option('--publish', 'copy the rows to experiments/published, which is committed and which notebooks draw')
  .action(async ({preset, dataset: name, size, jobs, tensorboard, publish: publishing, ...given}: Options) => {
    check(!publishing || (name === undefined && Object.keys(given).length === 0), '--publish', 'expected a preset as it is, without other options: what is published stands under its name');
    const {load, ...chosen} = temperaturePresets[preset];
    const data = name === undefined ? await load() : await dataset(name, size);
    const options = {...chosen, ...given, dataset: data, tensorboard};
    if (tensorboard) console.log(`event files: tensorboard --logdir ${path.relative('', resultsFolder('temperature'))}`);
    console.log(`${deviceLine()}\n${data.name}: ${data.splits.pretrain.length} images to train on`);
    const progress = progressTable();
    const rows: TemperatureRow[] = [];
    const untrained: BaselineRow[] = [];
    for await (const row of baselines({dataset: data, backbone: options.backbone, seeds: options.seeds})) {
      untrained.push(row);
      progress.done(`${row.baseline}${row.seed === null ? '' : `, seed ${row.seed}`}: k-NN ${percent(row.knn)}, linear ${percent(row.linear)}`);
    }
    for await (const row of temperatureStudy({...options, jobs, onEvent: progress.step})) {
      rows.push(row);
      progress.done(`${rowText(row)}: k-NN ${percent(row.last.knn)}, linear ${percent(row.last.linear)}, uniformity ${row.uniformity.toFixed(2)}, tolerance ${row.tolerance.toFixed(2)}, ${row.minutes.toFixed(1)} min (run ${row.run})`);
    }
    const folder = resultsFolder('temperature');
    const figures = figuresOf(rows, untrained);
    const written = async (base: string, ending: string) => {
      const files = [...figures.keys()].map(name => `${base}${name}${ending}`);
      for (const [i, figure] of [...figures.values()].entries()) await exportFigure(figure, files[i]!);
      return files.map(file => path.relative('', file)).join(', ') || 'none, for no loss here has a temperature';
    };
    console.log(`rows: ${path.relative('', folder)}, figures: ${await written(path.join(folder, `${data.name}-${preset}`), '.html')}`);
    if (publishing) {
      const to = await publish('temperature', `${data.name}-${preset}`, {rows, baselines: untrained}, rows.map(row => path.join(folder, row.run)));
      console.log(`published: ${path.relative('', to)}, figures: ${await written(to.replace(/\.json$/, ''), '.png')}`);
    }
    await closeBrowser();
  });

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

const rowText = ({loss, temperature, schedule, seed}: TemperatureRow): string => [...(loss === 'contrastive' ? [] : [loss]), ...(temperature ?? schedule ? [`τ ${temperature ?? schedule}`] : []), `seed ${seed}`].join(', ');

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
