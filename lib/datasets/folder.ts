// Where data lie: the project's data/ folder, or wherever SSL_DATA points.

import fs from 'node:fs';
import path from 'node:path';

/** The project's root, from the sources as well as from the bundle in lib/dist: the parent of the folder that holds lib's own package.json. */
function root(): string {
  for (let folder = fs.realpathSync(__dirname); ; folder = path.dirname(folder)) {
    const manifest = path.join(folder, 'package.json');
    if (fs.existsSync(manifest) && (JSON.parse(fs.readFileSync(manifest, 'utf8')) as {name?: string}).name === 'ssl-workbench') return path.dirname(folder);
    if (folder === path.dirname(folder)) throw new Error(`dataFolder: expected ssl-workbench's package.json above ${__dirname}, got none; set SSL_DATA to a folder for data`);
  }
}

/** Absolute path of the folder of data: the environment's SSL_DATA, otherwise data/ in the project's root. It need not exist yet. */
export function dataFolder(): string {
  return process.env.SSL_DATA ? path.resolve(process.env.SSL_DATA) : path.join(root(), 'data');
}
