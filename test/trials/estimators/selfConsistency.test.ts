// slow: trains

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {selfConsistencyTable} from '../../../lib/trials/estimators/selfConsistencyTable';
import {correlatedGaussians} from '../../../lib/information/correlatedGaussians';
import {
  selfConsistency,
  type SelfConsistencyOptions,
  type SelfConsistencyRow,
} from '../../../lib/trials/estimators/selfConsistency';

async function rowsOf(options: Partial<SelfConsistencyOptions>): Promise<SelfConsistencyRow[]> {
  const rows: SelfConsistencyRow[] = [];
  for await (const row of selfConsistency({
    estimators: [{estimator: 'infoNce'}],
    seeds: [0],
    truth: correlatedGaussians({dimensions: 4}),
    information: 1,
    critic: 'quadratic',
    steps: 600,
    last: 100,
    rate: 1e-2,
    schedule: {name: 'cosine', warmup: 0.02},
    ...options,
  }))
    rows.push(row);
  return rows;
}

test('InfoNCE and SMILE answer all three questions where the truth is far below log K', async () => {
  const told: string[] = [];
  const rows = await rowsOf({
    estimators: [{estimator: 'infoNce'}, {estimator: 'smile', clip: 5}],
    onRun: ({index, runs, question}) => told.push(`${index}/${runs} ${question}`),
  });
  assert.deepEqual(
    rows.map(({title}) => title),
    ['InfoNCE', 'SMILE, τ = 5'],
  );
  assert.deepEqual([told.length, told[0], told.at(-1)], [8, '0/8 independent', '7/8 doubled']);
  for (const {title, independent, plain, processing, additivity} of rows) {
    assert.ok(Math.abs(independent) < 0.15, `${title}: ${independent} nats of independent variables`);
    assert.ok(
      Math.abs(plain - 1) < 0.15 && Math.abs(processing - 1) < 0.2 && Math.abs(additivity - 2) < 0.3,
      `${title}: ${plain}, ${processing}, ${additivity}`,
    );
  }
});

test('InfoNCE fails the third where log K is the limit', async () => {
  const [row] = await rowsOf({information: 2.5, batch: 16, steps: 400});
  assert.ok(row!.additivity < 1.6 && row!.doubled < Math.log(16), `${row!.additivity}, ${row!.doubled}`);
});

test('a table says what answers should be', () => {
  const rows = [0, 1, 2].map((seed): SelfConsistencyRow => ({
    title: 'InfoNCE',
    truth: 'two Gaussians',
    seed,
    batch: 64,
    information: 2,
    independent: -0.01,
    plain: 2,
    processed: 2,
    doubled: 3.8,
    processing: 1,
    additivity: 1.9,
  }));
  assert.deepEqual(selfConsistencyTable(rows), [
    {
      estimator: 'InfoNCE',
      'of 2 nats': '2.00 ± 0.00',
      'independent: 0 nats': '−0.01 ± 0.00',
      'functions of both: × 1': '1.00 ± 0.00',
      'two pairs: × 2': '1.90 ± 0.00',
    },
  ]);
});

test('nothing to find is refused in one line', async () => {
  await assert.rejects(
    rowsOf({information: 0}),
    /^RangeError: selfConsistency: expected an information above 0 nats, got 0$/,
  );
  await assert.rejects(rowsOf({information: NaN}), /got NaN$/);
});
