// Surfaces of triangles: solids of revolution, boxes, rings, and moving them. Lengths are those of
// the scene, y points up. All of it from +, −, ×, ÷ and square roots: see circle.ts.

import {circle} from './circle';

/** Triangles over shared corners. */
export interface Mesh {
  /** [3 · corners] x, y, z. */
  positions: number[];
  /** [3 · corners] of length 1, out of the surface. */
  normals: number[];
  /** [2 · corners] place in a texture: 1 is one repeat. */
  uvs: number[];
  /** [3 · triangles] numbers of corners. */
  triangles: number[];
}

/** Corners around a solid of revolution. */
const AROUND = 20;

/**
 * Turns a profile about the vertical axis.
 *
 * @param profile [radius, height] from one end to the other. Where it bends by less than 60° the
 * surface is smooth, elsewhere it has an edge.
 * @param around Corners around.
 */
export function lathe(profile: readonly (readonly [radius: number, height: number])[], around = AROUND): Mesh {
  const mesh: Mesh = {positions: [], normals: [], uvs: [], triangles: []};
  // a pair of rows for each piece of the profile, so that an edge can have a normal on either side
  const rows: {r: number; y: number; along: number; nr: number; ny: number}[] = [];
  let along = 0;
  for (const [i, [r1, y1]] of profile.entries()) {
    if (i === 0) continue;
    const [r0, y0] = profile[i - 1]!;
    const length = Math.sqrt((r1 - r0) ** 2 + (y1 - y0) ** 2);
    const [nr, ny] = [(y1 - y0) / length, (r0 - r1) / length];
    rows.push({r: r0, y: y0, along, nr, ny}, {r: r1, y: y1, along: along + length, nr, ny});
    along += length;
  }
  for (let i = 1; i + 1 < rows.length; i += 2) {
    const [a, b] = [rows[i]!, rows[i + 1]!];
    if (a.nr * b.nr + a.ny * b.ny < 0.5) continue;
    const [nr, ny] = [a.nr + b.nr, a.ny + b.ny];
    const length = Math.sqrt(nr * nr + ny * ny);
    a.nr = b.nr = nr / length;
    a.ny = b.ny = ny / length;
  }
  const points = Array.from({length: around}, (_, j) => circle(j / around));
  for (const {r, y, along: at, nr, ny} of rows)
    for (let j = 0; j <= around; j++) {
      const [c, s] = points[j % around]!;
      mesh.positions.push(r * c, y, r * s);
      mesh.normals.push(nr * c, ny, nr * s);
      mesh.uvs.push((2 * j) / around, at / along); // a whole number of mirrored repeats closes
    }
  const width = around + 1;
  for (let row = 0; row + 1 < rows.length; row += 2)
    for (let j = 0; j < around; j++) {
      const a = row * width + j;
      mesh.triangles.push(a, a + width, a + 1, a + 1, a + width, a + width + 1);
    }
  return mesh;
}

/** A ball whose lowest point is at height `y` − radius. */
export const ball = (radius: number, y: number, rows = 12): Mesh =>
  lathe(
    Array.from({length: rows + 1}, (_, i) => {
      // exactly on the axis at both poles, so that no hole is left
      const [c, s] = circle(i / rows / 2 - 0.25);
      return [radius * c, y + radius * s] as const;
    }),
  );

/** A closed cylinder, or cone, with its radius at the bottom and at the top. */
export const cylinder = (bottom: number, top: number, low: number, high: number, around = AROUND): Mesh =>
  lathe([[0, low], [bottom, low], [top, high], ...(top > 0 ? ([[0, high]] as const) : [])], around);

/** A box around the origin. */
export function box(width: number, height: number, depth: number): Mesh {
  const mesh: Mesh = {positions: [], normals: [], uvs: [], triangles: []};
  const half = [width / 2, height / 2, depth / 2];
  for (const axis of [0, 1, 2])
    for (const sign of [-1, 1]) {
      const [u, v] = [(axis + 1) % 3, (axis + 2) % 3];
      const first = mesh.positions.length / 3;
      for (const [a, b] of [
        [-1, -1],
        [1, -1],
        [1, 1],
        [-1, 1],
      ] as const) {
        const at = [0, 0, 0];
        at[axis] = sign * half[axis]!;
        at[u] = a * half[u]!;
        at[v] = b * half[v]!;
        mesh.positions.push(...at);
        const normal = [0, 0, 0];
        normal[axis] = sign;
        mesh.normals.push(...normal);
        mesh.uvs.push((a + 1) * half[u]!, (b + 1) * half[v]!);
      }
      mesh.triangles.push(first, first + 1, first + 2, first, first + 2, first + 3);
    }
  return mesh;
}

/**
 * A ring in the plane of x and y around the origin.
 * @param radius From the origin to the middle of the tube.
 */
export function ring(radius: number, tube: number, around = AROUND, across = 10): Mesh {
  const mesh: Mesh = {positions: [], normals: [], uvs: [], triangles: []};
  for (let i = 0; i <= around; i++) {
    const [ca, sa] = circle((i % around) / around);
    for (let j = 0; j <= across; j++) {
      const [cb, sb] = circle((j % across) / across);
      mesh.positions.push((radius + tube * cb) * ca, (radius + tube * cb) * sa, tube * sb);
      mesh.normals.push(cb * ca, cb * sa, sb);
      mesh.uvs.push((2 * i) / around, (0.5 * j) / across);
    }
  }
  for (let i = 0; i < around; i++)
    for (let j = 0; j < across; j++) {
      const a = i * (across + 1) + j;
      const b = a + across + 1;
      mesh.triangles.push(a, b, a + 1, a + 1, b, b + 1);
    }
  return mesh;
}

/** How a mesh is stretched, then turned about the vertical axis, then moved. */
export interface Placement {
  /** @default [0, 0, 0] */
  to?: readonly [x: number, y: number, z: number];
  /** Share of a full turn, from z toward x. @default 0 */
  turn?: number;
  /** @default [1, 1, 1] */
  stretch?: readonly [x: number, y: number, z: number];
}

/** The mesh elsewhere. */
export function placed(
  {positions, normals, uvs, triangles}: Mesh,
  {to = [0, 0, 0], turn = 0, stretch = [1, 1, 1]}: Placement,
): Mesh {
  const [c, s] = circle(turn);
  const moved: Mesh = {positions: [], normals: [], uvs, triangles};
  for (let i = 0; i < positions.length; i += 3) {
    const [x, y, z] = [positions[i]! * stretch[0], positions[i + 1]! * stretch[1], positions[i + 2]! * stretch[2]];
    moved.positions.push(c * x + s * z + to[0], y + to[1], -s * x + c * z + to[2]);
    const [a, b, d] = [normals[i]! / stretch[0], normals[i + 1]! / stretch[1], normals[i + 2]! / stretch[2]];
    const length = Math.sqrt(a * a + b * b + d * d);
    moved.normals.push((c * a + s * d) / length, b / length, (-s * a + c * d) / length);
  }
  return moved;
}

/** The mesh lying down: its vertical axis becomes z. */
export function lying({positions, normals, uvs, triangles}: Mesh): Mesh {
  const down = (values: number[]) =>
    values.map((value, i) => {
      if (i % 3 === 1) return -values[i + 1]!;
      return i % 3 === 2 ? values[i - 1]! : value;
    });
  return {positions: down(positions), normals: down(normals), uvs, triangles};
}
