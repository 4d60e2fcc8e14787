// Patches of a world map without its stretch: a map in equal steps of longitude and latitude draws
// everything 1/cos φ too wide at the latitude φ.

import {check} from '../../check';

/** From 180° W to 180° E and from pole to pole, [height, width, channels] bytes. */
export interface WorldMap {
  pixels: Uint8Array;
  height: number;
  width: number;
  channels: number;
}

/**
 * A patch by its uppermost row of the map and the meridian through its middle, counted in pixels of
 * the map from its left border.
 */
export type MapPlace = {top: number; meridian: number};

/** Degrees north of the middle of a row; `row` need not be whole. */
export const latitudeOf = (row: number, {height}: {height: number}) => 90 - ((row + 0.5) / height) * 180;

/** Columns that a step of one pixel to the side takes in a row: 1 at the equator, 2 at 60°. */
export const stretchOf = (row: number, map: {height: number}) => 1 / Math.cos((latitudeOf(row, map) * Math.PI) / 180);

/**
 * The patch of size × size pixels, each as wide on the ground as it is tall (the sinusoidal
 * projection about the patch's own meridian): its rows are the map's rows, and each pixel is the
 * mean of the columns that it covers, those at a border by their share.
 *
 * @returns Row-major bytes of [size, size, channels].
 * @throws RangeError when the patch leaves the map at a pole.
 */
export function patchAt(map: WorldMap, {top, meridian}: MapPlace, size: number): Uint8Array {
  const {pixels, height, width, channels} = map;
  check(
    Number.isInteger(top) && top >= 0 && top + size <= height,
    'patchAt',
    `expected ${size} rows from a whole number of 0 to ${height - size} on, got ${top}`,
  );
  const patch = new Uint8Array(size * size * channels);
  const sums = new Float64Array(channels);
  for (let y = 0, to = 0; y < size; y++) {
    const stretch = stretchOf(top + y, map);
    const row = (top + y) * width;
    for (let x = 0; x < size; x++) {
      const from = meridian + (x - size / 2) * stretch;
      const end = from + stretch;
      sums.fill(0);
      for (let column = Math.floor(from); column < end; column++) {
        const share = Math.min(end, column + 1) - Math.max(from, column);
        const at = (row + (((column % width) + width) % width)) * channels;
        for (let c = 0; c < channels; c++) sums[c]! += share * pixels[at + c]!;
      }
      for (let c = 0; c < channels; c++) patch[to++] = Math.round(sums[c]! / stretch);
    }
  }
  return patch;
}
