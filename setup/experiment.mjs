// Runs a program of experiments/ after the set-up, with the memory settings of a process that
// trains.

import path from 'node:path';
import {run} from './child.mjs';
import {allocator} from './kernelspec.mjs';
import {root} from './places.mjs';
import {forPrograms, setUp} from './setup.mjs';

/**
 * @param {string} name Of the file in experiments/.
 * @param {string[]} args
 * @returns Its exit code.
 */
export async function experiment(name, args) {
  await setUp(forPrograms);
  const {code} = await run(process.execPath, ['--import', 'tsx', path.join('experiments', `${name}.ts`), ...args], {
    cwd: root,
    env: {...allocator, ...process.env},
    passOn: true,
  });
  return code;
}
