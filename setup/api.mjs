// `npm run api`: the reference of both entries of the library, written to docs/api by typedoc as
// typedoc.json says.

import path from 'node:path';
import {run} from './child.mjs';
import {places, root} from './places.mjs';
import {forPrograms, setUp} from './setup.mjs';

/** @param {string[]} args Of typedoc. */
export async function command(args) {
  await setUp(forPrograms);
  const typedoc = path.join(places.modules, 'typedoc', 'bin', 'typedoc');
  const {code} = await run(process.execPath, [typedoc, ...args], {cwd: root, passOn: true});
  return code;
}
