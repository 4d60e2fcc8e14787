// A stamp says that a step is done, and for which inputs. It is written after success only, so what
// was interrupted is done again.

import {createHash} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/**
 * One short text for everything a step depends on: values as JSON, files by their contents.
 *
 * @param {{values?: unknown[], files?: string[]}} parts
 */
export function digest({values = [], files = []}) {
  const hash = createHash('sha256').update(JSON.stringify(values));
  for (const file of [...files].sort()) hash.update(`\0${path.basename(file)}\0`).update(fs.readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

/**
 * Files below a folder whose name ends so, without those of the folders left out.
 *
 * @param {string} folder
 * @param {string} ending
 * @param {string[]} [without]
 * @returns {string[]}
 */
export function filesBelow(folder, ending, without = []) {
  return fs.readdirSync(folder, {withFileTypes: true}).flatMap(entry => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return without.includes(entry.name) ? [] : filesBelow(file, ending, without);
    return entry.name.endsWith(ending) ? [file] : [];
  });
}

/**
 * The stamps of a folder, one small file a step.
 *
 * @typedef {{key: string, seconds: number}} Stamp
 * @typedef {ReturnType<typeof stamps>} Stamps
 *
 * @param {string} folder
 */
export function stamps(folder) {
  /** @param {string} step */
  const file = step => path.join(folder, `${step}.json`);
  return {
    /** What was stamped, or null. @param {string} step @returns {Stamp | null} */
    read(step) {
      try {
        return JSON.parse(fs.readFileSync(file(step), 'utf8'));
      } catch {
        return null; // none, or a torn one: not done
      }
    },
    /** @param {string} step @param {Stamp} stamp */
    write(step, stamp) {
      fs.mkdirSync(folder, {recursive: true});
      fs.writeFileSync(`${file(step)}.new`, JSON.stringify(stamp));
      fs.renameSync(`${file(step)}.new`, file(step));
    },
    /** @param {string} step */
    clear: step => fs.rmSync(file(step), {force: true}),
  };
}
