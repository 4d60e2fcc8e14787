// Prepares the data sets that ship in npm packages: renders their images once, by the library's own
// code.

import fs from 'node:fs';
import path from 'node:path';
import {run} from './child.mjs';
import {explain} from './failure.mjs';
import {logged} from './log.mjs';
import {bytesText} from './progress.mjs';
import {folderBytes} from './space.mjs';

/** Renders what the catalogue of data sets names, and says at last into which folders. */
const script = `(async () => {
  const sets = require(process.argv[1]).datasets.flatMap(({rendered}) => rendered ?? []);
  for (const {prepare} of sets) await prepare({log: console.log});
  console.log('rendered: ' + JSON.stringify(sets.map(({folder}) => folder)));
})().catch(error => {
  console.error(error);
  process.exit(1);
});`;

/**
 * Whether all that was rendered is still there.
 *
 * @param {{data: string, list: string}} places `list`: file that {@link prepareData} wrote.
 */
export function dataIsThere({data, list}) {
  if (!fs.existsSync(list)) return false;
  /** @type {string[]} */
  const folders = JSON.parse(fs.readFileSync(list, 'utf8'));
  return folders.every(folder => fs.existsSync(path.join(data, folder, `${folder}.json`)));
}

/**
 * Runs from the sources: this needs neither TensorFlow nor the bundle, so it goes beside both.
 *
 * @param {import('./make.mjs').Tools & {root: string, library: string, data: string, list: string,
 * log: string}} options `list`: file in which the folders of the rendered sets are remembered.
 * @returns What to print.
 */
export async function prepareData({root, library, data, list, log, say, signal}) {
  const {onLine, onSpawn, file} = logged(log);
  /** @param {string} line */
  const tell = line => {
    onLine(line);
    const [, rendered] = line.match(/^([^:]+: \d+ of \d+ \w+)/) ?? [];
    if (rendered) say(rendered);
  };
  const {code, output} = await run(
    process.execPath,
    ['--import', 'tsx', '-e', script, path.join(library, 'datasets', 'catalogue')],
    {cwd: root, onLine: tell, onSpawn, signal},
  );
  const said = output.match(/^rendered: (.*)$/m)?.[1];
  if (code !== 0 || said === undefined) throw explain('images', output, file);
  /** @type {string[]} */
  const folders = JSON.parse(said);
  fs.writeFileSync(list, JSON.stringify(folders));
  return bytesText(folders.reduce((sum, folder) => sum + folderBytes(path.join(data, folder)), 0));
}
