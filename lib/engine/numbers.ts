// Random numbers on the host, one after the other: for loops that draw until something fits, which
// no recorded step can hold. Doty-Humphrey 2010, sfc32 of PractRand (pracrand.sourceforge.net):
// "small fast counting" generator, 32 bits a draw.

import {check} from '../check';

/**
 * @param seed A whole number from 0 to 2^53 − 1; neighboring ones give sequences that have nothing
 * in common.
 * @returns A function that gives the next number each time, evenly from [0, 1), a multiple of
 * 2^−32.
 */
export function numbers(seed: number): () => number {
  check(
    Number.isSafeInteger(seed) && seed >= 0,
    'numbers',
    `expected a whole seed from 0 to ${Number.MAX_SAFE_INTEGER}, got ${seed}`,
  );
  let [a, b, c, counter] = [seed | 0, Math.floor(seed / 2 ** 32) | 0, 0, 1];
  const next = () => {
    const drawn = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + drawn) | 0;
    return (drawn >>> 0) / 2 ** 32;
  };
  // until every bit of the seed has reached every bit of the state
  for (let i = 0; i < 16; i++) next();
  return next;
}
