// What: k nearest neighbors, one linear probe and the probe's path over strengths on 50,000
// features of width 512, against scikit-learn and against lightly's k-NN.
// Command:  npm run benchmark -- evaluation [cases]
// Expected: experiments/published/benchmarks/evaluation-<case>.json, in three to five minutes a
// case on 2 cores. The path takes scikit-learn several minutes, so that it is measured twice only.

import {execFile} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';
import {compare, type MeasuredSide} from './harness';
import {libraries, machines, markdownTable, megabytes, milliseconds, timeRatio} from './markdown';
import {ours, peer} from './programs';
import {publish, published, type Comparison} from './publish';

export type EvaluationTask = 'knn' | 'probe' | 'path';

/** All numbers that the sides need. */
export type EvaluationCase = {
  task: EvaluationTask;
  width: number;
  classes: number;
  /** Training first. */
  sets: {name: 'train' | 'validation' | 'test'; size: number}[];
  k: number;
  temperature: number;
  /** Of the penalty, for one probe and for the path. */
  strength: number;
  strengths: number[];
};

const settings: Omit<EvaluationCase, 'task'> = {
  width: 512,
  classes: 100,
  sets: [
    {name: 'train', size: 50_000},
    {name: 'validation', size: 10_000},
    {name: 'test', size: 10_000},
  ],
  k: 20,
  temperature: 0.07,
  strength: 0.01,
  strengths: [10, 1, 0.1, 0.01, 0.001, 0.0001],
};

/** As tables name them. */
export const evaluationTitles: Record<EvaluationTask, string> = {
  knn: '20-NN, 10,000 test features',
  probe: 'linear probe at one strength',
  path: 'linear probe, the best of 6 strengths',
};

const rounds: Record<EvaluationTask, number> = {knn: 5, probe: 5, path: 2};

/** Measures a case and writes its file. @throws Error when a peer finds another accuracy. */
export async function evaluation(
  task: EvaluationTask,
  {python, onLine}: {python: string; onLine(line: string): void},
): Promise<string> {
  const wanted: EvaluationCase = {task, ...settings};
  const threads = os.availableParallelism();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ssl-workbench-benchmark-'));
  try {
    const [node, ...rest] = ours('features', wanted, folder);
    await promisify(execFile)(node!, rest);
    const sides = await compare(
      [
        {name: 'ssl-workbench', threads, command: ours('evaluation', wanted, folder)},
        ...(task === 'knn' ? ['scikit-learn', 'lightly'] : ['scikit-learn']).map(library => ({
          name: library,
          threads,
          command: peer(python, 'evaluation', {case: wanted, folder, library}),
        })),
      ],
      {rounds: rounds[task], seconds: 0, onLine},
    );
    const other = sides.find(side => !alike(sides[0]!, side));
    if (other)
      throw new Error(
        `evaluation: expected ${other.name} to find ${JSON.stringify(sides[0]!.facts)}, got ` +
          `${JSON.stringify(other.facts)}`,
      );
    return await publish(`evaluation-${task}`, {
      case: wanted,
      unit: evaluationTitles[task],
      sides,
    } satisfies Comparison);
  } finally {
    fs.rmSync(folder, {recursive: true});
  }
}

/** Accuracies within half a point, objectives within a ten-thousandth. */
function alike({facts: own}: MeasuredSide, {facts: other}: MeasuredSide): boolean {
  const near = (name: string, tolerance: number) =>
    own[name] === undefined || Math.abs((own[name] as number) - (other[name] as number)) <= tolerance;
  return near('accuracy', 0.005) && near('objective', 1e-4 * (own.objective as number));
}

/** The published evaluations as a table, or '' when there is none. */
export function evaluationTable(): string {
  const files = (Object.keys(evaluationTitles) as EvaluationTask[]).flatMap(task => {
    const file = published(`evaluation-${task}`);
    return file ? [{task, ...file}] : [];
  });
  if (files.length === 0) return '';
  const rows = files.flatMap(({task, sides: [own, ...peers]}) =>
    peers.map(side => [
      evaluationTitles[task],
      milliseconds(own!),
      side.name,
      milliseconds(side),
      timeRatio(own!, side),
      `${megabytes(own!)}, ${megabytes(side)}`,
    ]),
  );
  const {size} = settings.sets[0]!;
  const counts = Object.entries(rounds).map(([task, count]) => `${count} (${task})`);
  const table = markdownTable(['', 'ssl-workbench', 'peer', 'its time', 'ratio', 'MB, ours and its'], rows);
  return (
    `Evaluation on ${size.toLocaleString('en')} training features of width ${settings.width}, ` +
    `${settings.classes} classes: milliseconds in the middle round, the shortest in brackets; of the rounds ` +
    `${counts.join(', ')}.\n\n${table}\n\n${machines(files)}; ${libraries(files.flatMap(({sides}) => sides))}.`
  );
}
