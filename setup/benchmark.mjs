// `npm run benchmark -- step|pipeline|…`: measures this project against others' code. Their packages live in an environment of their own, made when first needed.

import fs from 'node:fs';
import path from 'node:path';
import {run} from './child.mjs';
import {make, stale} from './make.mjs';
import {places, root} from './places.mjs';
import {progress as printed} from './progress.mjs';
import {buildPeers, findPython} from './python.mjs';
import {forPrograms, setUp} from './setup.mjs';
import {digest, stamps as stampsOf} from './stamps.mjs';

const venv = path.join(root, 'experiments', 'benchmarks', '.venv');
const requirements = path.join(root, 'experiments', 'benchmarks', 'requirements.txt');
const python = path.join(venv, 'bin', 'python');

export async function command(args) {
  await setUp(forPrograms);
  const stamps = stampsOf(places.work);
  const peers = {
    name: 'peers', title: 'Python peers', after: [],
    key: () => digest({values: [venv], files: [requirements]}),
    there: () => fs.existsSync(python),
    run: tools => buildPeers({venv, python, requirements, program: findPython().program, log: path.join(places.work, 'peers.log'), ...tools}),
  };
  if (stale(peers, stamps)) await make([peers], [peers.name], {stamps, progress: printed(process.stdout)});
  const {code} = await run(process.execPath, ['--import', 'tsx', path.join('experiments', 'benchmarks', 'benchmark.ts'), ...args], {cwd: root, passOn: true});
  return code;
}
