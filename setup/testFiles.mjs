// The test files: their names, which of them are slow, and which of them a change reaches.

import fs from 'node:fs';
import path from 'node:path';
import {root} from './places.mjs';
import {filesBelow} from './stamps.mjs';

const folder = path.join(root, 'test');

/** Names of test files: path below test/ without ending, for example views/crop. */
export function testNames() {
  return filesBelow(folder, '.test.ts')
    .map(file => path.relative(folder, file).replace(/\.test\.ts$/, ''))
    .sort();
}

/**
 * Why a test file is slow, as one of its first lines says, for example `// slow: trains`; null for
 * all others.
 * @param {string} text
 */
export const slowness = text =>
  text
    .split('\n')
    .slice(0, 5)
    .join('\n')
    .match(/^\/\/ slow: (\S.*)$/m)?.[1] ?? null;

/**
 * Whether a test file says that it is slow: a process of its own runs it, which may start others.
 * @param {string} name
 */
export const isSlow = name => slowness(fs.readFileSync(path.join(folder, `${name}.test.ts`), 'utf8')) !== null;

/**
 * Source texts of lib, experiments, setup and test by their path from the project's folder: what
 * {@link reached} reads.
 */
export function sources() {
  const files = ['lib', 'experiments', 'setup', 'test'].flatMap(name =>
    ['.ts', '.mjs', '.cjs'].flatMap(ending =>
      filesBelow(path.join(root, name), ending, ['dist', 'dist.new', '.venv', 'results']),
    ),
  );
  return new Map(files.map(file => [path.relative(root, file), fs.readFileSync(file, 'utf8')]));
}

/** What changes every test: versions of packages, and how files are compiled. */
const ofAll = ['package-lock.json', 'tsconfig.json'];

/**
 * Names of the test files that changes reach: through imports, through a file's name in the text of
 * another one (`ntXent.json`, `study.ts`), through a folder that is named relative to the file
 * (`'../lib'`), and by their path (what changed in setup/ reaches all of test/setup).
 *
 * @param {readonly string[]} changed Paths from the project's folder; they may be gone.
 * @param {ReadonlyMap<string, string>} texts Sources by path, see {@link sources}.
 * @returns {string[]}
 */
export function reached(changed, texts) {
  const tests = [...texts.keys()].filter(file => file.startsWith('test/') && file.endsWith('.test.ts'));
  const nameOf = (/** @type {string} */ file) => file.slice('test/'.length, -'.test.ts'.length);
  if (changed.some(file => ofAll.includes(file))) return tests.map(nameOf);
  const known = [...texts].map(([file, text]) => ({file, ...mentions(file, text)}));
  const found = new Set(changed);
  for (const file of found) {
    // a set grows while it is walked through
    for (const one of known) {
      const named =
        one.words.has(path.basename(file)) || (file.endsWith('.json') && one.words.has(path.basename(file, '.json')));
      if (
        named ||
        one.imports.has(withoutEnding(file)) ||
        one.folders.some(mentioned => file.startsWith(`${mentioned}/`))
      )
        found.add(one.file);
    }
  }
  const besides = new Set(changed.map(file => file.split('/')[0]).filter(top => top !== 'lib' && top !== 'test'));
  return tests.filter(file => found.has(file) || besides.has(file.split('/')[1])).map(nameOf);
}

/** @param {string} file */
const withoutEnding = file => file.replace(/(\/index)?\.[cm]?[jt]s$/, '');

/**
 * What a source speaks of: modules that it imports (paths without ending), words that may be names
 * of files, and folders.
 *
 * @param {string} file
 * @param {string} text
 */
function mentions(file, text) {
  const at = (/** @type {string} */ target) => path.posix.join(path.posix.dirname(file), target);
  const literals = [...text.matchAll(/'([^'\n]*)'/g)].map(([, literal = '']) => literal);
  const relative = literals.filter(literal => /^\.\.?\/.*\w/.test(literal));
  return {
    imports: new Set([
      ...relative.map(target => withoutEnding(at(target))),
      ...(literals.includes('ssl-workbench') ? ['lib'] : []),
      ...(literals.includes('ssl-workbench/parts') ? ['lib/parts'] : []),
    ]),
    words: new Set(
      [
        ...text.matchAll(/[\w-]+(?:\.[\w-]+)*\.(?:[cm]?[jt]s|json|py|md|ipynb|cc)\b/g),
        ...text.matchAll(/(?<=')[\w-]+(?=')/g),
      ].map(([word]) => word),
    ),
    folders: relative
      .map(at)
      .filter(
        target =>
          !target.startsWith('..') && fs.statSync(path.join(root, target), {throwIfNoEntry: false})?.isDirectory(),
      ),
  };
}
