// Finds the line of a reader's code in the trail of an error.

import path from 'node:path';

/** Where an error was made: the innermost call outside the engine and outside packages, as "loss (lib/losses/ntXent.ts:27:14)". */
export function place(at: Error): string {
  const calls = (at.stack ?? '').split('\n').slice(1).map(line => line.trim().replace(/^at /, ''));
  const own = calls.find(call => !/node_modules|tfjs-(core|node)|node:|\(<anonymous>\)|[\\/]lib[\\/]engine[\\/]/.test(call)) ?? calls[0] ?? 'an unknown place';
  return own.replaceAll(process.cwd() + path.sep, '');
}
