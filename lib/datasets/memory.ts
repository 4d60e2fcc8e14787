// Refuses what does not fit into memory before anything is allocated.

import {constants} from 'node:buffer';
import {check} from '../check';

/**
 * Bytes that one array may have: what the system can still give, and what Node allows one array.
 */
export const freeMemory = () => Math.min(process.availableMemory(), constants.MAX_LENGTH);

function unitOf(bytes: number): 'kB' | 'MB' | 'GB' {
  if (bytes < 1e6) return 'kB';
  return bytes < 1e9 ? 'MB' : 'GB';
}

/** A number of bytes as people read it: '1.2 GB'. */
export function readableBytes(bytes: number): string {
  const unit = unitOf(bytes);
  const value = bytes / {kB: 1e3, MB: 1e6, GB: 1e9}[unit];
  const digits = {
    maximumSignificantDigits: value < 1000 ? 3 : 21,
    maximumFractionDigits: 0,
    roundingPriority: 'morePrecision',
  } as const;
  return `${value.toLocaleString('en', digits)} ${unit}`;
}

/**
 * @throws RangeError with both numbers when `bytes` in one array are more than memory allows.
 * `what` and `remedy` complete the sentence.
 */
export function checkMemory(bytes: number, caller: string, what: string, remedy: string): void {
  check(
    bytes <= freeMemory(),
    caller,
    `expected images that fit in memory, got ${what}: ${readableBytes(bytes)} needed, ` +
      `${readableBytes(freeMemory())} available; ${remedy}`,
  );
}
