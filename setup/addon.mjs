// Builds the addon that joins tfjs with TensorFlow's library, by one compiler call against the wheel.
// The addon's source comes with npm's tfjs-node-gpu; its own install script would fetch a library of 2022 and does not run (.npmrc).

import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {run} from './child.mjs';
import {explain, Failure} from './failure.mjs';
import {logged} from './log.mjs';
import {cleanEnvironment} from './python.mjs';
import {tensorflowVersion} from './tensorflow.mjs';

const zig = 'ziglang==0.15.2';

/** The first compiler that runs: $CXX, g++, clang++, c++; null when there is none. As words: CXX may be "ccache g++". */
export function findCompiler({chosen = process.env.CXX, runs = words => spawnSync(words[0], [...words.slice(1), '--version'], {timeout: 20_000}).status === 0} = {}) {
  if (chosen?.trim()) {
    const words = chosen.trim().split(/\s+/);
    if (!runs(words)) throw new Failure(`CXX=${chosen} is no compiler that runs`, 'unset CXX, or name a C++17 compiler');
    return words;
  }
  return [['g++'], ['clang++'], ['c++']].find(runs) ?? null;
}

/** Arguments of the compiler. The run-path leads to the wheel's own folder: through a link elsewhere the CUDA wheel would not find NVIDIA's libraries. */
export function compilerArguments({platform = process.platform, addonPackage, headers, wheel, output}) {
  const libraries = platform === 'darwin'
    ? ['-undefined', 'dynamic_lookup', path.join(wheel, 'libtensorflow_cc.2.dylib'), path.join(wheel, 'libtensorflow_framework.2.dylib')]
    : [path.join(wheel, 'libtensorflow_cc.so.2'), path.join(wheel, 'libtensorflow_framework.so.2')];
  return [
    '-std=c++17', '-O2', '-fPIC', '-shared', '-DNAPI_VERSION=8', '-w',
    '-I', headers, '-I', addonPackage, '-I', path.join(wheel, 'include'),
    path.join(addonPackage, 'binding', 'tfjs_backend.cc'), path.join(addonPackage, 'binding', 'tfjs_binding.cc'),
    ...libraries, `-Wl,-rpath,${wheel}`, '-o', output,
  ];
}

/** Builds the addon, sees it load in a process of its own, and puts it in place. Returns what to print. */
export async function buildAddon({addon, addonPackage, modules, wheel, python, work, log, say, signal}) {
  const title = 'TensorFlow addon';
  const {onLine, onSpawn, file} = logged(log);
  const output = addon.replace(/\.node$/, '.new.node');
  fs.mkdirSync(path.dirname(addon), {recursive: true});
  const args = compilerArguments({addonPackage, headers: path.join(modules, 'node-api-headers', 'include'), wheel, output});
  const compile = (words, env = process.env) => run(words[0], [...words.slice(1), ...args], {env, onLine, onSpawn, signal});

  const compiler = findCompiler();
  let by = compiler?.join(' ');
  let result = compiler && (await compile(compiler));
  if (result && result.code !== 0 && process.env.CXX) throw explain(`${title} by ${by}`, result.output, file);
  if (result?.code !== 0) {
    signal.throwIfAborted();
    say(`${compiler ? `${by} failed` : 'no C++ compiler here'}: fetching one from PyPI (ziglang, about 100 MB), two to three minutes`);
    const folder = path.join(work, 'zig');
    fs.rmSync(folder, {recursive: true, force: true});
    try {
      const fetched = await run(python, ['-I', '-m', 'pip', 'install', '--no-cache-dir', '--progress-bar', 'off', '--target', folder, zig], {env: cleanEnvironment(), onLine, onSpawn, signal});
      if (fetched.code !== 0) throw explain(`${title}: the compiler`, fetched.output, file);
      const caches = {ZIG_GLOBAL_CACHE_DIR: path.join(folder, 'cache'), ZIG_LOCAL_CACHE_DIR: path.join(folder, 'cache')};
      by = zig.replace('==', ' ');
      result = await compile([python, '-m', 'ziglang', 'c++'], {...cleanEnvironment(), ...caches, PYTHONPATH: folder});
    } finally {
      fs.rmSync(folder, {recursive: true, force: true});
    }
    if (result.code !== 0) throw explain(`${title} by ${by}`, result.output, file);
  }

  const loaded = await run(process.execPath, ['-e', 'console.log("TensorFlow", require(process.argv[1]).TF_Version)', output],
    {env: {TF_CPP_MIN_LOG_LEVEL: '2', ...process.env}, onLine, onSpawn, signal});
  if (loaded.code !== 0) throw explain(`${title}: loading it`, `${loaded.output}\n${loaded.signal ?? ''}`, file);
  if (!loaded.output.includes(`TensorFlow ${tensorflowVersion}`)) throw new Failure(`${title}: expected TensorFlow ${tensorflowVersion}, got ${loaded.output}`, 'remove .venv and run the command again');
  fs.renameSync(output, addon);
  return `built by ${by}, loads TensorFlow ${tensorflowVersion}`;
}
