// What: how many drawn scenes a second one thread makes, by what they show and their size. Our side
// alone.
// Command:  npm run benchmark -- scenes
// Expected: experiments/published/benchmarks/scenes.json, in about a minute.

import {compare, secondsOf} from './harness';
import {machines, markdownTable} from './markdown';
import {ours} from './programs';
import type {Drawn} from './programs/scenes';
import {publish, published, type Comparison} from './publish';

const IMAGES = 64;
const cases: readonly Drawn[] = [
  ...[32, 64, 128].map(size => ({kind: 'object' as const, size, images: IMAGES})),
  {kind: 'scene', size: 64, images: IMAGES},
];
const titles = {object: 'one object in its surroundings', scene: 'two to seven objects, all channels'};

/** Measures and writes the file. */
export async function scenes({onLine}: {onLine(line: string): void}): Promise<string> {
  const sides = await compare(
    cases.map(drawn => ({name: `${drawn.kind}, ${drawn.size} px`, threads: 1, command: ours('scenes', drawn)})),
    {rounds: 5, seconds: 2, onLine},
  );
  return publish('scenes', {
    case: {images: IMAGES},
    unit: `${IMAGES} images`,
    sides: sides.map((side, i) => ({...side, ...cases[i]!})),
  });
}

/** The published speeds as a table, or '' when there are none. */
export function scenesTable(): string {
  const file = published<Omit<Comparison, 'sides'> & {sides: (Comparison['sides'][number] & Drawn)[]}>('scenes');
  if (!file) return '';
  const rows = file.sides.map(side => {
    const {median, minimum} = secondsOf(side);
    const speed = (seconds: number) => (side.images / seconds).toFixed(0);
    return [titles[side.kind], `${side.size}`, `${speed(median)} (${speed(minimum)})`];
  });
  return (
    `Drawn scenes a second on one thread, the middle of ${file.sides[0]!.rounds.length} rounds (the best): ` +
    `${machines([file])}.\n\n${markdownTable(['what is drawn', 'px', 'images a second'], rows)}`
  );
}
