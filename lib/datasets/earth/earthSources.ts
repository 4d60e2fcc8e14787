// The maps of the Earth that the npm package three-globe carries: how it looks from above by day,
// how high the ground is, and where there is water.

import {createHash} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import {packageFolder, packageVersions} from '../files/packageFolder';
import type {WorldMap} from './worldMap';

const source = 'three-globe';

const files = {day: 'earth-blue-marble.jpg', height: 'earth-topology.png', water: 'earth-water.png'};

const fileOf = (name: keyof typeof files) => path.join(packageFolder(source, 'earth'), 'example', 'img', files[name]);

/** Version of the package that the maps come from. */
export const earthVersions = () => packageVersions([source], 'earth');

/** SHA-256 over the files with their names. */
export function earthChecksum(): string {
  const hash = createHash('sha256');
  for (const [name, file] of Object.entries(files)) {
    const bytes = fs.readFileSync(fileOf(name as keyof typeof files));
    hash.update(`${file} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex');
}

/**
 * Height (above the sea, in 255 steps) and water (255, land 0) have one pixel for 2 × 2 of the day.
 */
export interface EarthMaps {
  /** [2048, 4096, 3] */
  day: WorldMap;
  /** [1024, 2048, 1] */
  height: WorldMap;
  /** [1024, 2048, 1] */
  water: WorldMap;
}

/** Reads and decodes the three maps. */
export async function earthMaps(): Promise<EarthMaps> {
  const read = async (name: keyof typeof files, height: number, channels: 1 | 3): Promise<WorldMap> => {
    const width = 2 * height;
    const map = sharp(fileOf(name)).removeAlpha().resize(width, height, {fit: 'fill'});
    const pixels: Uint8Array = await (channels === 1 ? map.greyscale() : map).raw().toBuffer();
    return {pixels, height, width, channels};
  };
  return {day: await read('day', 2048, 3), height: await read('height', 1024, 1), water: await read('water', 1024, 1)};
}
