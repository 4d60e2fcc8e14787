// Names of earlier cells in braces.

import assert from 'node:assert/strict';
import path from 'node:path';
import {test} from 'node:test';
import ts from 'typescript';
import {mended, mendCells} from '../../setup/cells.cjs';

test('shorthand and renamed properties become strings; all else, and every line break, stays', () => {
  assert.equal(mended(ts, 'f({a, b: c,\n  τ, ...d});'), 'f({"a": a, b: c,\n  "τ": τ, ...d});');
  assert.equal(mended(ts, 'const {a, b: c, d: {e: [g]}} = h;'), 'const {a, "b": c, "d": {"e": [g]}} = h;');
  assert.equal(mended(ts, '({a, b = 1} = c); ({a}: {a: number}) => ({a});'), '({"a": a, "b": b = 1} = c); ({a}: {a: number}) => ({"a": a});');
  assert.equal(mended(ts, "import {a as b} from 'c'; `${[{a}].length}`"), "import {a as b} from 'c'; `${[{\"a\": a}].length}`");
  assert.equal(mended(ts, 'const {a: b = {c} = '), 'const {"a": b = {"c": c} = ');   // does not compile either way
});

test("tslab's cells see variables of earlier cells in braces", async () => {
  mendCells();
  const {createConverter} = require('tslab/dist/converter');
  const {createExecutor} = require('tslab/dist/executor');
  const converter = createConverter();
  const errors: string[] = [];
  const {execute, locals, close} = createExecutor(path.join(__dirname, '../..'), {node: converter, close: converter.close}, {...console, error: (...words: unknown[]) => errors.push(words.join(' '))});
  try {
    for (const cell of ['const chosen = {rate: 3, deep: {batch: 8}}; const seed = 1;', 'const task = {chosen, seed};', 'const {rate: peak, deep: {batch: size}} = task.chosen;\nlet first: number;\n({seed: first} = {seed});']) {
      assert.ok(await execute(cell), `${cell}: ${errors.join('; ')}`);
    }
    assert.deepEqual([locals.peak, locals.size, locals.first, locals.task], [3, 8, 1, {chosen: {rate: 3, deep: {batch: 8}}, seed: 1}]);
  } finally {
    close();
  }
});
