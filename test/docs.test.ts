// The pages: marked blocks are fresh, samples run, commands and linked files exist, and no number
// in prose is a copy.
// slow: computes for seconds

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {page, pages, root} from '../experiments/docs/pages';
import {studyFacts} from '../experiments/docs/studyFacts';
import {program} from '../experiments/study';
import {smallConv} from '../lib/backbones/smallConv';
import {earth} from '../lib/datasets/earth/earth';
import {drawnEmoji} from '../lib/datasets/emoji/drawnEmoji';
import {letters} from '../lib/datasets/letters/letters';
import {photos} from '../lib/datasets/photos/photos';
import {constant} from '../lib/schedules';
import {published} from '../lib/study/publish';
import {adamW} from '../lib/training/adamW';
import {version} from '../lib/training/provenance';
import {train} from '../lib/training/train';
import {openTraining} from '../lib/training/training';
import {simclrCifarViews} from '../lib/views/recipes/simclrCifar';
import {twoViews} from '../lib/views/sources/twoViews';
import {alignUniform} from './samples/alignUniform';
import {oneScene} from './samples/oneScene';
import {tinyDataset} from './study/tinyDataset';

const markdown = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'data/README.md',
  ...fs
    .readdirSync(path.join(root, 'docs'))
    .filter(file => file.endsWith('.md'))
    .map(file => `docs/${file}`),
];
const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8');

for (const name of Object.keys(pages)) {
  test(`${name}: its blocks are what \`npm run docs\` writes`, () => {
    const {text, fresh} = page(name);
    assert.equal(text, fresh, 'run `npm run docs`');
  });
}

test('every study has facts and a published table, and nothing else has', () => {
  assert.deepEqual(Object.keys(studyFacts).sort(), program.commands.map(command => command.name()).sort());
});

test('README is shorter than 8,000 bytes', () => {
  const bytes = Buffer.byteLength(read('README.md'));
  assert.ok(bytes < 8000, `${bytes} bytes`);
});

test('results have no number in prose outside the blocks', () => {
  const prose = read('docs/results.md')
    .replaceAll(/<!-- ([^\n]+): written by[\s\S]*?<!-- end of \1 -->/g, '')
    .replaceAll(/`[^`]*`|!\[[^\]]*\]\([^)]*\)/g, '');
  assert.deepEqual(prose.replace('95 % t-intervals', '').match(/\d+\.\d+|\d+ %/g), null);
});

test('every command is a script of package.json, every linked file is there', () => {
  const {scripts} = JSON.parse(read('package.json')) as {scripts: Record<string, string>};
  const named = new Set<string>();
  for (const file of markdown) {
    const text = read(file);
    const code = [...text.matchAll(/```[\s\S]*?```|`[^`\n]+`/g)].map(([found]) => found).join('\n');
    for (const [, name] of code.matchAll(/\bnpm (?:run )?([a-z]+)/g)) {
      named.add(String(name));
      assert.ok(scripts[String(name)], `${file}: npm ${name} is no script`);
    }
    for (const [, target] of text.matchAll(/\]\((?!https?:)([^)#\s]+)(?:#[^)]*)?\)/g)) {
      assert.ok(fs.existsSync(path.join(root, path.dirname(file), String(target))), `${file}: ${target} is missing`);
    }
  }
  assert.deepEqual(
    Object.keys(scripts).filter(name => !named.has(name)),
    [],
    'a script that no page names',
  );
});

