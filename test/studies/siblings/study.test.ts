// slow: trains

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import {siblingPresets} from '../../../lib/studies/siblings/presets';
import {
  ablationNames,
  ablations,
  combinations,
  knownAs,
  siblingStudy,
  variantsOf,
  type AblationName,
} from '../../../lib/studies/siblings/study';
import {methodTask} from '../../../lib/study/methodTask';
import type {MethodRow} from '../../../lib/studies/methods/study';
import {tinyDataset} from '../../study/tinyDataset';

test('every line of every ablation is trained, each training once, and no line is there twice', () => {
  const all = variantsOf(ablationNames).map(({name}) => name);
  assert.equal(new Set(all).size, all.length);
  for (const {lines} of Object.values(ablations)) {
    assert.equal(new Set(lines.map(([line]) => line)).size, lines.length);
    for (const [, variant] of lines) assert.ok(all.includes(variant), variant);
  }
  for (const variant of all)
    assert.ok(
      Object.values(ablations).some(({lines}) => lines.some(([, name]) => name === variant)),
      `${variant} is trained for nothing`,
    );
  assert.equal(combinations.length, 16);
  for (const parts of Object.keys(knownAs))
    assert.ok(
      ablations.parts.lines.some(([, variant]) => variant === parts),
      parts,
    );
});

test('each is a method that its settings make: none is refused', () => {
  const dataset = tinyDataset();
  for (const {name: _, method, ...own} of variantsOf(ablationNames))
    methodTask({
      dataset,
      method,
      seed: 0,
      epochs: 1,
      batch: 16,
      ...own,
      ...('batch' in own && {batch: 16}),
    }).task.source.dispose();
});

test('what differs is what the name says', () => {
  const of = (name: string) => variantsOf(ablationNames).find(variant => variant.name === name)!;
  assert.deepEqual(of('cosine, predictor, stop-gradient').method, {method: 'siamese', options: {}});
  assert.deepEqual(of('negatives, no predictor, gradient').method, {
    method: 'siamese',
    options: {negatives: {temperature: 0.2}, stopGradient: false, predictor: false},
  });
  assert.deepEqual(of('cosine, predictor, teacher').method, {method: 'siamese', options: {teacher: 0.99}});
  assert.equal(of('batch 512').optimizer!.rate, 2 * siblingRate());
  assert.deepEqual(
    ablations.momentum.lines.map(([line]) => line),
    ['0', '0.9', '0.99', '0.999', '1'],
  );
  assert.equal(siblingPresets.default.batch, 128); // whose trainings stand in the line 128
});

const siblingRate = () => variantsOf(['batch']).find(({name}) => name === 'batch 32')!.optimizer!.rate * 2;

test('one ablation: its rows alone, seed by seed', async () => {
  const rows: MethodRow[] = [];
  for await (const row of siblingStudy({
    ablations: ['predictor'],
    dataset: tinyDataset(),
    seeds: [3],
    epochs: 1,
    batch: 32,
    folder: fs.mkdtempSync(path.join(os.tmpdir(), 'siblings-')),
    jobs: 1,
  }))
    rows.push(row);
  assert.deepEqual(
    rows.map(({variant}) => variant).sort(),
    ablations.predictor.lines.map(([, variant]) => variant).sort(),
  );
  assert.ok(rows.every(({seed, lidar, rankMe}) => seed === 3 && lidar !== undefined && rankMe !== undefined));
  assert.throws(
    () => siblingStudy({ablations: ['predictors' as AblationName], dataset: tinyDataset()}),
    /^RangeError: siblingStudy: expected ablations of parts, predictor, batchNorm, batch, momentum, teacher, guard, got 'predictors'/,
  );
});
