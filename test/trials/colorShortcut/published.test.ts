import assert from 'node:assert/strict';
import {test} from 'node:test';
import {byol2020Colorless, simclr2020Strengths} from '../../../lib/trials/colorShortcut/published';

test('every column of the table once, in shares', () => {
  assert.equal(simclr2020Strengths.length, 5);
  assert.equal(new Set(simclr2020Strengths.map(row => [row.strength, row.blur].join())).size, 5);
  for (const row of simclr2020Strengths)
    assert.ok(row.accuracy > 0.5 && row.accuracy < row.supervised && row.supervised < 0.8);
});

test('the shape the paper reports: stronger jitter helps without labels and hurts with them', () => {
  simclr2020Strengths
    .slice(1)
    .forEach((row, i) =>
      assert.ok(row.accuracy > simclr2020Strengths[i]!.accuracy && row.supervised < simclr2020Strengths[i]!.supervised),
    );
});

test('SimCLR loses more without color than BYOL does', () => {
  const [simclr, byol] = byol2020Colorless;
  assert.ok(simclr!.change < byol!.change && byol!.change < 0 && simclr!.cropsAlone < byol!.cropsAlone);
});
