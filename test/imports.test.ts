// The rooms of lib stand one above the other: imports point down, no files form a circle, and only
// engine/ loads TensorFlow.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {floors} from './floors';
import {importsOf} from './importsOf';

const lib = path.join(__dirname, '../lib');

const sources = (fs.readdirSync(lib, {recursive: true}) as string[]).filter(
  file => file.endsWith('.ts') && !file.startsWith('dist'),
);
const room = (file: string) => file.split(path.sep)[0]!.replace(/\.ts$/, '');
const floor = (file: string) => floors.findIndex(({rooms}) => rooms.includes(room(file)));

const imports = (file: string) => importsOf(fs.readFileSync(path.join(lib, file), 'utf8'));

/** What a file imports of lib, as paths below lib without ending. */
const inside = (file: string) =>
  imports(file)
    .filter(target => target.startsWith('.'))
    .map(target => path.relative(lib, path.resolve(lib, path.dirname(file), target)))
    .filter(target => !target.startsWith('..'));

test('every file stands in a room that the house knows', () => {
  assert.ok(sources.length > 20, `found only ${sources.length} files`);
  assert.deepEqual(
    sources.filter(file => floor(file) < 0),
    [],
  );
});

test('imports point down', () => {
  const wrong = sources.flatMap(file =>
    inside(file)
      .filter(target => floor(target) > floor(file))
      .map(target => `${file} imports ${target}`),
  );
  assert.deepEqual(wrong, []);
});

/** The first circle that is found from a file on, as the files that it runs through. */
function circleFrom(start: string, done: Set<string>): string[] | undefined {
  const trail: string[] = [];
  const visit = (file: string): string[] | undefined => {
    if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file];
    if (done.has(file)) return undefined;
    trail.push(file);
    for (const target of inside(file)) {
      const circle = visit(target.endsWith('.ts') ? target : `${target}.ts`);
      if (circle) return circle;
    }
    trail.pop();
    done.add(file);
    return undefined;
  };
  return visit(start);
}

test('no files form a circle', () => {
  const done = new Set<string>();
  const circles = sources.flatMap(file => circleFrom(file, done)?.join(' → ') ?? []);
  assert.deepEqual(circles, []);
});

test('only engine/ loads TensorFlow; only notebook/ knows tslab', () => {
  const outside = (pattern: RegExp, owner: string) =>
    sources.filter(file => room(file) !== owner && imports(file).some(target => pattern.test(target)));
  assert.deepEqual(outside(/^@tensorflow\//, 'engine'), []);
  assert.deepEqual(outside(/^tslab/, 'notebook'), []);
});
