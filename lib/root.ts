// Where the project lies.

import fs from 'node:fs';
import path from 'node:path';

/**
 * The project's folder, from the sources as well as from the bundle in lib/dist: the parent of the
 * folder that holds lib's own package.json.
 */
export function projectRoot(): string {
  for (let folder = fs.realpathSync(__dirname); ; folder = path.dirname(folder)) {
    const manifest = path.join(folder, 'package.json');
    if (
      fs.existsSync(manifest) &&
      (JSON.parse(fs.readFileSync(manifest, 'utf8')) as {name?: string}).name === 'ssl-workbench'
    )
      return path.dirname(folder);
    if (folder === path.dirname(folder))
      throw new Error(
        `projectRoot: expected ssl-workbench's package.json above ${__dirname}, got none: use the library ` +
          'inside its project',
      );
  }
}
