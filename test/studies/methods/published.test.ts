import assert from 'node:assert/strict';
import {test} from 'node:test';
import {
  lightlyCifar10,
  publishedMethods,
  simsiam2021Cifar10,
  soloLearnCifar10,
} from '../../../lib/studies/methods/published';
import {methodNames} from '../../../lib/methods/catalogue';

test('every row once, in shares, of a method that is here, with its source', () => {
  assert.equal(
    new Set(publishedMethods.map(row => [row.source, row.batch, row.epochs, row.method].join())).size,
    publishedMethods.length,
  );
  for (const row of publishedMethods) {
    assert.ok(row.accuracy > 0.75 && row.accuracy < 0.95, `${row.source}, ${row.method}: ${row.accuracy}`);
    assert.ok(row.method in methodNames);
    assert.ok((row.repository === undefined) !== (row.arxiv === undefined));
  }
  assert.deepEqual([lightlyCifar10.length, soloLearnCifar10.length, simsiam2021Cifar10.length], [3 * 7, 9, 2]);
});

test("lightly's 200 epochs with batch 512", () => {
  const rows = lightlyCifar10.filter(row => row.batch === 512 && row.epochs === 200);
  assert.deepEqual(Object.fromEntries(rows.map(row => [row.method, row.accuracy])), {
    simclr: 0.848,
    moco: 0.847,
    byol: 0.868,
    simsiam: 0.764,
    barlowTwins: 0.819,
    dino: 0.813,
    swav: 0.842,
  });
});

test('the shape lightly reports: all methods gain from 800 epochs, SimSiam most', () => {
  const gain = (method: string) => {
    const [short, long] = [200, 800].map(
      epochs =>
        lightlyCifar10.find(row => row.method === method && row.batch === 512 && row.epochs === epochs)!.accuracy,
    );
    return long! - short!;
  };
  const gains = [...new Set(lightlyCifar10.map(row => row.method))].map(method => [method, gain(method)] as const);
  for (const [method, by] of gains) assert.ok(by > 0.02, method);
  assert.equal(gains.toSorted((a, b) => b[1] - a[1])[0]![0], 'simsiam');
});
