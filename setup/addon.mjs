// Builds the addon that joins tfjs with TensorFlow's library, by a compiler call against the wheel.
// The addon's source comes with npm's tfjs-node-gpu; its own install script would fetch a library
// of 2022 and does not run (.npmrc).

import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {run} from './child.mjs';
import {explain, Failure} from './failure.mjs';
import {logged} from './log.mjs';
import {cleanEnvironment} from './python.mjs';
import {tensorflowVersion} from './tensorflow.mjs';

const zig = 'ziglang==0.15.2';

/**
 * The first compiler that runs: $CXX, g++, clang++, c++; null when there is none. As words: CXX may
 * be "ccache g++".
 *
 * @param {{chosen?: string, runs?: (words: string[]) => boolean}} [options]
 * @returns {string[] | null}
 */
export function findCompiler({
  chosen = process.env.CXX,
  runs = ([program = '', ...first]) => spawnSync(program, [...first, '--version'], {timeout: 20_000}).status === 0,
} = {}) {
  if (chosen?.trim()) {
    const words = chosen.trim().split(/\s+/);
    if (!runs(words))
      throw new Failure(`CXX=${chosen} is no compiler that runs`, 'unset CXX, or name a C++17 compiler');
    return words;
  }
  return [['g++'], ['clang++'], ['c++']].find(runs) ?? null;
}

/**
 * Arguments of the compiler. The run-path leads to the wheel's own folder: through a link elsewhere
 * the CUDA wheel would not find NVIDIA's libraries.
 *
 * @param {{platform?: NodeJS.Platform, addonPackage: string, headers: string, wheel: string,
 * output: string}} options
 */
export function addonArguments({platform = process.platform, addonPackage, headers, wheel, output}) {
  return [
    ...shared,
    '-DNAPI_VERSION=8',
    '-I',
    headers,
    '-I',
    addonPackage,
    '-I',
    path.join(wheel, 'include'),
    path.join(addonPackage, 'binding', 'tfjs_backend.cc'),
    path.join(addonPackage, 'binding', 'tfjs_binding.cc'),
    ...(platform === 'darwin' ? ['-undefined', 'dynamic_lookup'] : []),
    library('cc', wheel, platform),
    library('framework', wheel, platform),
    `-Wl,-rpath,${wheel}`,
    '-o',
    output,
  ];
}

/**
 * The same for the small module that opens the library silently, see addon/quiet.cc.
 *
 * @param {{platform?: NodeJS.Platform, source: string, wheel: string, output: string}} options
 */
export function quietArguments({platform = process.platform, source, wheel, output}) {
  return [
    ...shared,
    `-DTENSORFLOW_FRAMEWORK="${library('framework', wheel, platform)}"`,
    source,
    ...(platform === 'darwin' ? [] : ['-ldl']),
    '-o',
    output,
  ];
}

const shared = ['-std=c++17', '-O2', '-fPIC', '-shared', '-w'];
/** @param {'cc' | 'framework'} part @param {string} wheel @param {NodeJS.Platform} platform */
const library = (part, wheel, platform) =>
  path.join(wheel, platform === 'darwin' ? `libtensorflow_${part}.2.dylib` : `libtensorflow_${part}.so.2`);

/** Opens both modules as lib/engine does, in a process of its own. */
const loads =
  'const [quiet, addon] = process.argv.slice(1); require(quiet); console.log("TensorFlow", require(addon).TF_Version)';

/**
 * Builds the addon, sees it load, and puts it in place. Returns what to print.
 *
 * @typedef {{addon: string, addonPackage: string, modules: string, source: string, wheel: string,
 * python: string, work: string, log: string}} AddonPlaces
 *
 * @param {import('./make.mjs').Tools & AddonPlaces} options
 */
export async function buildAddon({addon, addonPackage, modules, source, wheel, python, work, log, say, signal}) {
  const title = 'TensorFlow addon';
  const {onLine, onSpawn, file} = logged(log);
  const quiet = path.join(path.dirname(addon), 'quiet.node');
  /** @param {string} name */
  const fresh = name => name.replace(/\.node$/, '.new.node');
  fs.mkdirSync(path.dirname(addon), {recursive: true});
  const calls = [
    quietArguments({source, wheel, output: fresh(quiet)}),
    addonArguments({
      addonPackage,
      headers: path.join(modules, 'node-api-headers', 'include'),
      wheel,
      output: fresh(addon),
    }),
  ];
  /** @param {string[]} words */
  async function compile([program = '', ...first], env = process.env) {
    for (const args of calls) {
      const result = await run(program, [...first, ...args], {env, onLine, onSpawn, signal});
      if (result.code !== 0) return result;
    }
    return {code: 0, signal: null, output: ''};
  }

  const compiler = findCompiler();
  let by = compiler?.join(' ');
  let result = compiler && (await compile(compiler));
  if (result && result.code !== 0 && process.env.CXX) throw explain(`${title} by ${by}`, result.output, file);
  if (result?.code !== 0) {
    signal.throwIfAborted();
    say(
      `${compiler ? `${by} failed` : 'no C++ compiler here'}: fetching one from PyPI (ziglang, about 100 ` +
        'MB), two to three minutes',
    );
    const folder = path.join(work, 'zig');
    fs.rmSync(folder, {recursive: true, force: true});
    try {
      const fetched = await run(
        python,
        ['-I', '-m', 'pip', 'install', '--no-cache-dir', '--progress-bar', 'off', '--target', folder, zig],
        {env: cleanEnvironment(), onLine, onSpawn, signal},
      );
      if (fetched.code !== 0) throw explain(`${title}: the compiler`, fetched.output, file);
      const caches = {
        ZIG_GLOBAL_CACHE_DIR: path.join(folder, 'cache'),
        ZIG_LOCAL_CACHE_DIR: path.join(folder, 'cache'),
      };
      by = zig.replace('==', ' ');
      result = await compile([python, '-m', 'ziglang', 'c++'], {...cleanEnvironment(), ...caches, PYTHONPATH: folder});
    } finally {
      fs.rmSync(folder, {recursive: true, force: true});
    }
    if (result.code !== 0) throw explain(`${title} by ${by}`, result.output, file);
  }

  const loaded = await run(process.execPath, ['-e', loads, fresh(quiet), fresh(addon)], {
    env: {TF_CPP_MIN_LOG_LEVEL: '2', ...process.env},
    onLine,
    onSpawn,
    signal,
  });
  if (loaded.code !== 0) throw explain(`${title}: loading it`, `${loaded.output}\n${loaded.signal ?? ''}`, file);
  if (!loaded.output.includes(`TensorFlow ${tensorflowVersion}`))
    throw new Failure(
      `${title}: expected TensorFlow ${tensorflowVersion}, got ${loaded.output}`,
      'remove .venv and run the command again',
    );
  // the addon last: where it lies, both do
  for (const built of [quiet, addon]) fs.renameSync(fresh(built), built);
  return `built by ${by}, loads TensorFlow ${tensorflowVersion}`;
}
