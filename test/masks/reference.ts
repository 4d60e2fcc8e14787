// What the authors' generators draw, counted by test/reference/masks.py.

import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import path from 'node:path';
import type {Block} from '../../lib/masks/blockMask';
import {countsOf, sameDistribution, type Counts} from './chiSquare';

type Shapes = Record<'sides' | 'areas' | 'aspects' | 'rows' | 'columns', Counts>;

export const reference = JSON.parse(readFileSync(path.join(__dirname, '../reference/masks.json'), 'utf8')) as {
  draws: number;
  beit: {target: number; minimum: number; masked: Counts; blocks: Counts; first: Shapes; second: Shapes}[];
  ijepa: {
    images: number;
    overlaps: number;
    context: Counts;
    contextBlock: Shapes;
    target: Shapes;
    lastTarget: Shapes;
    contextFirst: Counts;
    contextLast: Counts;
  };
  data2vec: Record<'kept' | 'parts' | 'rim' | 'corners' | 'largest', Counts>;
  masks: {rows: string[]; patch: number; masked: number; sizes: number[]; distance: number; averageDistance: number}[];
};

/** Python's round to four digits. */
const rounded = (value: number) => String(Number(value.toFixed(4)));

/** Sides, areas, aspects, first rows and first columns of blocks. */
export const shapesOf = (blocks: readonly Block[]): Shapes => ({
  sides: countsOf(blocks.map(({height, width}) => `${height}x${width}`)),
  areas: countsOf(blocks.map(({height, width}) => height * width)),
  aspects: countsOf(blocks.map(({height, width}) => rounded(height / width))),
  rows: countsOf(blocks.map(({top}) => top)),
  columns: countsOf(blocks.map(({left}) => left)),
});

/**
 * Asserts that counts may come of one distribution: p above 0.001, or, where one value is all that
 * is seen, the same one.
 */
export function alike(name: string, ours: Counts, theirs: Counts): void {
  const seen = Object.keys(theirs).map(value => (Number.isNaN(Number(value)) ? value : String(Number(value))));
  const counts = Object.fromEntries(Object.values(theirs).map((count, i) => [seen[i]!, count]));
  if (seen.length === 1) return assert.deepEqual(Object.keys(ours), seen, name);
  const p = sameDistribution(ours, counts);
  assert.ok(p > 0.001, `${name}: p = ${p}; ours ${JSON.stringify(ours)}, theirs ${JSON.stringify(counts)}`);
}

export function alikeShapes(name: string, blocks: readonly Block[], theirs: Shapes): void {
  for (const [kind, counts] of Object.entries(shapesOf(blocks)))
    alike(`${name}, ${kind}`, counts, theirs[kind as keyof Shapes]);
}
