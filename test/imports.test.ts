// The rooms of lib import one way only, each only what stands below it, and only engine/ loads TensorFlow.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';

const lib = path.join(__dirname, '../lib');

/** From the ground up; rooms of one floor may import each other. */
const floors = [
  ['engine', 'module', 'params', 'check', 'json', 'macrotask', 'interrupt', 'root', 'preset', 'schedules', 'quantile', 'writeWhole', 'package', 'percent'],
  ['layers', 'losses', 'masks', 'views', 'datasets'],
  ['backbones'],
  ['methods'],
  ['training', 'evaluation', 'analysis', 'information'],
  ['study'],
  ['figures'],
  ['studies', 'trials'],
  ['notebook'],
  ['index'],
];

const sources = (fs.readdirSync(lib, {recursive: true}) as string[]).filter(file => file.endsWith('.ts') && !file.startsWith('dist'));
const room = (file: string) => file.split(path.sep)[0]!.replace(/\.ts$/, '');
const floor = (file: string) => floors.findIndex(rooms => rooms.includes(room(file)));

/** Modules that a file imports, types included. */
const imports = (file: string) => [...fs.readFileSync(path.join(lib, file), 'utf8').matchAll(/(?:^|\s)(?:import|export)\s[^'"]*?from\s+'([^']+)'|import\(\s*'([^']+)'\s*\)|require\(\s*'([^']+)'\s*\)|^import '([^']+)'/gm)]
  .map(match => match.slice(1).find(Boolean)!);

test('every file stands in a room that the house knows', () => {
  assert.ok(sources.length > 20, `found only ${sources.length} files`);
  assert.deepEqual(sources.filter(file => floor(file) < 0), []);
});

test('imports point one way', () => {
  const wrong = sources.flatMap(file => imports(file).filter(target => target.startsWith('.'))
    .map(target => path.relative(lib, path.resolve(lib, path.dirname(file), target)))
    .filter(target => !target.startsWith('..') && floor(target) > floor(file))
    .map(target => `${file} imports ${target}`));
  assert.deepEqual(wrong, []);
});

test('only engine/ loads TensorFlow; only notebook/ knows tslab', () => {
  const outside = (pattern: RegExp, owner: string) => sources.filter(file => room(file) !== owner && imports(file).some(target => pattern.test(target)));
  assert.deepEqual(outside(/^@tensorflow\//, 'engine'), []);
  assert.deepEqual(outside(/^tslab/, 'notebook'), []);
});
