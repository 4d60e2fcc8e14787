// On maps of simple shapes: one continent, flat in the west and rugged in the east.

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {earthCandidates, earthPlaces} from '../../../lib/datasets/earth/earthPlaces';
import type {EarthMaps} from '../../../lib/datasets/earth/earthSources';
import {latitudeOf, type WorldMap} from '../../../lib/datasets/earth/worldMap';

/** A map of height × 2 height, one value a pixel, by degrees. */
function painted(
  height: number,
  value: (latitude: number, longitude: number, row: number, column: number) => number,
): WorldMap {
  const pixels = new Uint8Array(height * 2 * height);
  for (let row = 0; row < height; row++)
    for (let column = 0; column < 2 * height; column++)
      pixels[row * 2 * height + column] = value(
        latitudeOf(row, {height}),
        ((column + 0.5) / height) * 180 - 180,
        row,
        column,
      );
  return {pixels, height, width: 2 * height, channels: 1};
}

const land = (latitude: number, longitude: number) => Math.abs(latitude) < 40 && Math.abs(longitude) < 50;
/** Ridges in the east of the land, steps in its middle, a plain in the west; waves at sea. */
function heightAt(latitude: number, longitude: number, row: number): number {
  if (!land(latitude, longitude)) return 255 * (row % 2);
  if (longitude > 20) return 100 + 40 * (row % 2);
  return longitude > -20 ? row % 3 : 0;
}
const maps: EarthMaps = {
  day: {pixels: new Uint8Array(), height: 2048, width: 4096, channels: 3}, // is not looked at
  height: painted(1024, heightAt),
  water: painted(1024, (φ, λ) => (land(φ, λ) ? 0 : 255)),
};
const candidates = earthCandidates(maps);
const places = earthPlaces(candidates);
const longitude = ({meridian}: {meridian: number}) => (meridian / 4096) * 360 - 180;

test('candidates are patches that are land by half, evenly over the ground', () => {
  assert.ok(candidates.length > 3000, String(candidates.length));
  for (const place of candidates) {
    const middle = latitudeOf(place.top + 31.5, maps.day);
    assert.ok(place.land >= 0.5 && land(middle * 0.95, longitude(place) * 0.95), `${middle}, ${longitude(place)}`);
  }
  assert.ok(candidates.some(({land: share}) => share < 0.6) && candidates.some(({land: share}) => share === 1));
  const inRow = (latitude: number) =>
    candidates.filter(({top}) => Math.abs(latitudeOf(top + 31.5, maps.day) - latitude) < 0.55).length;
  assert.ok(Math.abs(inRow(36) / inRow(0) - Math.cos((36 * Math.PI) / 180)) < 0.05);
});

test('ruggedness is the mean difference of neighbors that are land', () => {
  const at = (λ: number) =>
    candidates
      .filter(place => place.land === 1 && Math.abs(longitude(place) - λ) < 2)
      .map(({ruggedness}) => ruggedness);
  for (const value of at(-35)) assert.equal(value, 0);
  for (const value of at(35)) assert.equal(value, 20); // 40 from row to row, 0 along the row
  // 0, 1, 2, 0 …: 4 in 3 steps
  for (const value of at(5)) assert.ok(Math.abs(value - 4 / 6) < 0.03);
  const shore = candidates
    .filter(place => place.land < 0.8 && longitude(place) < -45)
    .map(({ruggedness}) => ruggedness);
  // the water, which is not looked at, would make it 40 and more
  assert.ok(shore.length > 20 && Math.max(...shore) < 10, `${shore.length}: ${Math.max(...shore)}`);
});

test('each third is a class', () => {
  assert.deepEqual(
    [0, 1, 2].map(label => places.some(place => place.label === label)),
    [true, true, true],
  );
  for (const place of places.filter(({land: share}) => share === 1)) {
    if (longitude(place) > 26) assert.equal(place.label, 2);
    if (longitude(place) < -26) assert.equal(place.label, 0);
  }
});

test('blocks keep together, and what reaches from outside into a block of the test is left out', () => {
  const testBlocks = new Set(places.filter(({side}) => side === 'test').map(({block}) => block));
  assert.ok(testBlocks.size >= 2);
  const reachesOf = new Map(candidates.map(({top, meridian, reaches}) => [`${top} ${meridian}`, reaches]));
  const known = new Set(candidates.map(({block}) => block));
  for (const {top, meridian, block, side} of places) {
    const touched = [...reachesOf.get(`${top} ${meridian}`)!].filter(name => known.has(name));
    assert.ok(touched.includes(block));
    if (side === 'test')
      assert.ok(
        touched.every(name => testBlocks.has(name)),
        block,
      );
    else
      assert.ok(
        touched.every(name => !testBlocks.has(name)),
        block,
      );
  }
  assert.ok(places.length < candidates.length);
  assert.ok(
    places.some(({side}) => side === 'pretrain') &&
      places.some(({side}) => side === 'validation') &&
      places.some(({side}) => side === 'train'),
  );
  assert.deepEqual(earthPlaces(candidates), places);
});
