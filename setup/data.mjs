// Prepares the data set that ships in npm packages: draws the emoji once, by the library's own code.

import path from 'node:path';
import {run} from './child.mjs';
import {explain} from './failure.mjs';
import {logged} from './log.mjs';
import {bytesText} from './progress.mjs';
import {folderBytes} from './space.mjs';

const script = 'require(process.argv[1]).prepareDrawnEmoji({log: console.log})';

/** Runs from the sources: this needs neither TensorFlow nor the bundle, so it goes beside both. Returns what to print. */
export async function prepareData({root, library, emoji, log, say, signal}) {
  const {onLine, onSpawn, file} = logged(log);
  const tell = line => {
    onLine(line);
    const [, drawn] = line.match(/^drawn emoji: (\d+ of \d+ drawings)/) ?? [];
    if (drawn) say(drawn);
  };
  const {code, output} = await run(process.execPath, ['--import', 'tsx', '-e', script, path.join(library, 'datasets', 'drawnEmoji.ts')], {cwd: root, onLine: tell, onSpawn, signal});
  if (code !== 0) throw explain('drawn emoji', output, file);
  return bytesText(folderBytes(emoji));
}
