// Puts the published benchmarks into the README, between two marks.

import fs from 'node:fs';
import path from 'node:path';
import {check} from '../../lib/check';
import {writeWhole} from '../../lib/writeWhole';
import {evaluationTable} from './evaluation';
import {growthTable} from './growth';
import {maskCostTable} from './maskCost';
import {memoryTable} from './memory';
import {pipelineTable} from './pipeline';
import {stepTable} from './step';
import {studySentence} from './study';

const marks = ['<!-- benchmarks: written by `npm run benchmark -- table` -->', '<!-- end of benchmarks -->'] as const;

export const readme = path.join(__dirname, '..', '..', 'README.md');

/** All tables of what is published, as Markdown. */
export const tables = (): string => [stepTable(), pipelineTable(), evaluationTable(), memoryTable(), growthTable(), maskCostTable(), studySentence()].filter(Boolean).join('\n\n');

/** @returns `text` with what stands between the marks replaced. @throws RangeError when a mark is missing. */
export function withTables(text: string, tables: string): string {
  const [start, end] = marks.map(mark => text.indexOf(mark)) as [number, number];
  check(start >= 0 && end > start, 'table', `expected the lines ${marks.join(' and ')} in the README, got a text without them`);
  return `${text.slice(0, start + marks[0].length)}\n${tables}\n${text.slice(end)}`;
}

/** Writes the README anew. @returns Its path. */
export async function table(): Promise<string> {
  await writeWhole(readme, [withTables(fs.readFileSync(readme, 'utf8'), tables())]);
  return readme;
}
