// Names of earlier cells in braces.
// slow: starts processes

import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import {promisify} from 'node:util';
import ts from 'typescript';
import {mended, mendCells} from '../../setup/cells.cjs';

test('shorthand and renamed properties become strings; all else, and every line break, stays', () => {
  assert.equal(mended(ts, 'f({a, b: c,\n  τ, ...d});'), 'f({"a": a, b: c,\n  "τ": τ, ...d});');
  assert.equal(mended(ts, 'const {a, b: c, d: {e: [g]}} = h;'), 'const {a, "b": c, "d": {"e": [g]}} = h;');
  assert.equal(
    mended(ts, '({a, b = 1} = c); ({a}: {a: number}) => ({a});'),
    '({"a": a, "b": b = 1} = c); ({a}: {a: number}) => ({"a": a});',
  );
  assert.equal(
    mended(ts, "import {a as b} from 'c'; `${[{a}].length}`"),
    'import {a as b} from \'c\'; `${[{"a": a}].length}`',
  );
  // does not compile either way
  assert.equal(mended(ts, 'const {a: b = {c} = '), 'const {"a": b = {"c": c} = ');
});

/** tslab's, in this process; what cells print as errors comes into the list. */
function executor(errors: string[]) {
  const converter = require('tslab/dist/converter').createConverter();
  return require('tslab/dist/executor').createExecutor(
    process.cwd(),
    {node: converter, close: converter.close},
    {...console, error: (...words: unknown[]) => errors.push(words.join(' '))},
  ) as {execute(source: string): Promise<boolean>; locals: Record<string, unknown>; close(): void};
}

test("tslab's cells see variables of earlier cells in braces", async () => {
  mendCells();
  const errors: string[] = [];
  const {execute, locals, close} = executor(errors);
  try {
    for (const cell of [
      'const chosen = {rate: 3, deep: {batch: 8}}; const seed = 1;',
      'const task = {chosen, seed};',
      'const {rate: peak, deep: {batch: size}} = task.chosen;\nlet first: number;\n({seed: first} = {seed});',
    ]) {
      assert.ok(await execute(cell), `${cell}: ${errors.join('; ')}`);
    }
    assert.deepEqual(
      [locals.peak, locals.size, locals.first, locals.task],
      [3, 8, 1, {chosen: {rate: 3, deep: {batch: 8}}, seed: 1}],
    );
  } finally {
    close();
  }
});

test('a library that is built again under an open notebook does not end its cells', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cells-'));
  const script = `
    const fs = require('node:fs');
    const modules = ${JSON.stringify(path.join(__dirname, '../../node_modules'))};
    require(${JSON.stringify(path.join(__dirname, '../../setup/cells.cjs'))}).mendCells();
    const build = () => {
      fs.mkdirSync('node_modules/library', {recursive: true});
      fs.writeFileSync('node_modules/library/package.json', '{"main": "index.js", "types": "index.d.ts"}');
      fs.writeFileSync('node_modules/library/index.js', 'exports.one = 1;');
      fs.writeFileSync('node_modules/library/index.d.ts', 'export * from "./one";');
      fs.writeFileSync('node_modules/library/one.d.ts', 'export declare const one: number;');
    };
    const heard = () => new Promise(resolve => setTimeout(resolve, 1000));
    (async () => {
      build();
      const converter = require(modules + '/tslab/dist/converter').createConverter();
      const {execute, locals, close} = require(modules + '/tslab/dist/executor').createExecutor(process.cwd(), {node: converter, close: converter.close}, console);
      if (!await execute("import {one} from 'library';")) throw new Error('the library was not found');
      fs.rmSync('node_modules/library', {recursive: true});
      await heard();
      build();
      await heard();
      await execute('const two = one + 1;');
      await execute('console.log(two + 1);');
      close();
    })();`;
  const {stdout, stderr} = await promisify(execFile)(process.execPath, ['--eval', script], {cwd: folder});
  fs.rmSync(folder, {recursive: true, force: true});
  assert.deepEqual([stdout, stderr], ['3\n', '']);
});
