// What:     one training step of the same model, batch and optimizer, on our side and in PyTorch, plain and compiled; and its convolutions and matrix products alone.
// Command:  npm run benchmark -- step [cases]
// Expected: experiments/published/benchmarks/step-<case>.json, in two to four minutes a case on 2 cores.

import os from 'node:os';
import {compare} from './harness';
import {ours, peer, prepared} from './programs';
import type {Case} from './programs/tasks';
import {publish} from './publish';

export const stepCases = {
  'smallConv-simclr': {encoder: 'smallConv', objective: 'simclr', batch: 256, data: 'drawn-emoji'},
  'resnet18-classes': {encoder: 'resnet18', objective: 'classes', batch: 64, data: 'cifar-shaped'},
} as const satisfies Record<string, Case>;

export type StepCase = keyof typeof stepCases;

/** Measures a case and writes its file. */
export function step(name: StepCase, {python, onLine}: {python: string; onLine(line: string): void}): Promise<string> {
  const wanted: Case = stepCases[name];
  const threads = os.availableParallelism();
  return prepared(wanted, python, async ({argument, check, products}) => {
    const sides = await compare([
      {name: 'ssl-workbench', threads, command: ours('training', wanted)},
      {name: 'PyTorch', threads, command: peer(python, 'training', {...argument, compiled: false})},
      {name: 'PyTorch, torch.compile', threads, command: peer(python, 'training', {...argument, compiled: true})},
      {name: 'products alone, ssl-workbench', threads, command: ours('products', {products})},
      {name: 'products alone, PyTorch', threads, command: peer(python, 'products', {...argument, products})},
    ], {onLine});
    return publish('step', name, {case: wanted, check, unit: 'step', sides});
  });
}
