// A project folder to set up in a test: this project's own set-up, with programs and packages that
// only act as if.

import {type ChildProcess, spawn} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const root = path.join(__dirname, '..', '..');
const built = path.join(root, 'node_modules', '@tensorflow', 'tfjs-node-gpu', 'lib', 'napi-v8');

/** Packages that set-up itself calls: each leaves what the real one leaves. */
const packages: {[file: string]: string} = {
  '.package-lock.json': '{}',
  'esbuild/package.json': '{"name": "esbuild", "main": "index.js"}',
  'esbuild/index.js': `const fs = require('fs'), path = require('path');
exports.build = async ({entryPoints, outdir}) => { fs.mkdirSync(outdir, {recursive: true}); for (const name of Object.keys(entryPoints)) fs.writeFileSync(path.join(outdir, name + ".js"), ''); };`,
  'typescript/bin/tsc': `const fs = require('fs'), path = require('path'), folder = process.argv[process.argv.indexOf('--outDir') + 1];
fs.mkdirSync(folder, {recursive: true}); fs.writeFileSync(path.join(folder, 'index.d.ts'), '');`,
  'tsx/package.json': '{"name": "tsx", "main": "index.js"}',
  'tsx/index.js': `const sets = ['drawn-emoji', 'earth', 'photos', 'letters'];
console.log('rendered: ' + JSON.stringify(sets));
for (const name of sets) { require('fs').mkdirSync('data/' + name, {recursive: true}); require('fs').writeFileSync('data/' + name + '/' + name + '.json', '{}'); }
process.exit(0);`,
};

/**
 * A copy of what set-up reads, in a temporary folder, and a folder of programs that is all of its
 * PATH. Out of the box everything succeeds.
 */
export function project() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'project-'));
  const file = (...parts: string[]) => path.join(folder, ...parts);
  for (const name of ['package.json', 'package-lock.json', 'tsconfig.json', 'setup'])
    fs.cpSync(path.join(root, name), file(name), {recursive: true});
  fs.cpSync(path.join(root, 'lib', 'datasets'), file('lib', 'datasets'), {recursive: true});
  for (const [name, text] of Object.entries(packages)) {
    fs.mkdirSync(path.dirname(file('packages', name)), {recursive: true});
    fs.writeFileSync(file('packages', name), text);
  }
  fs.mkdirSync(file('programs'));
  const program = (name: string, script: string) =>
    fs.writeFileSync(file('programs', name), `#!/bin/sh\n${script}\n`, {mode: 0o755});
  const env = {PATH: file('programs'), HOME: folder, CI: 'true', SSL_TENSORFLOW: 'cpu'};

  /**
   * Installs the packages; `first` runs before, `last` after it. Each call is a line in npm-calls.
   */
  const npm = (first = '', last = '') =>
    program('npm', `echo call >> npm-calls\n${first}\n/bin/cp -R packages/. node_modules\n${last}`);
  /** Is Python 3.11 and makes an empty environment; `pip` is what its pip does. */
  const python = (pip = 'echo Successfully installed') =>
    program(
      'python3',
      `case "$*" in
  *"import importlib"*) echo '{"version": "3.11.9", "minor": 11, "venv": true, "wide": true}';;
  *"-m venv"*) for last; do :; done; /bin/mkdir -p "$last/bin"; /bin/cp "$0" "$last/bin/python"; : > "$last/bin/jupyter-lab";;
  *"-m pip"*) ${pip}; /bin/mkdir -p .venv/lib/python3.11/site-packages/tensorflow;;
esac`,
    );
  npm('/bin/mkdir -p node_modules');
  python();
  program(
    'g++',
    `case "$*" in *--version*) exit 0;; esac
for last; do :; done; name=\${last##*/}; /bin/cp "${built}/\${name%.new.node}.node" "$last"`,
  );

  const begun: ChildProcess[] = [];

  /** Starts a command; what it prints grows while it runs. */
  function begin(name: string, args: string[] = [], more: NodeJS.ProcessEnv = {}) {
    const child = spawn(process.execPath, [file('setup', 'run.cjs'), name, ...args], {
      cwd: folder,
      env: {...env, ...more},
    });
    begun.push(child);
    const told = {
      child,
      output: '',
      errors: '',
      ended: new Promise<number>(resolve => child.once('close', code => resolve(code ?? -1))),
    };
    child.stdout.on('data', text => void (told.output += text));
    child.stderr.on('data', text => void (told.errors += text));
    return told;
  }
  /** Runs a command to its end. */
  async function command(name: string, args: string[] = [], more: NodeJS.ProcessEnv = {}) {
    const told = begin(name, args, more);
    return {code: await told.ended, output: told.output, errors: told.errors.trim()};
  }
  return {
    folder,
    file,
    npm,
    python,
    program,
    begin,
    command,
    without: (name: string) => fs.rmSync(file('programs', name)),
    stamp: (step: string) => fs.existsSync(file('.setup', `${step}.json`)),
    npmCalls: () =>
      fs.existsSync(file('npm-calls')) ? fs.readFileSync(file('npm-calls'), 'utf8').trim().split('\n').length : 0,
    /**
     * Removes the folder and ends what still runs in it: a test that failed half-way must not wait
     * for it.
     */
    remove: () => {
      for (const child of begun) child.kill('SIGTERM');
      fs.rmSync(folder, {recursive: true, force: true});
    },
  };
}
