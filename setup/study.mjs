// `npm run study -- temperature [options]`: runs a study without a notebook. Its options are read by experiments/study.ts.

import path from 'node:path';
import {run} from './child.mjs';
import {allocator} from './kernelspec.mjs';
import {root} from './places.mjs';
import {forPrograms, setUp} from './setup.mjs';

export async function command(args) {
  await setUp(forPrograms);
  const {code} = await run(process.execPath, ['--import', 'tsx', path.join('experiments', 'study.ts'), ...args], {cwd: root, env: {...allocator, ...process.env}, passOn: true});
  return code;
}
