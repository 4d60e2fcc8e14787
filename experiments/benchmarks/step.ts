// What: one training step of the same model, batch and optimizer, on our side and in PyTorch, plain
// and compiled; and its convolutions and matrix products alone.
// Command:  npm run benchmark -- step [cases]
// Expected: experiments/published/benchmarks/step-<case>.json, in two to four minutes a case on 2
// cores.

import os from 'node:os';
import {compare, secondsOf} from './harness';
import {libraries, machines, markdownTable, milliseconds, timeRatio} from './markdown';
import {ours, peer, prepared} from './programs';
import type {Case} from './programs/tasks';
import {publish, published, type Comparison} from './publish';

export const stepCases = {
  'smallConv-simclr': {encoder: 'smallConv', objective: 'simclr', batch: 256, data: 'drawn-emoji'},
  'resnet18-classes': {encoder: 'resnet18', objective: 'classes', batch: 64, data: 'cifar-shaped'},
  'vit-64': {encoder: 'vit', objective: 'classes', batch: 64, data: 'cifar-shaped'},
  'vit-8': {encoder: 'vit', objective: 'classes', batch: 8, data: 'cifar-shaped'},
} as const satisfies Record<string, Case>;

export type StepCase = keyof typeof stepCases;

/** As tables name them. */
export const stepTitles: Record<StepCase, string> = {
  'smallConv-simclr': 'SimCLR with its views, small encoder, 256 pairs',
  'resnet18-classes': 'ResNet-18 for 32 px, 64 images',
  'vit-64': 'ViT, width 192, 6 layers, 64 tokens, 64 images',
  'vit-8': 'the same ViT, 8 images',
};

/** Measures a case and writes its file. */
export function step(name: StepCase, {python, onLine}: {python: string; onLine(line: string): void}): Promise<string> {
  const wanted: Case = stepCases[name];
  const threads = os.availableParallelism();
  return prepared(wanted, python, async ({argument, check, products}) => {
    const sides = await compare(
      [
        {name: 'ssl-workbench', threads, command: ours('training', wanted)},
        {name: 'PyTorch', threads, command: peer(python, 'training', {...argument, compiled: false})},
        {name: 'PyTorch, torch.compile', threads, command: peer(python, 'training', {...argument, compiled: true})},
        {name: 'products alone, ssl-workbench', threads, command: ours('products', {products})},
        {name: 'products alone, PyTorch', threads, command: peer(python, 'products', {...argument, products})},
      ],
      {onLine},
    );
    return publish(`step-${name}`, {case: wanted, check, unit: 'step', sides} satisfies Comparison);
  });
}

/** The published steps as a table, or '' when there is none. */
export function stepTable(): string {
  const files = (Object.keys(stepCases) as StepCase[]).flatMap(name => {
    const file = published(`step-${name}`);
    return file ? [{name, ...file}] : [];
  });
  if (files.length === 0) return '';
  const rows = files.map(({name, sides: [own, eager, compiled, ...products]}) => {
    const least = products.reduce((a, b) => (secondsOf(b).minimum < secondsOf(a).minimum ? b : a));
    return [
      stepTitles[name],
      milliseconds(own!),
      milliseconds(eager!),
      milliseconds(compiled!),
      timeRatio(own!, eager!),
      timeRatio(own!, compiled!),
      milliseconds(least),
    ];
  });
  return (
    `Milliseconds of one training step, the middle of ${files[0]!.sides[0]!.rounds.length} rounds (the ` +
    `shortest): ${machines(files)}; ${libraries(files.flatMap(({sides}) => sides))}. ` +
    `The bound is the step's convolutions and matrix products alone, in the faster of both libraries.\n\n` +
    markdownTable(
      ['step', 'ssl-workbench', 'PyTorch', 'torch.compile', 'time to PyTorch', 'to torch.compile', 'bound'],
      rows,
    )
  );
}
