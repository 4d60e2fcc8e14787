// The floors of lib's rooms, read from the test that asserts them.

import {check} from '../../lib/check';
import {markdownTable} from '../benchmarks/markdown';

/** @param test Source of test/imports.test.ts. @throws RangeError when it has no list of floors. */
export function floorsTable(test: string): string {
  const list = /^const floors = \[\n([\s\S]*?)^\];/m.exec(test)?.[1];
  check(list !== undefined, 'floorsTable', "expected a list 'const floors = […];' in test/imports.test.ts, got none");
  const floors = [...list.replaceAll(/\/\/.*$/gm, '').matchAll(/\[([^\]]*)\]/g)].map(([, rooms]) => [...(rooms ?? '').matchAll(/'([^']+)'/g)].map(([, room]) => `\`${room}\``));
  return markdownTable(['floor', 'rooms and files of `lib/`'], floors.map((rooms, i) => [i === 0 ? 'ground' : String(i), rooms.join(', ')]));
}
