// slow: trains

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import {leaves} from '../../../lib/engine/params';
import {key} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {maskStudy, notPretrained, type MaskRow, type MaskStudyOptions} from '../../../lib/studies/masks/study';
import {maskTask, type MaskTaskOptions} from '../../../lib/studies/masks/task';
import {readSafetensors} from '../../../lib/datasets/files/safetensors';
import {tinyDataset} from '../../study/tinyDataset';
import {loadTiny, tinyFolder} from '../../study/tinyFolder';

const temporary = () => fs.mkdtempSync(path.join(os.tmpdir(), 'masks-'));

async function rowsOf(options: Partial<MaskStudyOptions> & Pick<MaskStudyOptions, 'variants'>): Promise<MaskRow[]> {
  const rows: MaskRow[] = [];
  for await (const row of maskStudy({
    dataset: tinyDataset(),
    seeds: [0],
    epochs: 1,
    batch: 32,
    folder: temporary(),
    jobs: 1,
    ...options,
  }))
    rows.push(row);
  return rows;
}

const random = {mask: {strategy: 'random', ratio: 0.75}} as const;

test('a row for each variant and seed, with what is hidden and encoded; a rerun trains nothing', async () => {
  // and each encoder is exported
  const folder = temporary();
  const told: string[] = [];
  const options: Parameters<typeof rowsOf>[0] = {
    folder,
    seeds: [0, 1],
    variants: [
      random,
      {
        name: 'blocks, mask tokens',
        mask: {strategy: 'block', ratio: 0.5},
        target: 'pixels',
        decoder: {width: 32, depth: 1},
        maskTokenInEncoder: true,
      },
    ],
    onEvent: (_, {mask, seed, index, runs}) => void told.push(`${index}/${runs} ${mask as string} ${seed as number}`),
  };
  const rows = await rowsOf(options);
  assert.deepEqual(
    rows.map(({variant, seed, hidden, encoded}) => [variant, seed, hidden, encoded]),
    [
      ['random 75 %', 0, 0.75, 0.25],
      ['blocks, mask tokens', 0, 0.5, 1],
      ['random 75 %', 1, 0.75, 0.25],
      ['blocks, mask tokens', 1, 0.5, 1],
    ],
  );
  assert.deepEqual(
    [...new Set(told)],
    ['0/4 random 75 % 0', '1/4 blocks, mask tokens 0', '2/4 random 75 % 1', '3/4 blocks, mask tokens 1'],
  );
  for (const {last, hits, course, secondsPerStep, settings, protocol} of rows) {
    assert.equal(last.knn, [...hits.knn].filter(hit => hit === '1').length / 40);
    assert.equal(last.linear, [...hits.linear].filter(hit => hit === '1').length / 40);
    assert.ok(course.length === 1 && course[0]!.loss > 0 && secondsPerStep! > 0 && settings.batch === 32);
    assert.match(protocol, /^20-NN, cosine, τ = 0\.07; linear: /);
  }
  assert.equal(rows[1]!.settings.target, 'pixels');
  const {tensors, metadata} = await readSafetensors(path.join(folder, rows[0]!.run, 'backbone.safetensors'));
  assert.deepEqual([metadata.mask, metadata.dataset], ['random 75 %', 'tiny']);
  assert.ok(tensors.has('blocks.0.attn.qkv.weight'));
  told.length = 0;
  assert.deepEqual(await rowsOf(options), rows);
  assert.deepEqual(told, []);
});

