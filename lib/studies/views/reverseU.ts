// Whether a curve over a dial has its peak inside: the highest setting against both ends, seed by
// seed. Tian et al. 2020 (InfoMin), "What Makes for Good Views for Contrastive Learning?",
// arXiv:2005.10243, fig. 1: transfer against I_NCE is a reverse U.

import {meanInterval, type MeanInterval} from '../../analysis/meanInterval';
import {check} from '../../check';

/** One run: where the dial stood, its seed, and what was measured. */
export type DialedValue = {value: number; seed: number; measured: number};

/** Whether accuracy has its peak inside the range of a dial. */
export type ReverseU = {
  /** Setting with the highest mean. */
  peak: number;
  /** Lowest and highest setting. */
  ends: [first: number, last: number];
  /**
   * Peak minus each end, over seeds: mean and 95 % t-interval; 0 with no spread where the end is
   * the peak.
   */
  above: [first: MeanInterval, last: MeanInterval];
  /**
   * 'yes': the peak is inside and above both ends by more than the intervals; 'no': it is an end;
   * 'undecided': it is inside, and seeds do not tell it from an end. The peak was chosen on the
   * same seeds, which favors 'yes'.
   */
  verdict: 'yes' | 'no' | 'undecided';
};

/**
 * @param rows Of at least three settings; every seed at every setting.
 * @throws RangeError when there are fewer settings, or a seed is missing at one.
 */
export function reverseU(rows: readonly DialedValue[]): ReverseU {
  const values = [...new Set(rows.map(({value}) => value))].sort((a, b) => a - b);
  const seeds = [...new Set(rows.map(({seed}) => seed))];
  check(values.length >= 3, 'reverseU', `expected at least 3 settings of the dial, got ${values.length}`);
  const at = (value: number, seed: number) => {
    const found = rows.filter(row => row.value === value && row.seed === seed);
    check(found.length === 1, 'reverseU', `expected one run of seed ${seed} at ${value}, got ${found.length}`);
    return found[0]!.measured;
  };
  const means = values.map(value => meanInterval(seeds.map(seed => at(value, seed))).mean);
  const peak = values[means.indexOf(Math.max(...means))]!;
  const ends: [number, number] = [values[0]!, values.at(-1)!];
  const above = ends.map(end => meanInterval(seeds.map(seed => at(peak, seed) - at(end, seed)))) as [
    MeanInterval,
    MeanInterval,
  ];
  if (ends.includes(peak)) return {peak, ends, above, verdict: 'no'};
  return {peak, ends, above, verdict: above.every(({low}) => low > 0) ? 'yes' : 'undecided'};
}
