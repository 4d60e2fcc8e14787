// Random numbers on the host, from whole numbers that name what is drawn: the same on every machine.
// Steele, Lea & Flood 2014, "Fast Splittable Pseudorandom Number Generators" (SplitMix), with the
// 32-bit finalizer of MurmurHash3.

/** Draws from [0, 1), evenly, a new number at each call. */
export type Random = () => number;

function mixed(bits: number): number {
  let x = bits;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}

/**
 * A generator of its own for each list of names: seed, side of a split, number of an image.
 * @param names Whole numbers, of which the lowest 32 bits count.
 */
export function random(...names: readonly number[]): Random {
  let state = names.reduce((hash, name) => mixed((hash ^ mixed(name | 0)) + 0x9e3779b9), 0);
  return () => {
    state = (state + 0x9e3779b9) | 0;
    return (mixed(state) >>> 0) / 2 ** 32;
  };
}

/** A number drawn evenly from [low, high). */
export const between = (r: Random, low: number, high: number): number => low + r() * (high - low);

/** One of some things. */
export const pick = <T>(r: Random, things: readonly T[]): T => things[Math.floor(r() * things.length)]!;
