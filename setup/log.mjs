// Keeps all that the programs of a step print, so that a failure can be read up.

import fs from 'node:fs';
import path from 'node:path';
import {guest} from './lock.mjs';
import {root} from './places.mjs';

/**
 * Starts a log anew: what {@link run} of child.mjs takes, and the file's name to tell the user.
 * @param {string} file
 */
export function logged(file) {
  fs.mkdirSync(path.dirname(file), {recursive: true});
  fs.writeFileSync(file, '');
  return {
    onLine: (/** @type {string} */ line) => fs.appendFileSync(file, `${line}\n`),
    onSpawn: guest,
    file: path.relative(root, file),
  };
}
