// Two settings of a study compared image by image: which test images one of them gets right and the
// other does not.

import {check} from '../check';
import type {MeasuredRow} from './measuredRun';

type Hits = Pick<MeasuredRow, 'seed' | 'hits' | 'dataset'>;

/**
 * Hits of `a` minus hits of `b` for each test image, mean over the seeds that both have: runs of
 * one seed share initial weights and order, so that the pairs are closer than the runs.
 *
 * @returns [n] from −1 to 1; their mean is the difference of the accuracies. For {@link
 * familyBootstrap}.
 * @throws RangeError when the seeds are not the same, a seed is there twice, or the test sets
 * differ.
 */
export function hitDifferences(
  a: readonly Hits[],
  b: readonly Hits[],
  reader: keyof MeasuredRow['hits'],
): Float64Array {
  const seedsOf = (rows: readonly Hits[]) => rows.map(({seed}) => seed).sort((x, y) => x - y);
  const [seedsA, seedsB] = [seedsOf(a), seedsOf(b)];
  check(
    seedsA.length > 0 && new Set(seedsA).size === seedsA.length && seedsA.join() === seedsB.join(),
    'hitDifferences',
    `expected one run of each seed on both sides, got the seeds ${seedsA.join(', ') || 'none'} and ` +
      `${seedsB.join(', ') || 'none'}`,
  );
  const n = a[0]!.hits[reader].length;
  const other = [...a, ...b].find(({hits, dataset}) => hits[reader].length !== n || dataset !== a[0]!.dataset);
  check(
    !other,
    'hitDifferences',
    `expected runs on one test set, ${n} images of ${a[0]!.dataset}, got ${other?.hits[reader].length} ` +
      `of ${other?.dataset}`,
  );
  const sums = new Float64Array(n);
  const add = (rows: readonly Hits[], sign: number) =>
    rows.forEach(({hits}) => {
      for (let i = 0; i < n; i++) sums[i]! += sign * Number(hits[reader][i]);
    });
  add(a, 1 / a.length);
  add(b, -1 / b.length);
  return sums;
}
