import assert from 'node:assert/strict';
import {test} from 'node:test';
import {mae2022} from '../../../lib/studies/masks/published';

const of = (ablation: string) => mae2022.filter(row => row.ablation === ablation);

test('every setting once, in shares, with its table', () => {
  assert.equal(new Set(mae2022.map(row => `${row.ablation}: ${row.setting}`)).size, mae2022.length);
  for (const {fineTuned, linear, ratio, setting} of mae2022)
    assert.ok(linear > 0.5 && linear < fineTuned && fineTuned < 0.86 && ratio > 0 && ratio < 1, setting);
  assert.deepEqual(
    [...new Set(mae2022.map(row => `${row.table}: ${row.ablation}`))],
    [
      'Figure 5: ratio',
      'Table 1f: strategy',
      'Table 1a: decoder depth',
      'Table 1b: decoder width',
      'Table 1c: mask token',
      'Table 1d: target',
    ],
  );
});

test("the paper's default stands in every one of its tables with the same numbers", () => {
  const usual = {
    ratio: 'random 75 %',
    strategy: 'random 75 %',
    'decoder depth': '8',
    'decoder width': '512',
    'mask token': 'in the decoder',
    target: 'pixels',
  };
  for (const [ablation, setting] of Object.entries(usual)) {
    const row = of(ablation).find(candidate => candidate.setting === setting)!;
    assert.deepEqual([row.ratio, row.fineTuned, row.linear], [0.75, 0.849, 0.735], ablation);
  }
});

test('the shape of figure 5: the linear probe peaks at 75 %, fine-tuning is flat from 40 to 80 %', () => {
  const best = of('ratio').toSorted((a, b) => b.linear - a.linear)[0]!;
  assert.equal(best.ratio, 0.75);
  const middle = of('ratio')
    .filter(({ratio}) => ratio >= 0.4 && ratio <= 0.8)
    .map(row => row.fineTuned);
  assert.ok(Math.max(...middle) - Math.min(...middle) < 0.0061);
});
