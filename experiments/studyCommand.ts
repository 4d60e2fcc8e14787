// What the commands of all studies have in common: the options of where and how, progress while it
// trains, figures beside the rows, and publishing.

import path from 'node:path';
import {Command, Option} from 'commander';
import {check} from '../lib/check';
import {deviceLine} from '../lib/engine/device';
import {closeBrowser} from '../lib/figures/browser';
import {exportFigure} from '../lib/figures/exportFigure';
import {percentText} from '../lib/percent';
import type {Preset} from '../lib/preset';
import type {CommandRow, StudyCommand} from '../lib/studies/command';
import {positive, seeds} from '../lib/studies/options';
import {baselines, type BaselineRow} from '../lib/study/baselines';
import {publish, testFamilies} from '../lib/study/publish';
import {resultsFolder} from '../lib/study/resultsFolder';
import {argument, dataset, datasetHelp, jobsHelp, optionOf} from './options';
import {progressTable} from './progressTable';

const geometryText = ({uniformity, tolerance}: CommandRow): string =>
  uniformity === undefined || tolerance === undefined
    ? ''
    : `uniformity ${uniformity.toFixed(2)}, tolerance ${tolerance.toFixed(2)}`;

const commas = (...parts: string[]) => parts.filter(Boolean).join(', ');

/** The command of a study: the options that every study has, then its own. */
export function studyCommand({
  name,
  folder: own = name,
  untrained = true,
  description,
  presets,
  options: ofStudy,
  study,
  settingText,
  measuredText = () => '',
  figuresOf,
}: StudyCommand): Command {
  const command = new Command(name)
    .description(description)
    .addOption(
      new Option(
        '--preset <name>',
        "smoke: seconds; default: within an hour on 2 cores; paper: the publication's setting, for a GPU",
      )
        .choices(Object.keys(presets))
        .default('default'),
    )
    .option('--seeds <list>', 'for example 0,1,2', argument(seeds))
    .option('--dataset <name>', datasetHelp)
    .option('--size <pixels>', 'side to which the images of a folder are stored', argument(positive), 32)
    .option('--jobs <n>', jobsHelp, argument(positive))
    .option(
      '--tensorboard',
      'write loss, learning rate, health and accuracies of each run as event files, while it trains',
    )
    .option('--publish', 'copy the rows to experiments/published, which is committed and which notebooks draw')
    .action(
      async ({
        preset,
        dataset: from,
        size,
        jobs,
        tensorboard,
        publish: publishing,
        ...given
      }: {
        preset: Preset;
        dataset?: string;
        size: number;
        jobs?: number;
        tensorboard?: true;
        publish?: true;
      }) => {
        check(
          !publishing || (from === undefined && Object.keys(given).length === 0),
          '--publish',
          'expected a preset as it is, without other options: what is published stands under its name',
        );
        const {load, ...chosen} = presets[preset];
        const data = from === undefined ? await load() : await dataset(from, size);
        const options = {...chosen, ...given, dataset: data, tensorboard, jobs};
        const folder = resultsFolder(own);
        if (tensorboard) console.log(`event files: tensorboard --logdir ${path.relative('', folder)}`);
        console.log(`${deviceLine()}\n${data.name}: ${data.splits.pretrain.length} images to train on`);
        const progress = progressTable();
        const rows: CommandRow[] = [];
        const measured: BaselineRow[] = [];
        for await (const row of baselines({
          dataset: data,
          backbone: options.backbone,
          seeds: untrained ? options.seeds : [],
        })) {
          measured.push(row);
          progress.done(
            `${row.baseline}${row.seed === null ? '' : `, seed ${row.seed}`}: k-NN ${percentText(row.knn)}, ` +
              `linear ${percentText(row.linear)}`,
          );
        }
        for await (const row of study({...options, onEvent: progress.step})) {
          rows.push(row);
          progress.done(
            `${commas(settingText(row), `seed ${row.seed}`)}: ` +
              commas(
                `k-NN ${percentText(row.last.knn)}`,
                `linear ${percentText(row.last.linear)}`,
                geometryText(row),
                measuredText(row),
                `${row.minutes.toFixed(1)} min (run ${row.run})`,
              ),
          );
        }
        const families = testFamilies(data);
        const figures = figuresOf(rows, measured, families ?? undefined);
        const written = async (base: string, ending: string) => {
          const files = [...figures.keys()].map(part => `${base}${part}${ending}`);
          for (const [i, figure] of [...figures.values()].entries()) await exportFigure(figure, files[i]!);
          return files.map(file => path.relative('', file)).join(', ') || 'none for these rows';
        };
        console.log(
          `rows: ${path.relative('', folder)}, figures: ` +
            `${await written(path.join(folder, `${own === name ? '' : `${name}-`}${data.name}-${preset}`), '.html')}`,
        ); // a folder of several studies has figures of each
        if (publishing) {
          const to = await publish(
            name,
            `${data.name}-${preset}`,
            {rows, baselines: measured, families},
            rows.map(row => path.join(folder, row.run)),
          );
          console.log(
            `published: ${path.relative('', to)}, figures: ${await written(to.replace(/\.json$/, ''), '.png')}`,
          );
        }
        await closeBrowser();
      },
    );
  for (const option of ofStudy) command.addOption(optionOf(option));
  return command;
}
