import assert from 'node:assert/strict';
import {test} from 'node:test';
import {mae2022} from '../../../lib/studies/masks/published';
import {maskRatioFindings, type MaskRatioFinding} from '../../../lib/studies/masks/ratioFindings';
import type {MaskRow} from '../../../lib/studies/masks/study';
import {maskRow} from '../../figures/sample';

/**
 * [ratio, linear, fine-tuned] in percent; seeds differ by `wobble` points, the same at each ratio
 * unless `own` moves them apart.
 */
const study = (
  values: readonly (readonly [ratio: number | null, linear: number, fineTuned: number | null])[],
  own = 0,
): MaskRow[] =>
  [0, 1, 2].flatMap(seed =>
    values.map(([ratio, linear, fineTuned], i) =>
      maskRow(ratio, seed, {
        accuracy: (linear - 3 + seed + own * (seed === i % 3 ? 1 : 0)) / 100,
        fineTuned: fineTuned === null ? null : (fineTuned + seed) / 100,
      }),
    ),
  );
const finding = (all: readonly MaskRatioFinding[], start: string) =>
  all.find(({question}) => question.startsWith(start))!;

test("a curve like the paper's agrees with it", () => {
  const all = maskRatioFindings(
    study([
      [null, 28, 60],
      [0.1, 30, 83],
      [0.4, 38, null],
      [0.75, 45, 85],
      [0.95, 40, 84],
    ]),
    mae2022,
  );
  assert.deepEqual(
    all.map(({verdict}) => verdict),
    ['agrees', 'agrees', 'agrees', 'agrees', 'not in the paper', 'not in the paper', 'not in the paper'],
  );
  assert.deepEqual(finding(all, 'best ratio, linear'), {
    question: 'best ratio, linear probe',
    here: '75 %',
    paper: '75 %',
    verdict: 'agrees',
  });
  assert.deepEqual(
    [finding(all, 'best ratio, fine').here, finding(all, 'best ratio, fine').paper],
    ['75 % of 10 %, 75 %, 95 %', '60 %'],
  ); // 75 % is the nearest of ours
  const low = finding(all, 'from 75 % to 10 %');
  assert.equal(low.here, 'linear −15.0 points (−15.0 to −15.0), fine-tuned −2.0 points (−2.0 to −2.0)');
  assert.equal(low.paper, 'linear −18.9, fine-tuned −1.7 (to 10 %)');
  assert.equal(finding(all, 'from 75 % to 95 %').paper, 'linear −7.4, fine-tuned −1.9 (to 90 %)');
  assert.equal(finding(all, 'better than').here, 'k-NN at 4 of 4 ratios, linear probe at 4 of 4 ratios');
});

test('a curve that is best elsewhere and falls the other way differs', () => {
  const all = maskRatioFindings(
    study([
      [null, 33, 60],
      [0.1, 40, 80],
      [0.75, 38, 85],
      [0.95, 30, 84],
    ]),
    mae2022,
  );
  assert.equal(finding(all, 'best ratio, linear').verdict, 'differs');
  assert.equal(finding(all, 'from 75 % to 10 %').verdict, 'differs');
  assert.equal(finding(all, 'from 75 % to 95 %').verdict, 'agrees');
  assert.equal(
    finding(all, 'better than').here,
    'k-NN at 2 of 3 ratios (10 %, 75 %), linear probe at 2 of 3 ratios (10 %, 75 %)',
  );
});

test('what the seeds do not tell apart is undecided, and so is a single seed', () => {
  const wobbling = maskRatioFindings(
    study(
      [
        [0.1, 40, 85],
        [0.75, 39.8, 85.2],
        [0.95, 20, 85.2],
      ],
      4,
    ),
    mae2022,
  );
  assert.deepEqual(
    [finding(wobbling, 'best ratio, linear').here, finding(wobbling, 'best ratio, linear').verdict],
    ['10 %; not told apart from it: 75 %', 'undecided'],
  );
  assert.equal(finding(wobbling, 'from 75 % to 10 %').verdict, 'undecided');
  const one = maskRatioFindings(
    study([
      [0.1, 40, 80],
      [0.75, 38, 85],
    ]).filter(({seed}) => seed === 0),
    mae2022,
  );
  assert.equal(finding(one, 'best ratio, linear').verdict, 'undecided');
  assert.equal(finding(one, 'from 75 % to 10 %').here, 'linear +2.0 points, fine-tuned −5.0 points');
});

test('the lowest loss with what the probe reads there; the cost of a step in percent', () => {
  const all = maskRatioFindings(
    study([
      [0.1, 30, null],
      [0.75, 45, null],
    ]),
    mae2022,
  ); // the sample's loss and seconds follow the ratio
  assert.equal(
    finding(all, 'where is the loss lowest').here,
    '10 %: loss 0.440, linear 31.0 %, −15.0 points (−15.0 to −15.0) from the best',
  );
  assert.equal(finding(all, 'a step at 75 % hidden').here, '54 % of the time, 28 % of the tokens in the encoder');
  assert.ok(!all.some(({question}) => /fine-tuning/.test(question)));
  assert.ok(
    !maskRatioFindings(
      study([
        [0.1, 30, null],
        [0.75, 45, null],
      ]).map(row => ({...row, secondsPerStep: null})),
      mae2022,
    ).some(({question}) => question.startsWith('a step')),
  );
});

test('one ratio, or no published row, is nothing to compare', () => {
  assert.throws(
    () => maskRatioFindings(study([[0.75, 45, 85]]), mae2022),
    /^RangeError: maskRatioFindings: expected rows of at least two ratios and published ones, got 1 and 10/,
  );
  assert.throws(
    () =>
      maskRatioFindings(
        study([
          [0.1, 30, 84],
          [0.75, 45, 85],
        ]),
        mae2022.filter(({ablation}) => ablation === 'strategy'),
      ),
    /^RangeError: maskRatioFindings: expected rows of at least two ratios and published ones, got 2 and 0/,
  );
});
