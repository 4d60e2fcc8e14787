import assert from 'node:assert/strict';
import {test} from 'node:test';
import {temperatureTable} from '../../../lib/studies/temperature/table';
import {wangLiu2021} from '../../../lib/studies/temperature/published';
import {temperatureRow, temperatureRows} from '../../figures/sample';

test("the paper's table, cell by cell", () => {
  const [accuracy, uniformity, tolerance] = temperatureTable(
    wangLiu2021.filter(row => row.dataset === 'CIFAR-10'),
  ) as Record<string, string>[];
  assert.deepEqual(Object.keys(accuracy!), [
    'data set',
    'measure',
    'contrastive, τ 0.07',
    'contrastive, τ 0.3',
    'contrastive, τ 0.7',
    'contrastive, τ 1',
    'simple',
    'hard contrastive, τ 0.07',
    'hard contrastive, τ 0.3',
    'hard contrastive, τ 0.7',
    'hard contrastive, τ 1',
    'hard simple',
  ]);
  assert.deepEqual(
    [accuracy!['contrastive, τ 0.3'], uniformity!.simple, tolerance!['contrastive, τ 0.7']],
    ['83.3', '1.68', '0.33'],
  );
  assert.equal(temperatureTable(wangLiu2021).length, 12);
});

test('seeds become a mean and half of its interval; a schedule is a column of its own', () => {
  const [accuracy] = temperatureTable(
    [...temperatureRows, temperatureRow(1, 0, {temperature: null, schedule: 'learned from 0.07'})],
    {accuracy: 'knn'},
  ) as [Record<string, string>];
  assert.match(accuracy['contrastive, τ 0.3']!, /^48\.0 ± 2\.5$/);
  assert.match(accuracy['contrastive, τ learned from 0.07']!, /^\d+\.\d$/);
});
