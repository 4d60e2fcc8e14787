// The floors of lib's rooms as a table.

import type {Floor} from '../../test/floors';
import {markdownTable} from '../benchmarks/markdown';

/** From the ground up, as test/imports.test.ts asserts them. */
export function floorsTable(floors: readonly Floor[]): string {
  const named = ({rooms}: Floor) => rooms.map(room => `\`${room}\``).join(', ');
  return markdownTable(
    ['floor', 'rooms and files of `lib/`', 'what for'],
    floors.map((floor, i) => [i === 0 ? 'ground' : String(i), named(floor), floor.text]),
  );
}
