// What:     one training step of the same model, batch and optimizer, on our side and in PyTorch, plain and compiled.
// Command:  npm run benchmark -- step [cases]
// Expected: experiments/published/benchmarks/step-<case>.json, in about two minutes a case on 2 cores.

import os from 'node:os';
import {compare, type Side} from './harness';
import {ours, peer, prepared} from './programs';
import {publish} from './publish';
import type {Case} from './programs/tasks';

export const stepCases = {
  'smallConv-simclr': {encoder: 'smallConv', objective: 'simclr', batch: 256, data: 'drawn-emoji'},
  'resnet18-classes': {encoder: 'resnet18', objective: 'classes', batch: 64, data: 'cifar-shaped'},
} as const satisfies Record<string, Case>;

/** Measures a case and writes its file. */
export async function step(name: keyof typeof stepCases, {python, onLine}: {python: string; onLine(line: string): void}): Promise<string> {
  const wanted: Case = stepCases[name];
  const threads = os.availableParallelism();
  return prepared(wanted, async start => {
    const torch = (name: string, compiled: boolean): Side => ({name, threads, command: peer(python, 'training', {...start, case: wanted, compiled})});
    const sides: Side[] = [{name: 'ssl-workbench', threads, command: ours('training', wanted)}, torch('PyTorch', false), torch('PyTorch, torch.compile', true)];
    return publish('step', name, {case: wanted, check: {parameters: start.parameters, losses: start.losses}, unit: 'step', sides: await compare(sides, {onLine})});
  });
}
