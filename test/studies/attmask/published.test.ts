import assert from 'node:assert/strict';
import {test} from 'node:test';
import {attmask2022, attmaskColumn} from '../../../lib/studies/attmask/published';

const of = (method: string, share: number, epochs?: number) =>
  Object.fromEntries(
    attmask2022
      .filter(row => row.method === method && row.share === share && row.epochs === epochs)
      .map(row => [row.strategy, [row.knn, row.linear]]),
  );

test('every row once, in shares; what is not from the authors themselves says so', () => {
  assert.equal(
    new Set(attmask2022.map(({method, share, epochs, strategy}) => [method, share, epochs, strategy].join())).size,
    attmask2022.length,
  );
  for (const {knn, linear, repository, remark, strategy} of attmask2022) {
    assert.ok(knn > 0.4 && knn < 0.78 && (linear === null || (linear > knn && linear < 0.78)), strategy);
    assert.equal(repository === undefined, remark !== undefined, strategy);
  }
});

test("iBOT on a fifth of ImageNet: attention above random above iBOT's own blocks; on all of it hints lead", () => {
  assert.deepEqual(of('iBOT', 0.2, 100), {
    'AttMask-Hint': [0.495, 0.575],
    'AttMask-High': [0.497, 0.579],
    random: [0.478, 0.567],
    'block-wise': [0.467, 0.564],
  });
  assert.deepEqual(of('iBOT', 1, 100), {'AttMask-Hint': [0.728, 0.761], 'AttMask-High': [0.725, 0.757]});
  assert.deepEqual(of('iBOT', 1, 300), {'AttMask-High': [0.75, 0.775]});
});

test('with DINO, which asks nothing about masked patches, it hardly matters', () => {
  assert.deepEqual(of('DINO', 0.2), {
    random: [0.434, null],
    'AttMask-High': [0.435, null],
    'AttMask-Hint': [0.436, null],
  });
});

test('as a column: the four strategies that could be read, each by the name of its line', () => {
  assert.deepEqual(attmaskColumn('linear'), {
    heading: 'AttMask, 20\u00a0% of ImageNet, linear',
    rows: [
      ['AttMask-Hint', 0.575],
      ['AttMask-High', 0.579],
      ['random', 0.567],
      ['block-wise', 0.564],
    ].map(([setting, accuracy]) => ({setting, accuracy})),
  });
  assert.equal(attmaskColumn('knn').rows[0]!.accuracy, 0.495);
});
