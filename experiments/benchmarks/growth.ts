// What: how an epoch of SimCLR's pre-training grows with the number of images and with the batch,
// and what compiling its step takes once. Our side alone.
// Command:  npm run benchmark -- growth
// Expected: experiments/published/benchmarks/growth.json, in about three minutes on 2 cores.

import os from 'node:os';
import {compare, secondsOf} from './harness';
import {machines, markdownTable, three} from './markdown';
import {ours} from './programs';
import type {Case} from './programs/tasks';
import {publish, published, type Comparison} from './publish';

const imageCounts = [1500, 3000, 6000];
const batches = [32, 64, 128, 256, 512];

/** Measures and writes the file. */
export async function growth({onLine}: {onLine(line: string): void}): Promise<string> {
  const wanted: Case = {encoder: 'smallConv', objective: 'simclr', batch: 256, data: 'drawn-emoji'};
  const settings = [
    ...imageCounts.map(images => ({images, batch: 256})),
    ...batches.filter(batch => batch !== 256).map(batch => ({images: imageCounts.at(-1)!, batch})),
  ];
  const threads = os.availableParallelism();
  const sides = await compare(
    settings.map(({images, batch}) => ({
      name: `${images} images, batch ${batch}`,
      threads,
      command: ours('epoch', {...wanted, images, batch}),
    })),
    {rounds: 3, seconds: 0, onLine},
  );
  return publish('growth', {case: wanted, unit: 'epoch', sides: sides.map((side, i) => ({...side, ...settings[i]}))});
}

/** The published growth as a table, or '' when there is none. */
export function growthTable(): string {
  const file = published<
    Omit<Comparison, 'sides'> & {sides: (Comparison['sides'][number] & {images: number; batch: number})[]}
  >('growth');
  if (!file) return '';
  const rows = [...file.sides]
    .sort((a, b) => a.images - b.images || a.batch - b.batch)
    .map(side => {
      const {median, minimum} = secondsOf(side);
      return [
        `${side.images}`,
        `${side.batch}`,
        `${three(median)} (${three(minimum)})`,
        three((Math.floor(side.images / side.batch) * side.batch) / median),
        three(side.facts.firstStepSeconds as number),
      ];
    });
  return (
    `An epoch of SimCLR's pre-training on drawn emoji, small encoder: seconds in the middle of ` +
    `${file.sides[0]!.rounds.length} rounds (the shortest), and the seconds of the very first step, ` +
    `which compiles: ${machines([file])}.\n\n` +
    markdownTable(['images', 'batch', 'an epoch', 'images a second', 'first step'], rows)
  );
}
