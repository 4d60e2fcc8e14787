// slow: trains

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import {generatedFactors} from '../../../lib/datasets/generatedFactors';
import {subset} from '../../../lib/datasets/subset';
import {published} from '../../../lib/study/publish';
import {
  sharedFactorsStudy,
  type SharedFactorsRow,
  type SharedFactorsStudyOptions,
} from '../../../lib/studies/sharedFactors/study';

const dataset = subset(generatedFactors(), {pretrain: 512, train: 300, validation: 100, test: 300});

async function rowsOf(options: Partial<SharedFactorsStudyOptions>): Promise<SharedFactorsRow[]> {
  const rows: SharedFactorsRow[] = [];
  for await (const row of sharedFactorsStudy({
    dataset,
    seeds: [0],
    epochs: 1,
    batch: 64,
    projector: [64],
    folder: fs.mkdtempSync(path.join(os.tmpdir(), 'factors-')),
    jobs: 1,
    ...options,
  }))
    rows.push(row);
  return rows;
}

test('an epoch learns the shared background and loses some of the digit; a rerun trains nothing', async () => {
  const options = {
    shared: [['background'], ['digit']] as SharedFactorsStudyOptions['shared'],
    folder: fs.mkdtempSync(path.join(os.tmpdir(), 'factors-')),
  };
  const [background, digit] = (await rowsOf(options)) as [SharedFactorsRow, SharedFactorsRow];
  assert.deepEqual(
    [background.shared, digit.shared, background.exact, digit.exact],
    [['background'], ['digit'], Math.log(8), Math.log(10)],
  );
  assert.deepEqual(background.untrained, digit.untrained);
  assert.ok(background.factors.background.linear > 0.9, `${background.factors.background.linear}`);
  assert.ok(
    background.factors.digit.linear < background.untrained.digit.linear - 0.1,
    `${background.factors.digit.linear} and ${background.untrained.digit.linear}`,
  );
  assert.ok(background.information > 1.6 && background.information < background.exact, `${background.information}`);
  assert.deepEqual(background.last, background.factors.digit);
  assert.deepEqual(await rowsOf(options), [background, digit]);
});

test('bad input is refused in one line', async () => {
  await assert.rejects(
    rowsOf({shared: [[]]}),
    /^RangeError: sharedFactorsStudy: expected at least one factor in each choice, got none: views that share nothing teach nothing$/,
  );
  await assert.rejects(rowsOf({shared: [['shape' as never]]}), /expected factors of digit, .*, got 'shape'/);
  await assert.rejects(
    rowsOf({candidates: 5000}),
    /^RangeError: sharedFactorsStudy: expected candidates from 2 to the 1024 held-out pairs, got 5000$/,
  );
});

test('published rows: I_NCE within 10 % up to 3 nats; a shared background alone makes digits far worse', () => {
  // what the notebook says of them; digits are worse than before training, too
  const {rows} = published<SharedFactorsRow>('shared-factors', 'generated-factors-32-digit-default');
  for (const {shared, exact, information} of rows.filter(({exact: truth}) => truth <= 3))
    assert.ok(information < exact && information > 0.9 * exact, `${shared}: ${information} of ${exact}`);
  const [background, digit] = [['background'], ['digit']].map(shared =>
    rows.filter(row => `${row.shared}` === `${shared}`),
  ) as [SharedFactorsRow[], SharedFactorsRow[]];
  assert.equal(background.length, 3);
  for (const [i, {factors, untrained}] of background.entries())
    for (const reader of ['knn', 'linear'] as const) {
      assert.ok(
        factors.digit[reader] < untrained.digit[reader] &&
          factors.digit[reader] < digit[i]!.factors.digit[reader] - 0.3,
      );
      assert.ok(factors.background[reader] >= untrained.background[reader] - 0.005);
    }
});
