// Which patches of the Earth are cut out, how rugged the ground is there, and on which side of the
// split they stand.

import type {EarthMaps} from './earthSources';
import {sidesOf, type Side} from '../sides';
import {latitudeOf, patchAt, stretchOf, type MapPlace, type WorldMap} from './worldMap';

/** In pixels of the map by day. */
export interface EarthPlace extends MapPlace {
  /** Share of the patch that is land. */
  land: number;
  /**
   * Mean difference in height between neighboring points of the land, some 20 km apart, in steps
   * of the height map.
   */
  ruggedness: number;
  /** Number of its class. */
  label: number;
  /** Name of the block that its middle lies in. */
  block: string;
  /**
   * 'pretrain' where it reaches over a border between training and validation: seen in
   * pre-training, by no probe.
   */
  side: Side | 'pretrain';
}

/** Ground by its ruggedness: a third of all places each. */
export const earthClasses = ['plains', 'hills', 'mountains'] as const;

/** Side of a patch and how far the next one lies, in pixels of the map by day, of 9.8 km. */
const [side, step] = [64, 12];
/**
 * Degrees north between which the middles of patches lie: without Antarctica, and without the north
 * of Greenland and Siberia, where all is white.
 */
const [south, north] = [-56, 66];
const leastLand = 0.5;

/** Blocks are 15° tall and about as wide on the ground: 24 round the equator. */
const [bands, blocksAtEquator] = [12, 24];

/**
 * The number was chosen of 60 by the sizes of the sides and of their classes alone, before anything
 * was measured.
 */
const split = {shares: {test: 1 / 5, validation: 1 / 10}, seed: 'earth, split 23'};

/** A place before the split. */
export type EarthCandidate = Omit<EarthPlace, 'label' | 'side'> & {
  /** Names of all blocks that it reaches. */
  reaches: ReadonlySet<string>;
};

/** All places of the map, in rows from north to south, that are land enough. */
export function earthCandidates({day, height, water}: EarthMaps): EarthCandidate[] {
  const candidates: EarthCandidate[] = [];
  for (let top = 0; top + side <= day.height; top += step) {
    const middle = top + (side - 1) / 2;
    const latitude = latitudeOf(middle, day);
    if (latitude < south || latitude > north) continue;
    const count = Math.floor(day.width / stretchOf(middle, day) / step);
    for (let i = 0; i < count; i++) {
      const place = {top, meridian: ((i + 0.5) / count) * day.width};
      const half = {top: top / 2, meridian: place.meridian / 2};
      const dry = patchAt(water, half, side / 2).map(value => (value < 128 ? 1 : 0));
      const land = dry.reduce((sum, value) => sum + value, 0) / dry.length;
      if (land < leastLand) continue;
      candidates.push({
        ...place,
        land,
        ruggedness: ruggedness(patchAt(height, half, side / 2), dry, side / 2),
        block: blockOf(middle, place.meridian, day),
        reaches: reachOf(place, day),
      });
    }
  }
  return candidates;
}

/**
 * The places that are cut out, with class and side: blocks stand on one side, in the shares of
 * their kinds of ground (see sidesOf). Candidates that reach over a border between the test's
 * blocks and others are left out.
 */
export function earthPlaces(candidates: readonly EarthCandidate[]): EarthPlace[] {
  const sorted = Float64Array.from(candidates, candidate => candidate.ruggedness).sort();
  const borders = earthClasses
    .slice(1)
    .map((_, i) => sorted[Math.floor(((i + 1) * sorted.length) / earthClasses.length)]!);
  const labels = candidates.map(candidate => borders.filter(border => candidate.ruggedness >= border).length);
  const members = new Map<string, number[]>();
  candidates.forEach(({block}, i) => members.set(block, [...(members.get(block) ?? []), labels[i]!]));
  const kindOf = new Map([...members].map(([block, inBlock]) => [block, median(inBlock)]));
  const sides = sidesOf(
    candidates.map(({block}) => block),
    candidates.map(({block}) => earthClasses[kindOf.get(block)!]!),
    split,
  );
  const sideOf = new Map(candidates.map(({block}, i) => [block, sides[i]!]));
  return candidates.flatMap(({reaches, ...place}, i) => {
    // a block without candidates is sea and has no side
    const touched = new Set([...reaches].flatMap(block => sideOf.get(block) ?? []));
    if (touched.size > 1 && touched.has('test')) return [];
    return [{...place, label: labels[i]!, side: touched.size > 1 ? ('pretrain' as const) : sides[i]!}];
  });
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** Mean absolute difference of neighbors that both are land; 0 where there are none. */
function ruggedness(heights: Uint8Array, dry: Uint8Array, size: number): number {
  let [sum, pairs] = [0, 0];
  const pair = (a: number, b: number) => {
    if (!dry[a] || !dry[b]) return;
    sum += Math.abs(heights[a]! - heights[b]!);
    pairs++;
  };
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const at = y * size + x;
      if (x + 1 < size) pair(at, at + 1);
      if (y + 1 < size) pair(at, at + size);
    }
  return pairs === 0 ? 0 : sum / pairs;
}

/**
 * Name of the block at a point of the map: row and column in it, counted from the north and from
 * 180° W.
 */
function blockOf(row: number, column: number, {height, width}: WorldMap): string {
  const band = Math.floor((row / height) * bands);
  const blocks = Math.round(
    blocksAtEquator * Math.cos((latitudeOf(((band + 0.5) / bands) * height - 0.5, {height}) * Math.PI) / 180),
  );
  return `${band} ${Math.floor(((((column % width) + width) % width) / width) * blocks)}`;
}

/** Blocks that a patch reaches. It is narrower than they are: its borders touch all of them. */
function reachOf({top, meridian}: MapPlace, map: WorldMap): Set<string> {
  const blocks = new Set<string>();
  for (let row = top; row < top + side; row++)
    for (const border of [-1, 1]) blocks.add(blockOf(row, meridian + ((border * side) / 2) * stretchOf(row, map), map));
  return blocks;
}
