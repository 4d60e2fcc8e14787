// Runs a program of this folder in its own process: an error is one line on the screen and an exit
// code.

import type {Command} from 'commander';

/**
 * Parses the process's arguments. SSL_DEBUG=1 in the environment shows where an error came from.
 */
export function runProgram(program: Command): void {
  program.parseAsync().catch((error: Error) => {
    console.error(process.env.SSL_DEBUG ? error : error.message);
    process.exitCode = 1;
  });
}
