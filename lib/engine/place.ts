// Finds the lines of a reader's code in the trail of an error.

import path from 'node:path';

/**
 * Where an error was made: the innermost call outside the engine and outside packages, as "loss
 * (lib/losses/ntXent.ts:27:14)".
 */
export function place(at: Error): string {
  return callers(at)[0] ?? calls(at)[0] ?? 'an unknown place';
}

/**
 * All calls outside the engine and outside packages, the innermost first, each as {@link place}
 * writes it.
 */
export function callers(at: Error): string[] {
  return calls(at)
    .filter(call => !/node_modules|tfjs-(core|node)|node:|\(<anonymous>\)|[\\/]lib[\\/]engine[\\/]/.test(call))
    .map(call => call.replaceAll(process.cwd() + path.sep, '').replace('evalmachine.<anonymous>', 'cell'));
}

const calls = (at: Error) =>
  (at.stack ?? '')
    .split('\n')
    .slice(1)
    .map(line => line.trim().replace(/^at /, ''));
