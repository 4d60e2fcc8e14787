// What an addition costs: a copy of the project gets a made-up data set, a made-up method and a
// made-up study, each a file of its own and a record in its table, and the command runs them by
// name, with a process for each run.
// slow: runs studies in a copy of the sources

import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {after, test} from 'node:test';
import {datasetNames} from '../lib/datasets/catalogue';
import {studies} from '../lib/studies/all';

const root = path.join(__dirname, '..');
const copy = fs.mkdtempSync(path.join(os.tmpdir(), 'catalogues-'));
after(() => fs.rmSync(copy, {recursive: true}));

const file = (name: string) => path.join(copy, name);

/** Files of the copy that were edited and made. */
const [edited, made] = [new Set<string>(), new Set<string>()];

/** Puts lines before the first place of `where`, as a person would. */
function insert(name: string, where: string, lines: string): void {
  const text = fs.readFileSync(file(name), 'utf8');
  assert.ok(text.includes(where), `${name} has no ${where}`);
  fs.writeFileSync(
    file(name),
    text.replace(where, () => lines + where),
  );
  edited.add(name);
}

function make(name: string, text: string): void {
  fs.mkdirSync(path.dirname(file(name)), {recursive: true});
  fs.writeFileSync(file(name), text);
  made.add(name);
}

const stripes = `
import {channelStatistics} from './channelStatistics';
import {range, type LoadedDataset} from './dataset';

/** Stripes of four directions. */
export async function stripes({size = 16}: {size?: number} = {}): Promise<LoadedDataset> {
  const n = 96;
  const lines = [(y: number) => y, (_: number, x: number) => x, (y: number, x: number) => x + y, (y: number, x: number) => x - y + size];
  const images = Uint8Array.from({length: n * size * size * 3}, (_, i) => {
    const [image, y, x] = [Math.floor(i / (3 * size * size)), Math.floor(i / (3 * size)) % size, Math.floor(i / 3) % size];
    return Math.floor(lines[image % 4]!(y, x) + image / 4) % 4 < 2 ? 40 + image : 200;
  });
  const shape = [n, size, size, 3] as const;
  return {
    name: 'stripes', images, shape, labels: Int32Array.from({length: n}, (_, i) => i % 4), classes: ['-', '|', '/', '\\\\'],
    splits: {pretrain: range(0, 64), train: range(0, 48), validation: range(48, 64), test: range(64, n)},
    ...channelStatistics(images, shape, range(0, 64)), license: 'none', credit: 'none', checksum: 'stripes',
    origin: {loader: 'stripes', options: {size}},
  };
}
`;

/** The method of docs/add-a-method.md, as a file of the library. */
const alignUniform = fs.readFileSync(path.join(root, 'test/samples/alignUniform.ts'), 'utf8').replace(
  /^(?:import .*\n)+/,
  `import {fold} from '../../engine/random';
import {tf} from '../../engine/tf';
import {mlp} from '../../layers/mlp';
import {unit} from '../../layers/unit';
import {inside, type Backbone, type Method, type Params} from '../../module';
import type {TwoViews} from '../../views/sources/twoViews';
`,
);

const widthStudy = `
import {health} from '../../analysis/health';
import {pickingRange} from '../../losses/lossRange';
import {smallConv} from '../../backbones/smallConv';
import {simclr} from '../../methods/contrastive/simclr';
import {constant} from '../../schedules';
import {measuredRun, type MeasuredRow} from '../../study/measuredRun';
import {resultsFolder} from '../../study/resultsFolder';
import {rowsOf, type Study, type StudyOptions} from '../../study/study';
import {adamW} from '../../training/adamW';
import {simclrCifarViews} from '../../views/recipes/simclrCifar';
import {twoViews} from '../../views/sources/twoViews';

export type WidthRow = MeasuredRow & {width: number};
type Dial = {width: number; seed: number};

export const widthRuns: Study<{epochs: number}, Dial, WidthRow> = {
  name: 'widthStudy',
  described: ({width, seed}) => ({width, seed}),
  async train(run, {dataset, settings: {epochs}, dial: {width, seed}, onEvent, signal}) {
    const recipe = simclrCifarViews({size: dataset.shape[1], mean: dataset.mean, standardDeviation: dataset.standardDeviation});
    const method = simclr({backbone: smallConv({width}), projector: [16], temperature: 0.5});
    const source = twoViews({dataset, split: 'pretrain', recipe});
    const task = {method, source, optimizer: adamW(), schedule: constant(1e-3), epochs, batch: 16, seed, range: pickingRange(31, 0.5), watch: health};
    try {
      return {...await measuredRun(run, task, {dataset, recipe, evaluations: 1, onEvent, signal, metadata: {method: 'SimCLR'}}), width};
    } finally {
      source.dispose();
    }
  },
};

export interface WidthStudyOptions extends StudyOptions {
  widths: number[];
  seeds?: number[];
  epochs?: number;
}

export async function* widthStudy({widths, seeds = [0], epochs = 1, dataset, folder = resultsFolder('width'), ...rest}: WidthStudyOptions): AsyncGenerator<WidthRow> {
  yield* rowsOf(widthRuns, {...rest, dataset, settings: {epochs}, dials: seeds.flatMap(seed => widths.map(width => ({width, seed}))), folder});
}
`;

