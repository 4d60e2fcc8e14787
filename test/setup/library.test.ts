// slow: starts processes

import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {after, before, describe, it} from 'node:test';
import kernelTypescript from '@tslab/typescript-for-tslab';
import {buildLibrary, isModuleOnly} from '../../setup/library.mjs';
import {tinyFolder} from '../study/tinyFolder';
import {filesBelow} from '../../setup/stamps.mjs';

const root = path.join(__dirname, '..', '..');

/** What TypeScript 5.0, the kernel's, cannot parse in declarations. */
function unreadable(folder: string) {
  return filesBelow(folder, '.d.ts').flatMap((file: string) => {
    const source = kernelTypescript.createSourceFile(
      file,
      fs.readFileSync(file, 'utf8'),
      kernelTypescript.ScriptTarget.ES2022,
    ) as unknown as {parseDiagnostics: {messageText: unknown}[]};
    return source.parseDiagnostics.map(({messageText}) => `${file}: ${messageText}`);
  });
}

describe('buildLibrary', () => {
  let folder: string;
  const file = (...parts: string[]) => path.join(folder, ...parts);
  const build = () =>
    buildLibrary({
      root: folder,
      library: file('lib'),
      modules: file('node_modules'),
      dist: file('lib', 'dist'),
      log: file('log'),
      signal: new AbortController().signal,
    });
  before(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'library-'));
    for (const name of ['lib', 'lib/studies', 'setup']) fs.mkdirSync(file(name));
    for (const name of ['tsconfig.json', 'setup/library.tsconfig.json'])
      fs.copyFileSync(path.join(root, name), file(name));
    fs.symlinkSync(path.join(root, 'node_modules'), file('node_modules'));
    fs.writeFileSync(file('package.json'), '{}');
    fs.writeFileSync(file('lib', 'index.ts'), "export {half} from './half';\n");
    fs.writeFileSync(file('lib', 'parts.ts'), "export {halves, type HalfOptions} from './half';\n");
    fs.writeFileSync(
      file('lib', 'studies', 'jobProcess.ts'),
      "import {half} from '../half';\nprocess.on('message', (x: number) => process.send!(half(x).value));\n",
    );
    fs.writeFileSync(
      file('lib', 'half.ts'),
      `import {nanoid} from 'nanoid';
import {Command} from 'commander';
export interface HalfOptions {
  /** How often. @default 1 */
  times?: number;
}
let count = 0;
/** How many have been asked for. */
export const halves = () => count;
/** Half of a number. */
export function half(x: number, {times = 1}: HalfOptions = {}) {
  count++;
  return {value: x / 2 ** times, id: nanoid(), parser: typeof Command, later: () => import('nanoid')};
}
`,
    );
  });
  after(() => fs.rmSync(folder, {recursive: true, force: true}));

  it('takes in packages that cannot be required, leaves the others outside, and maps to the sources', async () => {
    await build();
    const text = fs.readFileSync(file('lib', 'dist', 'library.js'), 'utf8');
    assert.match(text, /require\("commander"\)/);
    assert.doesNotMatch(text, /require\("nanoid"\)/);
    assert.match(text, /import\("nanoid"\)/, 'import() can load it');
    const {sources} = JSON.parse(fs.readFileSync(file('lib', 'dist', 'library.js.map'), 'utf8')) as {sources: string[]};
    assert.ok(sources.includes('../half.ts'));
    const printed = execFileSync(
      process.execPath,
      [
        '--no-experimental-require-module',
        '-e',
        "const {half} = require('./index'); const {value, id, parser} = half(8, {times: 2}); " +
          "console.log(value, id.length, parser, require('./parts').halves())",
      ],
      {encoding: 'utf8', cwd: file('lib', 'dist')},
    );
    assert.equal(printed, '2 21 function 1\n', 'both entries share one copy of the library');
  });

  it("writes declarations with their comments that the kernel's TypeScript reads", () => {
    assert.deepEqual(unreadable(file('lib', 'dist')), []);
    assert.match(fs.readFileSync(file('lib', 'dist', 'parts.d.ts'), 'utf8'), /halves/);
    assert.match(fs.readFileSync(file('lib', 'dist', 'half.d.ts'), 'utf8'), /\/\*\* How often\. @default 1 \*\//);
  });

  it('leaves the old bundle when the sources are broken, and says where', async () => {
    const bundle = fs.readFileSync(file('lib', 'dist', 'index.js'), 'utf8');
    fs.writeFileSync(file('lib', 'index.ts'), "export {half} from './half';\nexport {quarter} from './quarter';\n");
    await assert.rejects(
      build(),
      /^Failure: library bundle failed: error: Could not resolve ".\/quarter" \(lib\/index\.ts:2\)/,
    );
    assert.equal(fs.readFileSync(file('lib', 'dist', 'index.js'), 'utf8'), bundle);

    // runs, but cannot be declared
    fs.writeFileSync(file('lib', 'index.ts'), 'export const made = (() => class { private hidden = 1; })();\n');
    await assert.rejects(
      build(),
      /^Failure: library bundle: declarations failed: lib\/index\.ts\(1,14\): error TS4094/,
    );
    assert.equal(fs.readFileSync(file('lib', 'dist', 'index.js'), 'utf8'), bundle);
  });
});

