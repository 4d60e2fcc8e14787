// Where the light does not reach: a map of the depths that the light sees. Williams 1978, "Casting
// Curved Shadows on Curved Surfaces".

import {circle} from './circle';
import {groundHalf, type Scene} from './scene';
import type {Hit} from './hit';
import type {Surfaces} from './surfaces';

/** Texels of the map on a side. */
const SIDE = 192;
/**
 * A point is looked up a texel and a half above its surface, and may be a little behind what the
 * light sees there: a surface would else throw specks of shadow on itself.
 */
const [LIFT, BIAS] = [(1.5 * 2 * groundHalf) / SIDE, 0.03];

/** Light from far away. */
export interface Light {
  /** Toward it, of length 1. */
  direction: readonly [x: number, y: number, z: number];
  /** Whether a point of a surface is behind something. */
  shadowed(hit: Readonly<Pick<Hit, 'x' | 'y' | 'z' | 'nx' | 'ny' | 'nz'>>): boolean;
}

const map = new Float64Array(SIDE * SIDE);

/**
 * The light of a scene, until the next call: they share one map. Ground and walls cast no shadow.
 */
export function lightOf({light: {around, elevation}}: Scene, {positions: p, owner, count}: Surfaces): Light {
  const [c, s] = circle(around);
  const [flat, up] = circle(elevation);
  const direction = [c * flat, up, s * flat] as const;
  // the map's axes, at right angles to the light
  const [ux, uz] = [s, -c];
  const [vx, vy, vz] = [-c * up, flat, -s * up];
  const scale = SIDE / 2 / groundHalf;
  const across = (x: number, z: number) => (ux * x + uz * z) * scale + SIDE / 2;
  const along = (x: number, y: number, z: number) => (vx * x + vy * y + vz * z) * scale + SIDE / 2;
  const away = (x: number, y: number, z: number) => -(direction[0] * x + direction[1] * y + direction[2] * z);
  map.fill(Infinity);
  const corner = new Float64Array(9);
  for (let k = 0; k < count; k++) {
    if (owner[k]! < 0) continue;
    for (let e = 0; e < 3; e++) {
      const at = 9 * k + 3 * e;
      const [x, y, z] = [p[at]!, p[at + 1]!, p[at + 2]!];
      corner[3 * e] = across(x, z);
      corner[3 * e + 1] = along(x, y, z);
      corner[3 * e + 2] = away(x, y, z);
    }
    fillMap(corner);
  }
  return {
    direction,
    shadowed(hit) {
      const x = hit.x + LIFT * hit.nx;
      const y = hit.y + LIFT * hit.ny;
      const z = hit.z + LIFT * hit.nz;
      const column = Math.floor(across(x, z));
      const row = Math.floor(along(x, y, z));
      return column >= 0 && column < SIDE && row >= 0 && row < SIDE && away(x, y, z) > map[row * SIDE + column]! + BIAS;
    },
  };
}

/** Writes the depth of one triangle. */
function fillMap(corner: Float64Array): void {
  const ax = corner[0]!;
  const ay = corner[1]!;
  const bx = corner[3]!;
  const by = corner[4]!;
  const cx = corner[6]!;
  const cy = corner[7]!;
  const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
  if (area === 0) return;
  const x0 = Math.max(0, Math.ceil(Math.min(ax, bx, cx) - 0.5));
  const x1 = Math.min(SIDE - 1, Math.floor(Math.max(ax, bx, cx) - 0.5));
  const y0 = Math.max(0, Math.ceil(Math.min(ay, by, cy) - 0.5));
  const y1 = Math.min(SIDE - 1, Math.floor(Math.max(ay, by, cy) - 0.5));
  for (let y = y0; y <= y1; y++)
    for (let x = x0; x <= x1; x++) {
      const px = x + 0.5;
      const py = y + 0.5;
      const a = ((cx - bx) * (py - by) - (cy - by) * (px - bx)) / area;
      const b = ((ax - cx) * (py - cy) - (ay - cy) * (px - cx)) / area;
      const c = 1 - a - b;
      if (a < 0 || b < 0 || c < 0) continue;
      const depth = a * corner[2]! + b * corner[5]! + c * corner[8]!;
      if (depth < map[y * SIDE + x]!) map[y * SIDE + x] = depth;
    }
}
