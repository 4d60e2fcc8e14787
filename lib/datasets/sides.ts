// Splits samples by family: relatives keep together, each class is on every side, and the same
// names give the same split on every machine.

import {createHash} from 'node:crypto';

/** Where a sample stands. */
export type Side = 'train' | 'validation' | 'test';

export interface SidesOptions {
  /** Shares of each stratum that are held out, 0 to 1; the rest is for training. */
  shares: {validation: number; test: number};
  /** Another text gives another split. */
  seed: string;
}

/**
 * The side of each sample. Each stratum (a class) gives its shares: at least one family where it
 * has two for the test, and three for validation too; the last always stays for training. Within a
 * stratum families come in the order of the SHA-256 of seed and name, so that a new sample hardly
 * moves the others.
 *
 * @param families Name of each sample's family. A family belongs to the stratum of its first
 * sample.
 * @param strata Name of each sample's stratum.
 */
export function sidesOf(families: readonly string[], strata: readonly string[], {shares, seed}: SidesOptions): Side[] {
  const known = new Map<string, {family: string; stratum: string; size: number; order: string}>();
  families.forEach((family, i) => {
    const entry = known.get(family);
    if (entry) entry.size++;
    else
      known.set(family, {
        family,
        stratum: strata[i]!,
        size: 1,
        order: createHash('sha256').update(`${seed}: ${family}`).digest('hex'),
      });
  });
  const byStratum = new Map<string, {family: string; size: number; order: string}[]>();
  for (const entry of known.values()) byStratum.set(entry.stratum, [...(byStratum.get(entry.stratum) ?? []), entry]);

  const side = new Map<string, Side>();
  for (const members of byStratum.values()) {
    let waiting = members.sort((a, b) => (a.order < b.order ? -1 : 1));
    const samples = members.reduce((sum, {size}) => sum + size, 0);
    for (const name of ['test', 'validation'] as const) {
      let room = shares[name] > 0 ? Math.max(1, Math.round(samples * shares[name])) : 0;
      let taken = 0;
      // families left over for the sides that come later
      const kept = name === 'test' && shares.validation > 0 && waiting.length > 2 ? 2 : 1;
      const take = ({family, size}: {family: string; size: number}) => {
        side.set(family, name);
        room -= size;
        taken++;
      };
      // only what brings the side nearer to its share
      for (const entry of waiting) if (entry.size < 2 * room && taken < waiting.length - kept) take(entry);
      if (taken === 0 && room > 0 && waiting.length > kept) take(waiting.reduce((a, b) => (b.size < a.size ? b : a)));
      waiting = waiting.filter(({family}) => !side.has(family));
    }
  }
  return families.map(family => side.get(family) ?? 'train');
}