it('a study of the bundle trains in jobs', async () => {
  const script = `const {imageFolder, temperatureStudy} = require(${JSON.stringify(path.join(root, 'lib', 'dist', 'index.js'))});
(async () => {
  const dataset = await imageFolder(process.argv[1], {size: 16, log() {}});
  for await (const row of temperatureStudy({dataset, folder: process.argv[2], temperatures: [0.1, 1], seeds: [0], epochs: 1, batch: 32, projector: [16, 16], evaluations: 1, jobs: 2})) console.log(row.temperature, row.device);
})();`;
  const printed = execFileSync(
    process.execPath,
    ['-e', script, await tinyFolder(), fs.mkdtempSync(path.join(os.tmpdir(), 'jobs-'))],
    {encoding: 'utf8', env: {...process.env, TF_NUM_INTRAOP_THREADS: '4', NODE_TEST_CONTEXT: undefined}},
  );
  assert.match(printed, /^0\.1 CPU, 2 threads .*\n1 CPU, 2 threads .*\n$/, 'two jobs share four threads');
});

describe('the two entries of the package', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'entries-'));
  before(() => {
    fs.mkdirSync(path.join(folder, 'node_modules'));
    fs.symlinkSync(path.join(root, 'lib'), path.join(folder, 'node_modules', 'ssl-workbench'));
  });
  after(() => fs.rmSync(folder, {recursive: true}));

  it('share all that they are made of, and no name; modules import them by name', () => {
    const script = `import * as index from 'ssl-workbench';
import * as parts from 'ssl-workbench/parts';
import {tf} from 'ssl-workbench';
import {dispose} from 'ssl-workbench/parts';
import {createRequire} from 'node:module';
const require = createRequire(import.meta.url);
const library = require(require.resolve('ssl-workbench').replace('index.js', 'library.js'));
const names = [index, parts].map(entry => Object.keys(entry).filter(name => name !== 'default' && name !== 'module.exports'));
const one = tf.ones([2]);
dispose({one});
console.log(JSON.stringify({
  counts: names.map(({length}) => length > 100),
  both: names[0].filter(name => names[1].includes(name)),
  other: [index, parts].flatMap((entry, i) => names[i].filter(name => entry[name] === undefined || entry[name] !== library[name])),
  disposed: one.isDisposed,
  loaded: Object.keys(require.cache).filter(file => file.startsWith(require.resolve('ssl-workbench').replace('index.js', ''))).length,
}));`;
    fs.writeFileSync(path.join(folder, 'both.mjs'), script);
    const printed = execFileSync(process.execPath, ['both.mjs'], {cwd: folder, encoding: 'utf8'});
    assert.deepEqual(JSON.parse(printed.trim().split('\n').at(-1) ?? ''), {
      counts: [true, true],
      both: [],
      other: [],
      disposed: true,
      loaded: 3,
    });
  });

  it("the kernel's TypeScript and ours find their declarations", () => {
    const file = path.join(folder, 'cell.ts');
    const {ModuleResolutionKind, resolveModuleName, sys} = kernelTypescript;
    for (const [name, declarations] of [
      ['ssl-workbench', 'index.d.ts'],
      ['ssl-workbench/parts', 'parts.d.ts'],
    ] as const) {
      for (const moduleResolution of [ModuleResolutionKind.Node10, ModuleResolutionKind.Bundler]) {
        const found = resolveModuleName(name, file, {moduleResolution}, sys).resolvedModule?.resolvedFileName;
        assert.equal(found, path.join(root, 'lib', 'dist', declarations));
      }
    }
  });
});

it("the kernel's TypeScript reads all declarations of the library", () => {
  assert.ok(filesBelow(path.join(root, 'lib', 'dist'), '.d.ts').length > 0);
  assert.deepEqual(unreadable(path.join(root, 'lib', 'dist')), []);
});

it('isModuleOnly knows packages that offer no require', () => {
  assert.equal(isModuleOnly({type: 'module', exports: {'.': './index.js'}}), true);
  assert.equal(isModuleOnly({type: 'module', exports: {'.': {import: './index.js', require: './index.cjs'}}}), false);
  assert.equal(isModuleOnly({type: undefined, exports: undefined}), false);
});
