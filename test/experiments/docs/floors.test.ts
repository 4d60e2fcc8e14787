import assert from 'node:assert/strict';
import {test} from 'node:test';
import {floorsTable} from '../../../experiments/docs/floors';

test('a line a floor, from the ground up, whatever the list is broken into', () => {
  const text = "const floors = [\n  ['engine',\n    'module'],   // 'not' a room\n  ['layers'],\n];\n";
  assert.equal(floorsTable(text), '| floor | rooms and files of `lib/` |\n| --- | --- |\n| ground | `engine`, `module` |\n| 1 | `layers` |');
  assert.throws(() => floorsTable('const rooms = []'), /^RangeError: floorsTable: expected a list/);
});
