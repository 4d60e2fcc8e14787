import assert from 'node:assert/strict';
import {test} from 'node:test';
import {
  byol2020Ablations,
  dino2021Ablations,
  publishedAblations,
  simsiam2021Ablations,
  type PublishedAblationRow,
} from '../../../lib/studies/siblings/published';
import {partsText} from '../../../lib/studies/siblings/study';

const of = (rows: readonly PublishedAblationRow[], ablation: PublishedAblationRow['ablation']) =>
  rows.filter(row => row.ablation === ablation);
const accuracies = (rows: readonly PublishedAblationRow[], ablation: PublishedAblationRow['ablation']) =>
  Object.fromEntries(of(rows, ablation).map(row => [row.setting, row.accuracy]));

test('every row once, in shares, and a remark where there is no number', () => {
  assert.equal(
    new Set(publishedAblations.map(row => [row.source, row.table, row.method, row.ablation, row.setting].join())).size,
    publishedAblations.length,
  );
  for (const row of publishedAblations) {
    assert.ok(
      row.accuracy === null ? row.remark : row.accuracy > 0 && row.accuracy < 0.8,
      `${row.source}, ${row.setting}`,
    );
    assert.match(row.table, /^(Table \d+(\([ab]\))?|Figure 2|Section 6\.2|Appendix D, [a-z ]+)$/);
    assert.equal(row.encoder, row.arxiv === '2104.14294' ? 'ViT-S/16' : 'ResNet-50');
    assert.equal(row.epochs === undefined, row.protocol === 'k-NN');
  }
});

test('a row of parts is named by them', () => {
  const names = publishedAblations.flatMap(row => (row.ablation === 'parts' ? [[row.setting, partsText(row)]] : []));
  assert.equal(names.length, 9 + 12 + 3);
  for (const [setting, name] of names) assert.equal(setting, name);
  assert.equal(
    partsText({loss: 'cosine', predictor: true, target: 'stop-gradient'}),
    'cosine, predictor, stop-gradient',
  );
  assert.equal(
    partsText({loss: 'negatives', predictor: false, target: 'gradient'}),
    'negatives, no predictor, gradient',
  );
});

test('SimSiam: tables 1 to 3', () => {
  assert.deepEqual(accuracies(simsiam2021Ablations, 'predictor'), {
    none: 0.001,
    'fixed random': 0.015,
    'constant rate': 0.681,
    'decayed rate': 0.677,
  });
  assert.deepEqual(accuracies(simsiam2021Ablations, 'batchNorm'), {
    none: 0.346,
    'hidden layers': 0.674,
    default: 0.681,
    'all layers': null,
  });
  assert.deepEqual(accuracies(simsiam2021Ablations, 'batch'), {
    64: 0.661,
    128: 0.673,
    256: 0.681,
    512: 0.681,
    1024: 0.68,
    2048: 0.679,
    4096: 0.64,
  });
});

test('momenta and batches are written as numbers are', () => {
  for (const row of [...of(publishedAblations, 'momentum'), ...of(publishedAblations, 'batch')])
    assert.equal(String(Number(row.setting)), row.setting);
  assert.deepEqual(accuracies(byol2020Ablations, 'momentum'), {
    1: 0.188,
    0.999: 0.698,
    0.99: 0.725,
    0.9: 0.684,
    0: 0.003,
  });
});

test("BYOL's twelve combinations: all losses, predictors and targets but clusters", () => {
  assert.equal(Object.keys(accuracies(byol2020Ablations, 'parts')).length, 2 * 2 * 3);
});

test('without negatives and clusters, a predictor and a constant target are both needed, as papers report', () => {
  for (const row of publishedAblations) {
    if (row.ablation !== 'parts' || row.accuracy === null) continue;
    const healthy = row.loss !== 'cosine' || (row.predictor && row.target !== 'gradient');
    if (row.arxiv === '2006.07733' && row.setting === 'cosine, predictor, stop-gradient')
      assert.equal(row.accuracy, 0.055); // between the two
    else
      assert.ok(healthy ? row.accuracy > 0.6 : row.accuracy <= 0.003, `${row.source}, ${row.setting}: ${row.accuracy}`);
  }
});

test('DINO: what stands in for centering, and what the teacher needs', () => {
  const teacher = accuracies(dino2021Ablations, 'teacher');
  assert.ok(
    teacher['centering']! > teacher['Sinkhorn-Knopp']! &&
      teacher['Sinkhorn-Knopp']! > teacher['softmax over the batch']!,
  );
  assert.ok(teacher['centering, no momentum']! < 0.01 && teacher['Sinkhorn-Knopp, no momentum']! > 0.7);
  assert.equal(teacher['τ 0.08'], 0.001);
  assert.equal(teacher['center momentum 0.999'], 0.001);
  assert.equal(of(dino2021Ablations, 'teacher').length, 6 + 6 + 4);
});
