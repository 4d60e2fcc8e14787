// `npm run benchmark -- step|pipeline|…`: measures this project against others' code. Their
// packages live in an environment of their own, made when first needed.

import fs from 'node:fs';
import path from 'node:path';
import {experiment} from './experiment.mjs';
import {lock} from './lock.mjs';
import {make, stale} from './make.mjs';
import {places, root} from './places.mjs';
import {progress as printed} from './progress.mjs';
import {buildPeers, findPython} from './python.mjs';
import {digest, stamps as stampsOf} from './stamps.mjs';

const venv = path.join(root, 'experiments', 'benchmarks', '.venv');
const requirements = path.join(root, 'experiments', 'benchmarks', 'requirements.txt');
const python = path.join(venv, 'bin', 'python');

/** @param {string[]} args */
export async function command(args) {
  const stamps = stampsOf(places.work);
  /** @type {import('./make.mjs').Step} */
  const peers = {
    name: 'peers',
    title: 'Python peers',
    after: [],
    key: () => digest({values: [venv], files: [requirements]}),
    there: () => fs.existsSync(python),
    run: tools =>
      buildPeers({
        venv,
        python,
        requirements,
        program: findPython().program,
        log: path.join(places.work, 'peers.log'),
        ...tools,
      }),
  };
  const measuresOthers =
    ['step', 'pipeline', 'evaluation'].includes(args[0]) && !args.some(arg => ['-h', '--help'].includes(arg));
  if (measuresOthers && stale(peers, stamps)) {
    const progress = printed(process.stdout);
    const release = await lock(places.work, {say: progress.print});
    try {
      await make([peers], [peers.name], {stamps, progress});
    } finally {
      release();
    }
  }
  return experiment(path.join('benchmarks', 'benchmark'), args);
}