test('fine-tuning from what was pre-trained and from the start; targets of features and tokens', async () => {
  const folder = temporary();
  const options: Parameters<typeof rowsOf>[0] = {
    folder,
    fineTuning: {epochs: 1, batch: 32},
    decoder: {width: 32, depth: 1},
    variants: [
      notPretrained,
      {...random, fineTune: true},
      {...random, name: 'features', target: 'features'},
      {...random, name: 'tokens', target: 'tokens'},
    ],
  };
  const rows = await rowsOf(options);
  const [start, reference, features, tokens] = rows;
  assert.deepEqual(
    [
      start!.variant,
      start!.epochs,
      start!.course,
      start!.secondsPerStep,
      start!.hidden,
      start!.encoded,
      start!.chosen.epoch,
    ],
    ['not pre-trained', 0, [], null, 0, 1, 0],
  );
  assert.equal(start!.last.knn, [...start!.hits.knn].filter(hit => hit === '1').length / 40);
  for (const {fineTuned} of [start!, reference!]) {
    assert.equal(fineTuned!.last, [...fineTuned!.hits].filter(hit => hit === '1').length / 40);
    assert.equal(fineTuned!.epoch, 1);
  }
  assert.match(reference!.fineTuned!.protocol, /^fine-tune: 1 epochs of batches of 32, .*layer decay 0\.75/);
  assert.doesNotMatch(start!.fineTuned!.protocol, /layer decay/);
  assert.deepEqual(
    [features!.fineTuned, features!.hidden, features!.encoded, features!.settings.target],
    [null, 0.75, 0.25, 'features'],
  );
  assert.ok(features!.course[0]!.loss > 0 && features!.course[0]!.loss < 2, 'one minus a cosine');
  assert.ok(Math.abs(tokens!.course[0]!.loss - Math.log(512)) < 1, 'near log K');
  assert.ok(fs.existsSync(path.join(folder, reference!.run, 'fine-tuning')));
  // as after a kill between fine-tuning and the row
  fs.rmSync(path.join(folder, reference!.run, 'row.json'));
  assert.deepEqual((await rowsOf(options))[1], {...reference!, secondsPerStep: null});
});

test('the encoder that is not pre-trained is the one with which pre-training of that seed starts', async () => {
  // which the images do not tell: what is classified rightly depends on every weight
  const labels = Int32Array.from({length: 200}, (_, i) => ((i * i * 31) >> 3) % 4);
  const rows = await rowsOf({
    dataset: {...tinyDataset(), labels},
    seeds: [0, 1],
    variants: [{mask: null}, {...random, optimizer: {name: 'sgd', rate: 1e-30, decay: 0}}],
  });
  const [start, still, other] = rows.map(({hits}) => hits.knn);
  assert.equal(still, start);
  assert.notEqual(other, start);
});

test('the same seed starts with the same encoder, whatever is hidden', () => {
  const dataset = tinyDataset();
  const start = (options: Pick<MaskTaskOptions, 'mask'> & {target?: 'pixels'}) =>
    tf.tidy(() => {
      const {task} = maskTask({dataset, seed: 0, ...options});
      task.source.dispose();
      return leaves(task.method.init(key(3)).backbone).map(([name, tensor]) => [name, tensor.dataSync().slice(0, 8)]);
    });
  assert.deepEqual(start(random), start({mask: {strategy: 'grid', ratio: 0.75}, target: 'pixels'}));
});

test('two jobs give the rows of one', async () => {
  const dataset = await loadTiny(await tinyFolder());
  const rows = await rowsOf({dataset, variants: [random, {mask: {strategy: 'random', ratio: 0.5}}], jobs: 2});
  assert.deepEqual(
    rows.map(({variant}) => variant),
    ['random 75 %', 'random 50 %'],
  );
});

test('a variant twice, none, and masks that make no sense: one line each, before anything is trained', async () => {
  await assert.rejects(
    rowsOf({variants: [random, random]}),
    /^RangeError: maskStudy: expected each run once, got mask random 75 %, seed 0 twice/,
  );
  await assert.rejects(
    rowsOf({variants: []}),
    /^RangeError: maskStudy: expected at least one variant and one seed, got 0 and 1/,
  );
  await assert.rejects(
    rowsOf({variants: [{mask: {strategy: 'random', ratio: 1}}]}),
    /^RangeError: randomMask: expected a ratio/,
  );
  await assert.rejects(
    rowsOf({variants: [{mask: {strategy: 'random', ratio: 0.99}}]}),
    /^RangeError: randomMask: expected /,
  );
  await assert.rejects(
    rowsOf({variants: [{mask: {strategy: 'block', ratio: 0.5}, target: 'features'}]}),
    /^RangeError: maskTask: expected random masks and no mask token in the encoder with the target 'features', got block 50 %$/,
  );
  await assert.rejects(
    rowsOf({variants: [{...random, target: 'colors' as 'hog'}]}),
    /^RangeError: namedTarget: expected pixels, normalizedPixels, hog, tokens, got 'colors'$/,
  );
  await assert.rejects(
    rowsOf({variants: [{mask: {strategy: 'attention' as 'random', ratio: 0.5}}]}),
    /^RangeError: namedMask: expected /,
  );
  await assert.rejects(
    rowsOf({variants: [random], backbone: 'vit-small-16', dataset: tinyDataset(24)}),
    /^RangeError: vit: expected a height and a width that are multiples of the patch of 16 px, got \[1,24,24,3\]/,
  );
});
