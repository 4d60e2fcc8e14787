import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ball, box, cylinder, lathe, lying, placed, ring, type Mesh} from '../../lib/scenes/mesh';

const corner = ({positions}: Mesh, i: number) => positions.slice(3 * i, 3 * i + 3) as [number, number, number];
const cross = (a: number[], b: number[]) => [
  a[1]! * b[2]! - a[2]! * b[1]!,
  a[2]! * b[0]! - a[0]! * b[2]!,
  a[0]! * b[1]! - a[1]! * b[0]!,
];
const dot = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
const minus = (a: number[], b: number[]) => a.map((value, i) => value - b[i]!);

/** By the divergence theorem, with each triangle turned as its normals say. */
function volume(mesh: Mesh): number {
  let sum = 0;
  for (let i = 0; i < mesh.triangles.length; i += 3) {
    const [a, b, c] = [0, 1, 2].map(e => corner(mesh, mesh.triangles[i + e]!)) as number[][];
    const up = cross(minus(b!, a!), minus(c!, a!));
    const normal = mesh.normals.slice(3 * mesh.triangles[i]!, 3 * mesh.triangles[i]! + 3);
    sum += (Math.sign(dot(up, normal)) * dot(up, a!)) / 6;
  }
  return sum;
}

const near = (got: number, expected: number, tolerance: number) =>
  assert.ok(Math.abs(got - expected) <= tolerance * Math.abs(expected), `${got}, expected ${expected}`);

/** Area of a polygon of n corners, in that of its circle. */
const polygon = (n: number) => (Math.sin((2 * Math.PI) / n) * n) / (2 * Math.PI);

test('volumes are those of the solids, as far as corners can have them', () => {
  near(volume(box(2, 3, 4)), 24, 1e-12);
  near(volume(placed(box(2, 3, 4), {to: [5, 6, 7], turn: 0.13})), 24, 1e-12);
  near(volume(cylinder(0.5, 0.5, 1, 3)), Math.PI * 0.25 * 2 * polygon(20), 1e-12);
  near(volume(cylinder(0.5, 0, 0, 3)), Math.PI * 0.25 * polygon(20), 1e-12);
  near(volume(lying(cylinder(0.5, 0.5, 1, 3))), Math.PI * 0.25 * 2 * polygon(20), 1e-12);
  near(volume(ball(0.5, 2)), (4 / 3) * Math.PI * 0.125, 0.06);
  near(volume(ring(1, 0.25, 60, 40)), 2 * Math.PI ** 2 * 0.0625, 0.01);
  near(volume(placed(ball(0.5, 0), {stretch: [2, 1, 1]})), 2 * volume(ball(0.5, 0)), 1e-12);
});

test('closed solids have no border: every edge lies on two triangles', () => {
  for (const [name, mesh] of Object.entries({
    box: box(1, 2, 3),
    ball: ball(0.5, 1),
    cylinder: cylinder(0.5, 0.3, 0, 1),
    cone: cylinder(0.5, 0, 0, 1),
    ring: ring(1, 0.2),
  })) {
    const edges = new Map<string, number>();
    const id = (i: number) => `${corner(mesh, i).map(value => value + 0)}`; // no −0
    for (let i = 0; i < mesh.triangles.length; i += 3) {
      const ids = [0, 1, 2].map(e => id(mesh.triangles[i + e]!));
      if (new Set(ids).size < 3) continue; // at a pole
      for (const e of [0, 1, 2]) {
        const edge = [ids[e]!, ids[(e + 1) % 3]!].sort().join(' to ');
        edges.set(edge, (edges.get(edge) ?? 0) + 1);
      }
    }
    assert.deepEqual([...new Set(edges.values())], [2], name);
  }
});

test('normals have length 1 and, of a ball, come from its middle; a bend of more than 60° stays an edge', () => {
  const mesh = ball(0.5, 2);
  for (let i = 0; i < mesh.normals.length / 3; i++) {
    const normal = mesh.normals.slice(3 * i, 3 * i + 3);
    near(dot(normal, normal), 1, 1e-12);
    const out = minus(corner(mesh, i), [0, 2, 0]);
    assert.ok(dot(out, normal) > 0.49, `${dot(out, normal)}`);
  }
  const edge = lathe([
    [1, 0],
    [1, 1],
    [0, 1],
  ]);
  const at = (height: number, radius: number) =>
    edge.normals.filter(
      (_, i) =>
        edge.positions[3 * Math.floor(i / 3) + 1] === height &&
        i % 3 === 1 &&
        edge.positions[3 * Math.floor(i / 3)] === radius,
    );
  assert.deepEqual([...new Set(at(1, 1))].sort(), [0, 1]);
});
