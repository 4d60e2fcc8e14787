// slow: trains

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {classMixture} from '../../../lib/information/classMixture';
import {correlatedGaussians, gaussianCorrelation} from '../../../lib/information/correlatedGaussians';
import {estimatorStudy, type EstimatorRow, type EstimatorStudyOptions} from '../../../lib/trials/estimators/trials';

async function rowsOf(options: Partial<EstimatorStudyOptions>): Promise<EstimatorRow[]> {
  const rows: EstimatorRow[] = [];
  for await (const row of estimatorStudy({
    estimators: [{estimator: 'infoNce'}],
    information: [1],
    batches: [16],
    seeds: [0],
    critic: 'bilinear',
    truth: correlatedGaussians({dimensions: 3}),
    steps: 100,
    last: 50,
    ...options,
  }))
    rows.push(row);
  return rows;
}

test('a row for each estimator, information, batch and seed, the same again, with its course', async () => {
  const told: string[] = [];
  const options = {
    estimators: [{estimator: 'infoNce'}, {estimator: 'interpolated', alpha: 0.5}, {estimator: 'mine'}] as const,
    information: [0.5, 1],
    batches: [8, 16],
    onEvent: (
      _: unknown,
      {index, runs, estimator, batch}: {index: number; runs: number; estimator: string; batch: number},
    ) => void told.push(`${index}/${runs} ${estimator} ${batch}`),
  };
  const rows = await rowsOf(options);
  assert.deepEqual(rows.map(({title, information, batch}) => [title, information, batch]).slice(0, 4), [
    ['InfoNCE', 0.5, 8],
    ['I_α, α = 0.5', 0.5, 8],
    ['MINE', 0.5, 8],
    ['InfoNCE', 1, 8],
  ]);
  assert.equal(rows.length, 12);
  assert.equal(new Set(told).size, 12);
  for (const row of rows) {
    assert.equal(row.course.estimate.length, 100);
    assert.ok(
      Number.isFinite(row.mean) &&
        row.bias === row.mean - row.information &&
        row.deviation > 0 &&
        row.secondsPerStep > 0,
    );
  }
  assert.deepEqual(rows.map(({ceiling}) => ceiling).slice(0, 3), [Math.log(8), Math.log(16), null]);
  assert.deepEqual(
    (await rowsOf({...options, information: [0.5], batches: [16]})).map(({course}) => course),
    rows.filter(({information, batch}) => information === 0.5 && batch === 16).map(({course}) => course),
  );
});

test('every estimator and critic learns that there is information', async () => {
  const estimators = [
    {estimator: 'nwj'},
    {estimator: 'donskerVaradhan'},
    {estimator: 'tuba'},
    {estimator: 'jensenShannon'},
    {estimator: 'smile', clip: 5},
    {estimator: 'infoNce'},
    {estimator: 'interpolated', alpha: 0.5},
    {estimator: 'mine'},
  ] as const;
  const trained = {
    estimators,
    steps: 600,
    last: 100,
    batches: [96],
    rate: 5e-3,
    schedule: {name: 'cosine', warmup: 0.02},
    information: [2],
    critic: 'quadratic',
    truth: correlatedGaussians(),
  } as const;
  for (const row of await rowsOf(trained))
    assert.ok(Math.abs(row.mean - row.optimal) < 0.2, `${row.title}: ${row.mean}, best critic ${row.optimal}`);
  for (const critic of ['separable', 'concatenated', 'bilinear'] as const) {
    const [row] = await rowsOf({critic, steps: 400, batches: [32], rate: 1e-3, information: [1.5]});
    assert.ok(row!.mean > 0.5 && row!.mean < 1.8, `${critic}: ${row!.mean}`);
  }
});

test('CLUB with a conditional that is learned comes near to what the true one says, above the truth', async () => {
  const ρ = gaussianCorrelation(2, 20);
  const exact = (20 * ρ ** 2) / (1 - ρ ** 2);
  const [row] = await rowsOf({
    estimators: [{estimator: 'club'}],
    critic: 'conditional',
    truth: correlatedGaussians(),
    batches: [128],
    information: [2],
    steps: 600,
    last: 200,
    rate: 2e-3,
    schedule: {name: 'cosine', warmup: 0.02},
  });
  assert.ok(Math.abs(row!.optimal - exact) < 0.05 * exact, `${row!.optimal} of ${exact}`);
  assert.ok(Math.abs(row!.mean - exact) < 0.15 * exact, `${row!.mean} of ${exact}`);
  assert.equal(row!.ceiling, null);
});

test('views of one class: InfoNCE finds what they share', async () => {
  const [row] = await rowsOf({
    truth: classMixture({classes: 4}),
    batches: [64],
    information: [1],
    critic: 'quadratic',
    steps: 400,
    rate: 1e-2,
  });
  assert.equal(row!.truth, 'two noisy views of 4 classes');
  assert.ok(
    row!.mean > 0.5 && row!.mean < row!.optimal + 0.1 && Math.abs(row!.optimal - 1) < 0.1,
    `${row!.mean}, ${row!.optimal}`,
  );
});

test('a truth that moves', async () => {
  const information = Float32Array.from({length: 200}, (_, step) => (step < 100 ? 0.25 : 0.5));
  const [row] = await rowsOf({information});
  assert.equal(row!.steps, 200);
  assert.deepEqual([...new Set(row!.course.truth)], [0.25, 0.5]);
});

test('refuses in one line what has no answer', async () => {
  await assert.rejects(
    rowsOf({estimators: []}),
    /^RangeError: estimatorStudy: expected at least one estimator, got none$/,
  );
  await assert.rejects(rowsOf({steps: 150}), /expected steps in hundreds, at least the 50 that are averaged, got 150/);
  await assert.rejects(
    rowsOf({information: [-1]}),
    /^RangeError: estimation: expected an information of at least 0 nats, got -1$/,
  );
  await assert.rejects(rowsOf({information: [NaN]}), /got NaN/);
  await assert.rejects(rowsOf({batches: [2]}), /expected batch a whole number from 3, got 2/);
  await assert.rejects(
    rowsOf({estimators: [{estimator: 'fisher'} as never]}),
    /expected an estimator of infoNce, .*, got 'fisher'/,
  );
  await assert.rejects(rowsOf({estimators: [{estimator: 'smile', clip: -1}]}), /expected clip > 0 or null, got -1/);
  await assert.rejects(
    rowsOf({critic: 'deep' as never}),
    /expected a critic of separable, concatenated, bilinear, quadratic, conditional, got 'deep'/,
  );
  await assert.rejects(
    rowsOf({estimators: [{estimator: 'club'}]}),
    /^RangeError: estimation: expected the critic 'conditional' for the estimator 'club' and for no other, got 'bilinear' for 'club'/,
  );
  await assert.rejects(rowsOf({critic: 'conditional'}), /got 'conditional' for 'infoNce'/);
});
