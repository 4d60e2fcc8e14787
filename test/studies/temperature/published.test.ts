import assert from 'node:assert/strict';
import {test} from 'node:test';
import {publishedTemperatures, simclr2020, wangLiu2021, wangLiuCode} from '../../../lib/studies/temperature/published';

test('every cell of both tables once', () => {
  assert.equal(wangLiu2021.length, 4 * (4 + 1 + 4 + 1));
  assert.equal(simclr2020.length, 4);
  assert.equal(wangLiuCode.length, 10);
  for (const row of wangLiuCode)
    for (const same of wangLiu2021.filter(
      other => other.dataset === row.dataset && other.loss === row.loss && other.temperature === row.temperature,
    ))
      assert.equal(row.accuracy, same.accuracy);
  assert.equal(
    new Set(publishedTemperatures.map(row => [row.source, row.table, row.dataset, row.loss, row.temperature].join()))
      .size,
    publishedTemperatures.length,
  );
});

test('units: shares, a uniformity below that of the whole sphere, a place for each number', () => {
  for (const row of publishedTemperatures) {
    assert.ok(row.accuracy > 0 && row.accuracy < 1);
    // perfectly uniform in 128 dimensions, t = 2
    assert.ok(row.uniformity === undefined || (row.uniformity > 0 && row.uniformity < 3.9375));
    assert.ok(row.tolerance === undefined || (row.tolerance > 0 && row.tolerance < 1));
    assert.equal(row.temperature === null, row.loss === 'simple' || row.loss === 'hardSimple');
    assert.match(row.table, /^(Table \d+|README of the code)$/);
  }
  assert.equal(wangLiu2021[0]!.accuracy, 0.7975);
});

test('the shape the papers report: best in the middle, uniformity falls and tolerance rises with τ', () => {
  for (const dataset of ['CIFAR-10', 'CIFAR-100', 'SVHN', 'ImageNet-100']) {
    const rows = wangLiu2021.filter(row => row.dataset === dataset && row.loss === 'contrastive');
    assert.equal(rows.toSorted((a, b) => b.accuracy - a.accuracy)[0]!.temperature, 0.3);
    rows
      .slice(1)
      .forEach((row, i) => assert.ok(row.uniformity! < rows[i]!.uniformity! && row.tolerance! > rows[i]!.tolerance!));
  }
});