test('the version stands in package.json, the changelog begins with it, and no other file repeats it', () => {
  assert.equal(/^## (\S+)/m.exec(read('CHANGELOG.md'))?.[1], version);
  for (const file of ['lib/package.json', 'CITATION.cff']) assert.doesNotMatch(read(file), /^\W*version/m, file);
});

test('baselines of the data sets are those of the published rows', () => {
  const text = read('data/README.md');
  const percent = (share: number) => (100 * share).toFixed(1);
  for (const [title, study, name] of [
    ['Earth', 'view-distance', 'earth-32'],
    ['drawn emoji', 'color-spaces', 'drawn-emoji-32'],
    ['drawn objects (8,000 training images)', 'temperature', 'objects-32'],
  ] as const) {
    const {baselines} = published<never>(study, `${name}-default`);
    const of = (baseline: string) => {
      const row = baselines.find(candidate => candidate.baseline === baseline);
      assert.ok(row, baseline);
      return row;
    };
    const both = (baseline: string) => `${percent(of(baseline).knn)} / ${percent(of(baseline).linear)}`;
    const line = text.split('\n').find(candidate => candidate.startsWith(`| ${title} |`) && candidate.includes(' / '));
    assert.ok(
      line?.includes(`| ${percent(of('chance').knn)} | ${both('pixels')} | ${both('hog')} |`),
      `${line}: ${both('pixels')} | ${both('hog')}`,
    );
  }
});

test('sizes of the rendered data sets are what their loaders give', async () => {
  const text = read('data/README.md');
  const number = (n: number) => n.toLocaleString('en');
  const [emoji, land, prints] = [await drawnEmoji({size: 32}), await earth({size: 32}), await photos({size: 32})];
  for (const sentence of [
    `| ${number(new Set(emoji.emojiOf).size)} emoji in five drawings by four hands: ${number(emoji.shape[0])} images`,
    `| ${number(land.shape[0])} patches of the land`,
    `The test has ${number(land.splits.test.length)} patches`,
    `| ${number(prints.shape[0])} patches of eight photographs`,
  ])
    assert.ok(text.includes(sentence), sentence);
  assert.equal(prints.classes.length, 8);
  const {shape, classes, fonts, splits} = await letters({size: 32});
  assert.deepEqual([shape[0], classes.length, fonts.length], [2480, 62, 40]);
  assert.ok(text.includes(`The test has ${splits.test.length} images, but of 8 fonts only`));
  assert.ok(text.includes(`| ${classes.length} letters and digits in forty fonts: ${number(shape[0])} images`));
});

test('the sample method learns', async () => {
  const dataset = tinyDataset(16);
  const recipe = simclrCifarViews({size: 16, mean: dataset.mean, standardDeviation: dataset.standardDeviation});
  const task = {
    method: alignUniform({backbone: smallConv({width: 16})}),
    source: twoViews({dataset, recipe}),
    optimizer: adamW(),
    schedule: constant(3e-3),
    epochs: 8,
    batch: 32,
    seed: 0,
  };
  const losses: number[] = [];
  for await (const {loss} of train(task, openTraining(task))) losses.push(loss);
  const [first, last] = [losses.at(0) ?? NaN, losses.at(-1) ?? NaN];
  assert.ok(last < first - 0.3, `from ${first} to ${last}`);
});

test('the quick start runs', async () => {
  const folder = fs.mkdtempSync(path.join(__dirname, 'samples', 'run-'));
  try {
    const code = read('test/samples/quickStart.ts')
      .replace("'../../lib/index'", "'../../../lib/index'")
      .replace('await drawnEmoji({size: 32})', "(await import('../../study/tinyDataset')).tinyDataset(32)")
      .replace('epochs: 12, batch: 256', 'epochs: 1, batch: 32');
    fs.writeFileSync(path.join(folder, 'quickStart.ts'), code);
    const {quickStart} = require(path.join(folder, 'quickStart.ts')) as {quickStart(): Promise<void>};
    await quickStart();
  } finally {
    fs.rmSync(folder, {recursive: true});
  }
});

test('the sample of docs/scenes.md runs', t => {
  const log = t.mock.method(console, 'log', () => {});
  oneScene();
  const [bytes, boxes] = log.mock.calls[0]!.arguments as [number, object[]];
  assert.equal(bytes, 64 * 64 * 3);
  assert.ok(boxes.length > 0);
});
