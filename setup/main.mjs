// Runs one command: a problem that the user can mend is one line, a signal ends the children first.

import {endChildren, killChildren, signalNumber} from './child.mjs';
import {Failure} from './failure.mjs';
import {locked} from './lock.mjs';

/**
 * Which file of this folder holds a command.
 *
 * @type {{[name: string]: string}}
 */
const commands = {
  start: 'start',
  test: 'test',
  study: 'study',
  profile: 'profile',
  benchmark: 'benchmark',
  docs: 'docs',
  api: 'api',
  doctor: 'doctor',
  kernel: 'registerKernel',
  setup: 'setup',
};

/**
 * @param {string} name One of the commands; its file exports `command(args)`, which gives the exit
 * code.
 * @param {string[]} args
 */
export async function main(name, args) {
  let signalled = 0;
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, async () => {
      const first = signalled === 0;
      // npm and the terminal both send Ctrl-C: only a later one is a second one
      if (!first && Date.now() - signalled > 1_000) killChildren();
      if (!first) return;
      signalled = Date.now();
      await endChildren(signal);
      if (locked()) console.error('\nInterrupted. What is done is kept: the next start goes on from there.');
      process.exit(128 + signalNumber(signal));
    });
  }
  try {
    if (!Object.hasOwn(commands, name))
      throw new Failure(`no command ${name}`, `expected one of ${Object.keys(commands).join(', ')}`);
    const {command} = await import(`./${commands[name]}.mjs`);
    const code = await command(args);
    if (!signalled) process.exitCode = code;
  } catch (error) {
    if (signalled) return; // what a signal breaks off is no failure
    process.exitCode = 1;
    if (!(error instanceof Failure)) throw error;
    console.error(error.message);
  }
}
