// A scene as a list of triangles, each with what it belongs to.

import {categories} from './categories';
import {box, placed, type Mesh} from './mesh';
import {groundHalf, wallHeight, type Material, type Scene} from './scene';

/** What a triangle or a pixel belongs to where it is no object; objects count from 0. */
export const owners = {ground: -1, wall: -2, sky: -3} as const;

/** Triangles of a scene, three corners each. */
export interface Surfaces {
  count: number;
  /** [9 · count] corners, and [9 · count] normals there. */
  positions: Float64Array;
  normals: Float64Array;
  /** [6 · count] places in the texture, in repeats. */
  uvs: Float64Array;
  /** [count] object, or one of {@link owners}. */
  owner: Int16Array;
  /** [count] into `materials`. */
  material: Int16Array;
  materials: Material[];
  /** [count] repeats of the texture over a length of 1. */
  density: Float64Array;
}

/** The triangles of a scene; those of the ground and of the walls come first. */
export function surfacesOf({objects, ground: below, walls}: Scene): Surfaces {
  const pieces: {mesh: Mesh; owner: number; material: Material}[] = [
    {mesh: floor(), owner: owners.ground, material: below},
    ...(walls ? [0, 1, 2, 3].map(side => ({mesh: wallOf(side), owner: owners.wall, material: walls})) : []),
    ...objects.flatMap(({category, shape, materials, at, turn, scale}, owner) =>
      categories[category].parts(shape).map(([mesh, material]) => ({
        mesh: placed(placed(mesh, {stretch: [scale, scale, scale]}), {to: [at[0], 0, at[1]], turn}),
        owner,
        material: materials[material],
      })),
    ),
  ];
  const count = pieces.reduce((sum, {mesh}) => sum + mesh.triangles.length / 3, 0);
  const made: Surfaces = {
    count,
    positions: new Float64Array(9 * count),
    normals: new Float64Array(9 * count),
    uvs: new Float64Array(6 * count),
    owner: new Int16Array(count),
    material: new Int16Array(count),
    materials: pieces.map(({material}) => material),
    density: new Float64Array(count),
  };
  let k = 0;
  pieces.forEach(({mesh, owner, material: {repeat}}, piece) => {
    for (let i = 0; i < mesh.triangles.length; i += 3, k++) {
      for (let e = 0; e < 3; e++) {
        const corner = mesh.triangles[i + e]!;
        for (let axis = 0; axis < 3; axis++) {
          made.positions[9 * k + 3 * e + axis] = mesh.positions[3 * corner + axis]!;
          made.normals[9 * k + 3 * e + axis] = mesh.normals[3 * corner + axis]!;
        }
        made.uvs[6 * k + 2 * e] = mesh.uvs[2 * corner]! * repeat;
        made.uvs[6 * k + 2 * e + 1] = mesh.uvs[2 * corner + 1]! * repeat;
      }
      made.owner[k] = owner;
      made.material[k] = piece;
      made.density[k] = densityOf(made, k);
    }
  });
  return made;
}

/** The square under everything; it takes a texture as often as its length says. */
function floor(): Mesh {
  const mesh = box(2 * groundHalf, 0, 2 * groundHalf);
  return {...mesh, triangles: mesh.triangles.slice(18, 24)}; // of the six faces the upper one
}

/** One of the four walls, seen from inside. */
function wallOf(side: number): Mesh {
  const mesh = placed(box(2 * groundHalf, wallHeight, 0), {to: [0, wallHeight / 2, 0]});
  const inner = {...mesh, triangles: mesh.triangles.slice(30, 36)};
  return placed(placed(inner, {to: [0, 0, -groundHalf]}), {turn: side / 4});
}

/** Repeats of the texture over a length of 1: the root of the ratio of both areas. */
function densityOf({positions: p, uvs}: Surfaces, k: number): number {
  const [o, q] = [9 * k, 6 * k];
  const [bx, by, bz] = [p[o + 3]! - p[o]!, p[o + 4]! - p[o + 1]!, p[o + 5]! - p[o + 2]!];
  const [cx, cy, cz] = [p[o + 6]! - p[o]!, p[o + 7]! - p[o + 1]!, p[o + 8]! - p[o + 2]!];
  const [x, y, z] = [by * cz - bz * cy, bz * cx - bx * cz, bx * cy - by * cx];
  const area = Math.sqrt(x * x + y * y + z * z);
  const [bu, bv] = [uvs[q + 2]! - uvs[q]!, uvs[q + 3]! - uvs[q + 1]!];
  const [cu, cv] = [uvs[q + 4]! - uvs[q]!, uvs[q + 5]! - uvs[q + 1]!];
  return area === 0 ? 0 : Math.sqrt(Math.abs(bu * cv - bv * cu) / area);
}
