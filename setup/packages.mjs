// Installs the npm packages of the lock file.

import fs from 'node:fs';
import path from 'node:path';
import {run} from './child.mjs';
import {explain} from './failure.mjs';
import {logged} from './log.mjs';
import {bytesText} from './progress.mjs';
import {folderBytes} from './space.mjs';

/**
 * Install scripts stay off (.npmrc), said here too for whoever copies this call. Returns what to
 * print.
 *
 * @param {Omit<import('./make.mjs').Tools, 'say'> & {root: string, modules: string, log: string}}
 * options
 */
export async function installPackages({root, modules, log, signal}) {
  const {onLine, onSpawn, file} = logged(log);
  // the npm that runs this, else the first in PATH
  const npm = process.env.npm_execpath?.endsWith('.js') ? [process.execPath, process.env.npm_execpath] : ['npm'];
  const [program, ...first] = npm;
  const args = [...first, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const {code, output} = await run(program, args, {
    cwd: root,
    env: {...process.env, npm_config_include: 'dev'},
    onLine,
    onSpawn,
    signal,
  });
  if (code !== 0) throw explain('npm packages', output, file);
  const count = fs
    .readdirSync(modules)
    .filter(name => !name.startsWith('.'))
    .reduce((n, name) => n + (name.startsWith('@') ? fs.readdirSync(path.join(modules, name)).length : 1), 0);
  return `${count} packages, ${bytesText(folderBytes(modules))}`;
}
