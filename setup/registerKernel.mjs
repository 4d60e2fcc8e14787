// `npm run kernel`: registers the notebook kernel for this user, so that VS Code or another Jupyter
// finds it; with --remove, takes it away again.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {kernelName, kernelspec, writeKernelspec} from './kernelspec.mjs';
import {options} from './options.mjs';
import {places} from './places.mjs';
import {setUp} from './setup.mjs';

/**
 * Where Jupyter looks for this user's kernels.
 * @param {{platform?: NodeJS.Platform, env?: NodeJS.ProcessEnv, home?: string}} [machine]
 */
export function userKernels({platform = process.platform, env = process.env, home = os.homedir()} = {}) {
  if (env.JUPYTER_DATA_DIR) return path.join(env.JUPYTER_DATA_DIR, 'kernels');
  if (platform === 'darwin') return path.join(home, 'Library', 'Jupyter', 'kernels');
  return path.join(env.XDG_DATA_HOME || path.join(home, '.local', 'share'), 'jupyter', 'kernels');
}

/**
 * Writes the kernelspec below `kernels`; returns its folder.
 * @param {string} kernels
 * @param {string} [launcher]
 */
export function register(kernels, launcher = places.launcher) {
  const folder = path.join(kernels, kernelName);
  writeKernelspec(path.join(folder, 'kernel.json'), kernelspec({launcher, displayName: 'TypeScript (ssl-workbench)'}));
  return folder;
}

/** Takes it away; returns its folder, or null when none was there. @param {string} kernels */
export function unregister(kernels) {
  const folder = path.join(kernels, kernelName);
  if (!fs.existsSync(folder)) return null;
  fs.rmSync(folder, {recursive: true});
  return folder;
}

/** @param {string[]} args */
export async function command(args) {
  const {program} = await options('npm run kernel --', 'Registers the notebook kernel for this user.');
  program.option('--remove', 'take it away again').parse(args, {from: 'user'});
  /** @param {string} folder */
  const shown = folder => folder.replace(os.homedir(), '~');
  if (program.opts().remove) {
    const folder = unregister(userKernels());
    console.log(folder ? `Kernel removed from ${shown(folder)}.` : 'No kernel was registered.');
    return 0;
  }
  await setUp();
  console.log(
    `Kernel “TypeScript (ssl-workbench)” registered in ${shown(register(userKernels()))}; \`npm run ` +
      `kernel -- --remove\` takes it away.`,
  );
  return 0;
}
