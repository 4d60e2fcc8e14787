// Prepares the data sets that ship in npm packages: renders their images once, by the library's own code.

import path from 'node:path';
import {run} from './child.mjs';
import {explain} from './failure.mjs';
import {logged} from './log.mjs';
import {bytesText} from './progress.mjs';
import {folderBytes} from './space.mjs';

/** Folder below the folder of data, file of lib/datasets, function that renders. */
export const renderedSets = [
  {folder: 'drawn-emoji', file: 'drawnEmoji', prepare: 'prepareDrawnEmoji'},
  {folder: 'earth', file: 'earth', prepare: 'prepareEarth'},
  {folder: 'photos', file: 'photos', prepare: 'preparePhotos'},
];

const script = `(async () => {
  const [folder, sets] = process.argv.slice(1);
  for (const {file, prepare} of JSON.parse(sets)) await require(require('node:path').join(folder, file))[prepare]({log: console.log});
})().catch(error => {
  console.error(error);
  process.exit(1);
});`;

/**
 * Runs from the sources: this needs neither TensorFlow nor the bundle, so it goes beside both. Returns what to print.
 *
 * @param {import('./make.mjs').Tools & {root: string, library: string, data: string, log: string}} options
 */
export async function prepareData({root, library, data, log, say, signal}) {
  const {onLine, onSpawn, file} = logged(log);
  /** @param {string} line */
  const tell = line => {
    onLine(line);
    const [, rendered] = line.match(/^([^:]+: \d+ of \d+ \w+)/) ?? [];
    if (rendered) say(rendered);
  };
  const {code, output} = await run(process.execPath, ['--import', 'tsx', '-e', script, path.join(library, 'datasets'), JSON.stringify(renderedSets)], {cwd: root, onLine: tell, onSpawn, signal});
  if (code !== 0) throw explain('images', output, file);
  return bytesText(renderedSets.reduce((sum, {folder}) => sum + folderBytes(path.join(data, folder)), 0));
}
