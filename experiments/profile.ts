// `npm run profile -- <study> [options]`: where the time of a study's training step goes, as tables
// and as a figure.
// Command:  npm run profile -- temperature [--preset smoke|default|paper] [options]
// Expected: within a minute two tables, and a figure in experiments/results/profile as HTML, PNG
// and CSV.

import path from 'node:path';
import {Command, Option} from 'commander';
import {median} from 'd3-array';
import {backboneNames, type BackboneName} from '../lib/backbones/namedBackbone';
import {deviceLine} from '../lib/engine/device';
import {closeBrowser} from '../lib/figures/browser';
import {exportFigure} from '../lib/figures/exportFigure';
import {profileFigure} from '../lib/figures/profileFigure';
import {profile, totals, type Profile, type ProfileRow} from '../lib/analysis/profile';
import {resultsFolder} from '../lib/study/resultsFolder';
import {temperaturePresets} from '../lib/studies/temperature/presets';
import {contrastiveTask, methodTitles} from '../lib/studies/temperature/task';
import {positive, widths} from '../lib/studies/options';
import {argument, dataset, datasetHelp} from './options';
import {runProgram} from './runProgram';

type Options = {
  preset: keyof typeof temperaturePresets;
  batch?: number;
  backbone?: BackboneName;
  projector?: number[];
  dataset?: string;
  size: number;
  runs: number;
  rows: number;
};

const temperatureCommand = new Command('temperature')
  .description('the first training of the temperature study')
  .addOption(
    new Option('--preset <name>', 'whose settings').choices(Object.keys(temperaturePresets)).default('default'),
  )
  .option('--batch <n>', 'images a step', argument(positive))
  .option('--projector <widths>', "widths of the projector's layers, for example 192,128", argument(widths))
  .addOption(new Option('--backbone <name>', 'encoder').choices(backboneNames))
  .option('--dataset <name>', datasetHelp)
  .option('--size <pixels>', 'side to which the images of a folder are stored', argument(positive), 32)
  .option('--runs <n>', 'traced steps, and as many untraced', argument(positive), 20)
  .option('--rows <n>', 'rows of a table at most', argument(positive), 16)
  .action(async ({preset, dataset: name, size, runs, rows, ...given}: Options) => {
    const {
      load,
      losses: [loss] = ['contrastive'],
      temperatures: [temperature] = [0.5],
      seeds: [seed] = [0],
      ...chosen
    } = temperaturePresets[preset];
    const data = name === undefined ? await load() : await dataset(name, size);
    const settings = {...chosen, ...given};
    console.log(deviceLine());
    const {task} = contrastiveTask({dataset: data, loss, temperature: temperature!, seed: seed!, ...settings});
    try {
      const result = await profile(task, {runs});
      const title =
        `${methodTitles[settings.method ?? 'simclr']}, ${settings.backbone ?? 'smallConv'}, ${data.name}, ` +
        `batch ${task.batch}`;
      console.log(tables(result, title, rows));
      const file = (ending: string) =>
        path.join(resultsFolder('profile'), `temperature-${data.name}-${preset}.${ending}`);
      await exportFigure(profileFigure(result, {title}), file('html'), file('png'), file('csv'));
      console.log(`figure: ${path.relative('', file('html'))}, .png; every line of ours: .csv`);
    } finally {
      task.source.dispose();
      await closeBrowser();
    }
  });

export const program = new Command('npm run profile --')
  .description(
    "Measures where the time of a study's training step goes, by TensorFlow's operation and by our own file.",
  )
  .addCommand(temperatureCommand);

/** By operation, then by part and file. */
function tables({rows, untraced, traced}: Profile, title: string, most: number): string {
  const total = rows.reduce((sum, row) => sum + row.milliseconds, 0);
  const table = (heading: string, of: (row: ProfileRow) => string) => {
    const sums = totals(rows, of);
    const lines = sums
      .slice(0, most)
      .map(({name, count, milliseconds}) =>
        line(name, String(count), milliseconds.toFixed(2), `${((100 * milliseconds) / total).toFixed(1)} %`),
      );
    const left = sums.slice(most).reduce((sum, {milliseconds}) => sum + milliseconds, 0);
    return [
      line(heading, 'count', 'ms a step', 'share'),
      ...lines,
      ...(sums.length > most
        ? [line(`${sums.length - most} more`, '', left.toFixed(2), `${((100 * left) / total).toFixed(1)} %`)]
        : []),
    ].join('\n');
  };
  const range = (values: number[]) =>
    `${median(values)?.toFixed(1)} ms (${Math.min(...values).toFixed(1)} to ${Math.max(...values).toFixed(1)})`;
  return (
    [
      `${title}\na step: ${range(untraced)} untraced, ${range(traced)} traced; ${untraced.length} runs each`,
      table('operation', row => row.operation),
      table('part: file', row => `${row.part}: ${row.function}`),
    ].join('\n\n') + '\n'
  );
}

const line = (name: string, count: string, milliseconds: string, share: string) =>
  `${name.padEnd(42)}${count.padStart(6)}${milliseconds.padStart(11)}${share.padStart(9)}`;

if (require.main === module) runProgram(program);