const widthCommand = `
import {namedDataset} from '../../datasets/catalogue';
import type {StudyPreset} from '../../study/studyPreset';
import type {StudyCommand} from '../command';
import {epochsOption, widths} from '../options';
import {widthRuns, widthStudy, type WidthRow, type WidthStudyOptions} from './study';

const preset = {load: () => namedDataset('stripes')!, widths: [8, 16]};

export const widthCommand: StudyCommand<StudyPreset<WidthStudyOptions>, WidthRow> = {
  name: 'width', description: 'how wide the encoder is', presets: {smoke: preset, default: preset, paper: preset},
  options: [{flags: '--widths <list>', text: 'of the encoder', parse: widths}, epochsOption],
  runs: widthRuns, study: widthStudy, settingText: row => \`width \${row.width}\`, figuresOf: () => new Map(),
};
`;

test('a data set and a method are a file and a record, a study a folder and a line; commands run them in jobs', () => {
  for (const name of ['package.json', 'tsconfig.json', 'experiments', 'lib']) {
    const isSource = (from: string) => !['dist', 'dist.new', 'results', 'published'].includes(path.basename(from));
    fs.cpSync(path.join(root, name), file(name), {recursive: true, filter: isSource});
  }
  fs.symlinkSync(fs.realpathSync(path.join(root, 'node_modules')), file('node_modules'));

  make('lib/datasets/stripes.ts', stripes);
  insert('lib/datasets/catalogue.ts', 'type Options =', "import {stripes} from './stripes';\n\n");
  insert(
    'lib/datasets/catalogue.ts',
    "  record({\n    loader: 'generatedFactors'",
    "  record({loader: 'stripes', title: 'made up', names: {stripes: {}}, load: stripes}),\n",
  );
  assert.deepEqual([[...made].length, [...edited]], [1, ['lib/datasets/catalogue.ts']]);

  edited.clear();
  made.clear();
  make('lib/methods/negativeFree/alignUniform.ts', alignUniform);
  insert('lib/methods/catalogue.ts', 'import {byol,', "import {alignUniform} from './negativeFree/alignUniform';\n");
  insert(
    'lib/methods/catalogue.ts',
    '  supervised: record<',
    "  alignUniform: record<Of<{}>>()({title: 'alignment & uniformity', " +
      'make: (_settings, {backbone}) => alignUniform({backbone}), source: two, encoded: views(2)}),\n',
  );
  assert.deepEqual([[...made].length, [...edited]], [1, ['lib/methods/catalogue.ts']]);

  edited.clear();
  made.clear();
  make('lib/studies/width/study.ts', widthStudy);
  make('lib/studies/width/command.ts', widthCommand);
  insert('lib/studies/all.ts', 'export const studies', "import {widthCommand} from './width/command';\n\n");
  insert('lib/studies/all.ts', '  temperatureCommand,\n', '  widthCommand,\n');
  assert.deepEqual(
    [[...new Set([...made].map(name => path.dirname(name)))], [...edited]],
    [['lib/studies/width'], ['lib/studies/all.ts']],
  );

  const command = (...args: string[]) =>
    spawnSync(process.execPath, ['--import', 'tsx', file('experiments/study.ts'), ...args], {
      cwd: copy,
      encoding: 'utf8',
      env: {...process.env, SSL_RESULTS: file('results'), NODE_TEST_CONTEXT: undefined},
    });
  const ran = command('width', '--dataset', 'stripes', '--widths', '8,16', '--jobs', '2');
  assert.equal(ran.status, 0, ran.stderr);
  assert.match(ran.stdout, /^stripes: 64 images to train on$/m);
  assert.match(ran.stdout, /^width 8, seed 0: k-NN [\d.]+ %.*\n(?:.*\n)*?width 16, seed 0: k-NN [\d.]+ %/m);
  const runs = fs
    .readdirSync(file('results/width'))
    .map(run => path.join(file('results/width'), run))
    .filter(run => fs.statSync(run).isDirectory());
  const json = (run: string, name: string) =>
    JSON.parse(fs.readFileSync(path.join(run, name), 'utf8')) as Record<string, unknown>;
  const rows = runs.map(run => json(run, 'row.json'));
  assert.deepEqual(rows.map(row => row.width).sort(), [16, 8]);
  assert.ok(rows.every(row => row.dataset === 'stripes' && row.epochs === 1));

  const methods = command(
    ...['methods', '--dataset', 'stripes', '--variants', 'alignUniform,simclr', '--seeds', '0', '--epochs', '1'],
    ...['--batch', '16', '--jobs', '2'],
  );
  assert.equal(methods.status, 0, methods.stderr);
  assert.match(methods.stdout, /^alignment & uniformity, seed 0: k-NN [\d.]+ %/m);

  const refused = command('width', '--dataset', 'stripe');
  assert.match(refused.stderr, /^--dataset: expected drawn-emoji, .*, stripes or a folder of images, got "stripe"/);
});

test('names are given once', () => {
  const names = studies.map(({name}) => name);
  for (const list of [names, datasetNames]) assert.equal(new Set(list).size, list.length, list.join(', '));
});

test('the README names every study', () => {
  const readme = fs.readFileSync(path.join(root, 'README.md'), 'utf8');
  assert.deepEqual(
    studies.map(({name}) => name).filter(name => !readme.includes(`\`${name}\``)),
    [],
  );
});
