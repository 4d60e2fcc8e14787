// slow: trains

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import {methodStudy, type MethodRow, type MethodStudyOptions} from '../../../lib/studies/methods/study';
import {readSafetensors} from '../../../lib/datasets/files/safetensors';
import {loadTiny, tinyFolder} from '../../study/tinyFolder';
import {shareOfHits} from '../../study/shareOfHits';
import {tinyDataset} from '../../study/tinyDataset';

const temporary = () => fs.mkdtempSync(path.join(os.tmpdir(), 'methods-'));

async function rowsOf(
  options: Partial<MethodStudyOptions> & Pick<MethodStudyOptions, 'variants'>,
): Promise<MethodRow[]> {
  const rows: MethodRow[] = [];
  for await (const row of methodStudy({
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

const simclr = {method: {method: 'simclr', options: {projector: [32]}}} as const;

test('a row for each variant and seed, a teacher exported where it is the result; a rerun trains nothing', async () => {
  const folder = temporary();
  const told: string[] = [];
  const options = {
    folder,
    seeds: [0, 1],
    onEvent: (_: unknown, {method, seed, index, runs}: {[name: string]: unknown}) =>
      void told.push(`${index}/${runs} ${method as string} ${seed as number}`),
    variants: [
      {...simclr, method: {...simclr.method, options: {projector: [32]}}},
      {
        name: 'DINO, small',
        method: {method: 'dino' as const, options: {hidden: 16, bottleneck: 16, prototypes: 20, momentum: 0.9}},
        optimizer: {name: 'adamW' as const, rate: 1e-3, decay: 0.04, clip: 3},
      },
    ],
  };
  const rows = await rowsOf(options);
  assert.deepEqual(
    rows.map(({variant, settings, seed}) => [variant, settings.method.method, seed]),
    [
      ['SimCLR', 'simclr', 0],
      ['DINO, small', 'dino', 0],
      ['SimCLR', 'simclr', 1],
      ['DINO, small', 'dino', 1],
    ],
  );
  assert.deepEqual([...new Set(told)], ['0/4 SimCLR 0', '1/4 DINO, small 0', '2/4 SimCLR 1', '3/4 DINO, small 1']);
  for (const row of rows) {
    assert.deepEqual([row.last.knn, row.last.linear], [shareOfHits(row.hits.knn), shareOfHits(row.hits.linear)]);
    assert.ok(row.penaltyEntropy === null && row.settings.batch === 32 && row.course.length === 1);
  }
  assert.ok(rows[1]!.course[0]!.prototypesUsed! > 0);
  const {tensors, metadata} = await readSafetensors(path.join(folder, rows[1]!.run, 'backbone.safetensors'));
  assert.equal(metadata.method, 'DINO');
  const checkpoint = await readSafetensors(path.join(folder, rows[1]!.run, 'checkpoint.safetensors'));
  const [name] = [...tensors.keys()].filter(key => key.endsWith('conv1.weight'));
  const values = (tensor: {dataSync(): ArrayLike<number>}) => [...Array.from(tensor.dataSync())].sort((a, b) => a - b);
  assert.deepEqual(values(tensors.get(name!)!), values(checkpoint.tensors.get(`state.teacher.backbone.${name}`)!));
  told.length = 0;
  assert.deepEqual(await rowsOf(options), rows);
  assert.deepEqual(told, []);
});

test('two jobs give the rows of one', async () => {
  const dataset = await loadTiny(await tinyFolder());
  const variants = [
    {...simclr, method: {method: 'simclr' as const, options: {projector: [32]}}},
    {method: {method: 'barlowTwins' as const, options: {projector: [32, 32]}}},
  ];
  const rows = await rowsOf({dataset, variants, jobs: 2});
  assert.deepEqual(
    rows.map(({variant}) => variant),
    ['SimCLR', 'Barlow Twins'],
  );
});

test('a variant twice, none, and settings that make no sense: one clear line each', async () => {
  const variant = {method: {method: 'simclr' as const}};
  await assert.rejects(
    rowsOf({variants: [{method: {method: 'mae'}}]}),
    /^RangeError: methodStudy: expected methods with projections, which are measured, got MAE: the studies of masks/,
  );
  await assert.rejects(
    rowsOf({variants: [variant, variant]}),
    /^RangeError: methodStudy: expected each run once, got method SimCLR, seed 0 twice: a run that counts twice makes intervals too narrow/,
  );
  await assert.rejects(
    rowsOf({variants: []}),
    /^RangeError: methodStudy: expected at least one variant and one seed, got 0 and 1/,
  );
  await assert.rejects(
    rowsOf({
      variants: [{method: {method: 'siamese', options: {negatives: {temperature: 0.1}, clusters: {prototypes: 10}}}}],
    }),
    /^RangeError: siamese: expected negatives or clusters, got both/,
  );
});
