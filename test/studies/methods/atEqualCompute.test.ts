import assert from 'node:assert/strict';
import {test} from 'node:test';
import {atEqualCompute, atEqualEpochs} from '../../../lib/studies/methods/atEqualCompute';
import type {MethodRow} from '../../../lib/studies/methods/study';
import {trainingDefaults} from '../../../lib/study/trainingSettings';
import {methodRow} from '../../figures/sample';

const row = (variant: string, method: 'simclr' | 'byol' | 'simsiam', epochs: number, seed: number) =>
  methodRow(variant, {method}, seed, {
    accuracy: 0.4,
    epochs,
    settings: {...trainingDefaults, method: {method}, epochs},
  });
const rows = [0, 1].flatMap(seed => [
  row('SimCLR', 'simclr', 6, seed),
  row('BYOL', 'byol', 6, seed),
  row('SimSiam', 'simsiam', 6, seed),
  row('BYOL, 5 epochs', 'byol', 5, seed),
]);
const names = (some: MethodRow[]) => some.map(({variant, seed}) => `${variant} ${seed}`);

test('equal epochs: what has the usual number; equal compute: repetitions in place of what they repeat', () => {
  assert.deepEqual(names(atEqualEpochs(rows)), ['SimCLR 0', 'BYOL 0', 'SimSiam 0', 'SimCLR 1', 'BYOL 1', 'SimSiam 1']);
  assert.deepEqual(names(atEqualCompute(rows)), [
    'SimCLR 0',
    'SimSiam 0',
    'BYOL, 5 epochs 0',
    'SimCLR 1',
    'SimSiam 1',
    'BYOL, 5 epochs 1',
  ]);
});

test('where nothing was repeated both are all runs; two settings of one method stay two', () => {
  const same = rows.filter(({epochs}) => epochs === 6);
  assert.deepEqual(atEqualEpochs(same), same);
  assert.deepEqual(atEqualCompute(same), same);
  const other = {
    ...row('SimCLR, τ 1', 'simclr', 6, 0),
    settings: {...trainingDefaults, method: {method: 'simclr', options: {temperature: 1}} as const, epochs: 6},
  };
  assert.deepEqual(names(atEqualCompute([...rows, other, {...row('SimCLR, 4 epochs', 'simclr', 4, 0)}])), [
    ...names(atEqualCompute(rows)).filter(name => !name.startsWith('SimCLR')),
    'SimCLR, τ 1 0',
    'SimCLR, 4 epochs 0',
  ]);
  assert.deepEqual(atEqualCompute([]), []);
});
