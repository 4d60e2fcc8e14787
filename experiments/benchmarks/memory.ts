// What: memory of our side over 10,000 small steps, which must stay flat. (Peaks are measured with
// every other benchmark, on both sides: the table shows those of `step` and `pipeline`.)
// Command:  npm run benchmark -- memory
// Expected: experiments/published/benchmarks/memory.json, in about five minutes on 2 cores.

import {check} from '../../lib/check';
import {markdownTable, megabytes} from './markdown';
import {pipelineTitles} from './pipeline';
import {answer, ours} from './programs';
import type {Case} from './programs/tasks';
import {publish, published} from './publish';
import {stepTitles} from './step';

/**
 * Memory of the process and number of tensors after a step; null where the system does not tell.
 */
export type MemorySample = {step: number; residentBytes: number | null; tensors: number};

/** Steps of what is published. */
export const memorySteps = 10_000;

/**
 * @param steps A multiple of 10.
 * @returns The file, null where other steps than the published ones were only looked at.
 */
export async function memory({
  onLine,
  steps = memorySteps,
}: {
  onLine(line: string): void;
  steps?: number;
}): Promise<string | null> {
  check(
    Number.isInteger(steps) && steps > 0 && steps % 10 === 0,
    'memory',
    `expected steps that are a multiple of 10, got ${steps}`,
  );
  const wanted: Case = {encoder: 'smallConv', objective: 'simclr', batch: 8, data: 'drawn-emoji'};
  const {facts, samples} = await answer<{facts: object; samples: MemorySample[]}>(
    ours('manySteps', {case: wanted, steps}),
  );
  for (const {step, residentBytes, tensors} of samples)
    onLine(`${step} steps: ${wholeMegabytes(residentBytes)} MB, ${tensors} tensors`);
  return steps !== memorySteps ? null : publish('memory', {case: wanted, facts, samples});
}

/**
 * Peaks of what was compared, and how flat memory is, as a table and a sentence; '' when nothing is
 * published.
 */
export function memoryTable(): string {
  const rows = [
    ...Object.entries(stepTitles).map(([name, title]) => [`step-${name}`, title] as const),
    ...Object.entries(pipelineTitles).map(([name, title]) => [`pipeline-${name}`, `${title}, one run`] as const),
  ].flatMap(([name, title]) => {
    const file = published(name);
    return file ? [[title, megabytes(file.sides[0]!), megabytes(file.sides[1]!)]] : [];
  });
  const flat = published<{samples: MemorySample[]}>('memory');
  const last = flat?.samples.at(-1);
  return [
    rows.length > 0 &&
      'Largest resident memory of a process, in ' +
        `MB.\n\n${markdownTable(['what runs', 'ssl-workbench', 'PyTorch'], rows)}`,
    flat &&
      `Over ${last!.step.toLocaleString('en')} small steps memory is ` +
        `${flat.samples.map(({residentBytes}) => wholeMegabytes(residentBytes)).join(', ')} ` +
        `MB, with ${[...new Set(flat.samples.map(({tensors}) => tensors))].join(', ')} tensors.`,
  ]
    .filter(Boolean)
    .join('\n\n');
}

const wholeMegabytes = (bytes: number | null) => (bytes === null ? 'unknown' : (bytes / 1e6).toFixed(0));
