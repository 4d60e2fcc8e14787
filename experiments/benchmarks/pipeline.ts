// What: images a second of SimCLR's pre-training, views included: our loop, PyTorch with the views
// of a batch made by tensor operations, lightly with its transform
//           and DataLoader; first one run with all threads, then as many one-thread runs at once as
//           there are threads, as in a sweep.
// Command:  npm run benchmark -- pipeline [cases]
// Expected: experiments/published/benchmarks/pipeline-<case>.json, in about ten minutes a case on 2
// cores.

import os from 'node:os';
import {compare, secondsOf, type Side} from './harness';
import {libraries, machines, markdownTable, rateRatio, samplesPerSecond} from './markdown';
import {ours, peer, prepared} from './programs';
import type {Case} from './programs/tasks';
import {publish, published, type Comparison} from './publish';

export const pipelineCases = {
  'smallConv-drawn-emoji': {encoder: 'smallConv', objective: 'simclr', batch: 256, data: 'drawn-emoji'},
  'smallConv-cifar-shaped': {encoder: 'smallConv', objective: 'simclr', batch: 256, data: 'cifar-shaped'},
  'resnet18-drawn-emoji': {encoder: 'resnet18', objective: 'simclr', batch: 64, data: 'drawn-emoji'},
  'resnet18-cifar-shaped': {encoder: 'resnet18', objective: 'simclr', batch: 64, data: 'cifar-shaped'},
} as const satisfies Record<string, Case>;

export type PipelineCase = keyof typeof pipelineCases;

/** As tables name them. */
export const pipelineTitles: Record<PipelineCase, string> = {
  'smallConv-drawn-emoji': 'drawn emoji, small encoder',
  'smallConv-cifar-shaped': 'CIFAR-shaped, small encoder',
  'resnet18-drawn-emoji': 'drawn emoji, ResNet-18',
  'resnet18-cifar-shaped': 'CIFAR-shaped, ResNet-18',
};

/** Processes of lightly's DataLoader that are tried. */
const workerCounts = [0, 1, 2];

/** Measures a case and writes its file. */
export function pipeline(
  name: PipelineCase,
  {python, onLine}: {python: string; onLine(line: string): void},
): Promise<string> {
  const wanted: Case = pipelineCases[name];
  const threads = os.availableParallelism();
  return prepared(wanted, python, async ({argument, check}) => {
    const own = {name: 'ssl-workbench', command: ours('pipeline', wanted)};
    const batched = {name: 'PyTorch, batched views', command: peer(python, 'training', {...argument, compiled: false})};
    const lightly = (workers: number) => ({
      name: `lightly, ${workers} workers`,
      command: peer(python, 'lightlyTraining', {...argument, workers}),
    });
    const measured = (sides: Side[]) => compare(sides, {seconds: 4, onLine});
    const one = await measured([own, batched, ...workerCounts.map(lightly)].map(side => ({...side, threads})));
    const sweep = await measured([own, batched, lightly(0)].map(side => ({...side, threads: 1, copies: threads})));
    return publish(`pipeline-${name}`, {
      case: wanted,
      check,
      unit: 'step',
      samples: wanted.batch,
      sides: [...one, ...sweep],
    } satisfies Comparison);
  });
}

/** The published pre-trainings as a table, or '' when there is none. */
export function pipelineTable(): string {
  const files = (Object.keys(pipelineCases) as PipelineCase[]).flatMap(name => {
    const file = published(`pipeline-${name}`);
    return file ? [{name, ...file}] : [];
  });
  if (files.length === 0) return '';
  const rows = files.flatMap(({name, samples, sides}) =>
    [false, true].map(sweep => {
      const [own, batched, ...lightly] = sides.filter(({copies}) => copies > 1 === sweep);
      const best = lightly.reduce((a, b) => (secondsOf(b).median < secondsOf(a).median ? b : a));
      return [
        `${pipelineTitles[name]}, ${sweep ? `${own!.copies} runs at once` : 'one run'}`,
        samplesPerSecond(own!, samples!),
        samplesPerSecond(batched!, samples!),
        `${samplesPerSecond(best, samples!)}${sweep ? '' : `, ${best.name.replace('lightly, ', '')}`}`,
        rateRatio(own!, batched!),
        rateRatio(own!, best),
      ];
    }),
  );
  return (
    `Images a second of SimCLR's pre-training, each in two views, the middle of ` +
    `${files[0]!.sides[0]!.rounds.length} rounds (the best): ${machines(files)}; ` +
    `${libraries(files.flatMap(({sides}) => sides))}.\n\n` +
    markdownTable(
      [
        'pre-training',
        'ssl-workbench',
        'PyTorch, batched views',
        'lightly, best of its workers',
        'to PyTorch',
        'to lightly',
      ],
      rows,
    )
  );
}
