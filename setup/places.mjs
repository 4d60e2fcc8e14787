// Where set-up puts things, all below the project's folder.

import path from 'node:path';
import {fileURLToPath} from 'node:url';

/** The project's folder. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Paths in a project folder. @param {string} folder */
export function placesOf(folder) {
  /** @param {string[]} parts */
  const at = (...parts) => path.join(folder, ...parts);
  return {
    root: folder,
    modules: at('node_modules'),
    venv: at('.venv'),
    python: at('.venv', 'bin', 'python'),
    lab: at('.venv', 'bin', 'jupyter-lab'),
    work: at('.setup'),
    addonPackage: at('node_modules', '@tensorflow', 'tfjs-node-gpu'),
    addon: at('node_modules', '@tensorflow', 'tfjs-node-gpu', 'lib', 'napi-v8', 'tfjs_binding.node'),
    quietSource: at('setup', 'addon', 'quiet.cc'),
    library: at('lib'),
    dist: at('lib', 'dist'),
    jupyterPath: at('share', 'jupyter'),
    kernelspec: at('share', 'jupyter', 'kernels', 'ssl-workbench', 'kernel.json'),
    launcher: at('setup', 'kernel.cjs'),
    notebooks: at('notebooks'),
    data: at('data'),
  };
}

/** Paths in this project. */
export const places = placesOf(root);
