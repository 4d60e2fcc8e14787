// What the package offers: `ssl-workbench` and `ssl-workbench/parts`, as lib/index.ts and lib/parts.ts
// list it.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {floors} from './floors';

type Line = {names: string[]; room: string};

/** The rooms of an entry: what their comment says, and their lines in order. */
function roomsOf(entry: string): {title: string; lines: Line[]}[] {
  const text = fs.readFileSync(path.join(__dirname, '..', 'lib', `${entry}.ts`), 'utf8');
  return text
    .split('\n\n')
    .slice(1)
    .map(block => {
      const [title = ''] = block.split('\n');
      const lines = [...block.matchAll(/export (?:type )?\{([^}]*)\} from '([^']*)'/g)].map(
        ([, names = '', from = '']): Line => ({
          names: names
            .split(',')
            .map(name => name.trim().replace(/^type /, ''))
            .filter(name => name !== ''),
          room: from.split('/')[1] ?? from,
        }),
      );
      return {title, lines};
    });
}

const entries = ['index', 'parts'].map(roomsOf);
const sorted = (names: readonly string[]) => [...names].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));

test('each room has a line that says what is in it, and names in order', () => {
  for (const {title, lines} of entries.flat()) {
    assert.match(title, /^\/\/ [A-Z]/);
    const first = lines.map(({names: [name = '']}) => name);
    assert.deepEqual(first, sorted(first), title);
  }
});

test('rooms stand in the order of the floors', () => {
  for (const rooms of entries) {
    const heights = rooms.map(({lines}) =>
      Math.max(...lines.map(({room}) => floors.findIndex(floor => floor.rooms.includes(room)))),
    );
    assert.deepEqual(
      heights,
      [...heights].sort((a, b) => a - b),
    );
  }
});

test('no name is offered twice', () => {
  const names = entries.flat().flatMap(({lines}) => lines.flatMap(line => line.names));
  assert.ok(names.length > 500, `found only ${names.length}`);
  assert.deepEqual(
    names.filter((name, i) => names.indexOf(name) !== i),
    [],
  );
});
