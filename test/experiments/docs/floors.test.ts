import assert from 'node:assert/strict';
import {test} from 'node:test';
import {floorsTable} from '../../../experiments/docs/floors';

test('a line a floor, the lowest called ground', () => {
  const floors = [
    {rooms: ['check', 'engine'], text: 'what all need'},
    {rooms: ['layers'], text: 'parts'},
  ];
  assert.equal(
    floorsTable(floors),
    [
      '| floor | rooms and files of `lib/` | what for |',
      '| --- | --- | --- |',
      '| ground | `check`, `engine` | what all need |',
      '| 1 | `layers` | parts |',
    ].join('\n'),
  );
});
