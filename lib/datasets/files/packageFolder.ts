// Where an npm package lies, and which version it is.

import fs from 'node:fs';
import path from 'node:path';

/**
 * Folder of an installed package, also of one whose `exports` hide its files.
 *
 * @throws Error of `caller` that says how to get the package.
 */
export function packageFolder(name: string, caller: string): string {
  const folder = require.resolve
    .paths(name)!
    .map(place => path.join(place, name))
    .find(candidate => fs.existsSync(path.join(candidate, 'package.json')));
  if (folder === undefined)
    throw new Error(
      `${caller}: expected the package ${name}, got none; \`npm install\` in the project's folder brings it`,
    );
  return folder;
}

/** Version of each installed package, by its name. */
export function packageVersions(names: readonly string[], caller: string): Record<string, string> {
  return Object.fromEntries(
    names.map(name => [
      name,
      (JSON.parse(fs.readFileSync(path.join(packageFolder(name, caller), 'package.json'), 'utf8')) as {version: string})
        .version,
    ]),
  );
}
