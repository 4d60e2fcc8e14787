// The end of a measured program that speaks with the harness: facts once, then a turn for each line
// that comes. turns.py is the same for peers.

import readline from 'node:readline';

/**
 * Works in turns until the harness closes the pipe.
 *
 * @param facts Told first, when everything is set up and warm.
 * @param work One repetition; returns when it is done.
 */
export async function turns(facts: Record<string, unknown>, work: () => void | Promise<void>): Promise<void> {
  console.log(JSON.stringify(facts));
  for await (const line of readline.createInterface({input: process.stdin})) {
    const wanted = 1000 * Number(line);
    const start = performance.now();
    let repetitions = 0;
    do {
      await work();
      repetitions++;
    } while (performance.now() - start < wanted);
    console.log(JSON.stringify({repetitions, seconds: (performance.now() - start) / 1000}));
  }
}
