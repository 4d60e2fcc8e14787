// What:     images a second of SimCLR's pre-training, views included: our loop, PyTorch with the views of a batch made by tensor operations, lightly with its transform
//           and DataLoader; first one run with all threads, then as many one-thread runs at once as there are threads, as in a sweep.
// Command:  npm run benchmark -- pipeline [cases]
// Expected: experiments/published/benchmarks/pipeline-<case>.json, in about ten minutes a case on 2 cores.

import os from 'node:os';
import {compare, type Side} from './harness';
import {ours, peer, prepared} from './programs';
import type {Case} from './programs/tasks';
import {publish} from './publish';

export const pipelineCases = {
  'smallConv-drawn-emoji': {encoder: 'smallConv', objective: 'simclr', batch: 256, data: 'drawn-emoji'},
  'smallConv-cifar-shaped': {encoder: 'smallConv', objective: 'simclr', batch: 256, data: 'cifar-shaped'},
  'resnet18-drawn-emoji': {encoder: 'resnet18', objective: 'simclr', batch: 64, data: 'drawn-emoji'},
  'resnet18-cifar-shaped': {encoder: 'resnet18', objective: 'simclr', batch: 64, data: 'cifar-shaped'},
} as const satisfies Record<string, Case>;

export type PipelineCase = keyof typeof pipelineCases;

/** Processes of lightly's DataLoader that are tried. */
const workers = [0, 1, 2];

/** Measures a case and writes its file. */
export function pipeline(name: PipelineCase, {python, onLine}: {python: string; onLine(line: string): void}): Promise<string> {
  const wanted: Case = pipelineCases[name];
  const threads = os.availableParallelism();
  return prepared(wanted, python, async ({argument, check}) => {
    const own = {name: 'ssl-workbench', command: ours('pipeline', wanted)};
    const batched = {name: 'PyTorch, batched views', command: peer(python, 'training', {...argument, compiled: false})};
    const lightly = (workers: number) => ({name: `lightly, ${workers} workers`, command: peer(python, 'lightlyTraining', {...argument, workers})});
    const measured = (sides: Side[]) => compare(sides, {seconds: 4, onLine});
    const one = await measured([own, batched, ...workers.map(lightly)].map(side => ({...side, threads})));
    const sweep = await measured([own, batched, lightly(0)].map(side => ({...side, threads: 1, copies: threads})));
    return publish('pipeline', name, {case: wanted, check, unit: 'step', samples: wanted.batch, sides: [...one, ...sweep]});
  });
}
