// The project's notebooks: their names, and running one without a screen.

import fs from 'node:fs';
import path from 'node:path';
import {run} from './child.mjs';
import {Failure} from './failure.mjs';
import {nearest} from './nearest.mjs';
import {places as at, root} from './places.mjs';
import {cleanEnvironment} from './python.mjs';

export const presets = ['smoke', 'default', 'paper'];

/** Names without ending, in order: 00-start-here, 01-views … */
export function notebookNames(folder = at.notebooks) {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder)
    .filter(file => file.endsWith('.ipynb') && !file.endsWith('.failed.ipynb') && !file.startsWith('.'))
    .map(file => path.basename(file, '.ipynb'))
    .sort();
}

/**
 * @param {string} word A name, with or without folder and ending.
 * @param {string[]} [names]
 * @throws Failure with the nearest name.
 */
export function findNotebook(word, names = notebookNames()) {
  const name = path.basename(word, '.ipynb');
  if (names.includes(name)) return name;
  throw new Failure(
    `no notebook ${word}`,
    names.length === 0
      ? 'there are none in notebooks/'
      : `did you mean ${nearest(name, names)}? There are ${names.join(', ')}`,
  );
}

/** What a program of Jupyter's needs to find the kernel. @param {NodeJS.ProcessEnv} [extra] */
export function jupyterEnvironment(extra = {}) {
  const env = cleanEnvironment();
  return {...env, ...extra, JUPYTER_PATH: [at.jupyterPath, env.JUPYTER_PATH].filter(Boolean).join(path.delimiter)};
}

/**
 * Executes a notebook of notebooks/ from top to bottom and saves it.
 *
 * @param {string} name
 * @param {object} options
 * @param {string} options.preset
 * @param {string} [options.output] Where the executed notebook goes; over the notebook itself when
 * left out.
 * @param {string} [options.partial] Where it goes after an error: to `output`, or beside the
 * notebook as NAME.failed.ipynb.
 * @param {boolean} [options.png] Figures carry a PNG too, for readers without JavaScript (GitHub).
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {(line: string) => void} [options.onLine] As in child.mjs: the program writes to this
 * terminal without it.
 * @param {AbortSignal} [options.signal]
 * @returns Exit code: 0, 1 after an error in a cell, 130 when interrupted; and what was printed,
 * where it was read.
 */
export function executeNotebook(name, {preset, output, partial, png = false, env = {}, onLine, signal}) {
  const notebook = path.join(at.notebooks, `${name}.ipynb`);
  const failed = partial ?? output ?? path.join(at.notebooks, `${name}.failed.ipynb`);
  fs.rmSync(failed, {force: true});
  return run(
    at.python,
    [path.join(root, 'setup', 'execute.py'), notebook, '--output', output ?? notebook, '--partial', failed],
    {env: jupyterEnvironment({...env, SSL_PRESET: preset, ...(png ? {SSL_FIGURE_PNG: '1'} : {})}), onLine, signal},
  );
}
