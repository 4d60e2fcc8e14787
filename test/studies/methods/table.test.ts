import assert from 'node:assert/strict';
import {test} from 'node:test';
import {methodTable} from '../../../lib/studies/methods/table';
import {baselineRows, methodRow} from '../../figures/sample';

const rows = [0, 1].flatMap(seed => [
  methodRow('SimCLR', {method: 'simclr'}, seed, {accuracy: 0.4 + 0.02 * seed}),
  methodRow('wide', {method: 'barlowTwins'}, seed, {
    accuracy: 0.3,
    rankMe: null,
    lidar: null,
    ...(seed === 1 && {course: [{loss: 1, collapse: 0.05, dimensions: 9}]}),
  }),
  methodRow('supervised', {method: 'supervised'}, seed, {accuracy: 0.5, course: [{loss: 1}]}),
]);

test('means with half of the interval, differences to the same seed untrained, the panel by number of seeds', () => {
  const [simclr, wide, supervised] = methodTable(rows, {baselines: baselineRows});
  assert.equal(simclr!.setting, 'SimCLR');
  assert.match(String(simclr!['k-NN (%)']), /^41\.0 ± 12\.7$/);
  // 40 − 38, 42 − 40: paired, the spread of the seeds is gone
  assert.match(String(simclr!['k-NN − untrained']), /^2\.0 ± 0\.0$/);
  assert.equal(simclr!.panel, '');
  assert.deepEqual([wide!.RankMe, wide!.LiDAR, wide!.panel], ['', '', 'Collapse (1 of 2 seeds)']);
  assert.deepEqual([supervised!['std × √d'], supervised!.directions], ['', '']);
});

test('lines in order, under their names, without those not trained; no baselines, no differences', () => {
  const table = methodTable(rows, {
    lines: [
      ['B', 'wide'],
      ['none', 'missing'],
      ['A', 'SimCLR'],
    ],
  });
  assert.deepEqual(
    table.map(({setting}) => setting),
    ['B', 'A'],
  );
  assert.ok(!('k-NN − untrained' in table[0]!));
});
