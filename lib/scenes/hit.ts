// Where a ray meets a triangle, and what the surface is like there.

import type {Surfaces} from './surfaces';

/** Where a ray meets a triangle. */
export class Hit {
  depth = 0;
  x = 0;
  y = 0;
  z = 0;
  nx = 0;
  ny = 0;
  nz = 0;
  u = 0;
  v = 0;

  constructor(
    private readonly surfaces: Surfaces,
    private readonly eye: readonly [number, number, number],
  ) {}

  /**
   * Meets the plane of triangle k, and mixes what its corners have there; beyond an edge as at the
   * edge.
   */
  at(k: number, ray: Float64Array): void {
    const {positions: p, normals: n, uvs} = this.surfaces;
    const o = 9 * k;
    const ax = p[o]! - this.eye[0];
    const ay = p[o + 1]! - this.eye[1];
    const az = p[o + 2]! - this.eye[2];
    const bx = p[o + 3]! - p[o]!;
    const by = p[o + 4]! - p[o + 1]!;
    const bz = p[o + 5]! - p[o + 2]!;
    const cx = p[o + 6]! - p[o]!;
    const cy = p[o + 7]! - p[o + 1]!;
    const cz = p[o + 8]! - p[o + 2]!;
    const rx = ray[0]!;
    const ry = ray[1]!;
    const rz = ray[2]!;
    // at right angles to the plane; its length is twice the triangle's area
    const px = by * cz - bz * cy;
    const py = bz * cx - bx * cz;
    const pz = bx * cy - by * cx;
    this.depth = (px * ax + py * ay + pz * az) / (px * rx + py * ry + pz * rz);
    const vx = this.depth * rx - ax;
    const vy = this.depth * ry - ay;
    const vz = this.depth * rz - az;
    this.x = this.eye[0] + this.depth * rx;
    this.y = this.eye[1] + this.depth * ry;
    this.z = this.eye[2] + this.depth * rz;
    // shares of the corners: areas of the triangles that the point makes with the others' edges
    const square = px * px + py * py + pz * pz;
    const ofB = (px * (vy * cz - vz * cy) + py * (vz * cx - vx * cz) + pz * (vx * cy - vy * cx)) / square;
    const ofC = (px * (by * vz - bz * vy) + py * (bz * vx - bx * vz) + pz * (bx * vy - by * vx)) / square;
    const second = Math.min(1, Math.max(0, ofB));
    const third = Math.min(1 - second, Math.max(0, ofC));
    const first = 1 - second - third;
    let nx = n[o]! * first + n[o + 3]! * second + n[o + 6]! * third;
    let ny = n[o + 1]! * first + n[o + 4]! * second + n[o + 7]! * third;
    let nz = n[o + 2]! * first + n[o + 5]! * second + n[o + 8]! * third;
    const length = Math.sqrt(nx * nx + ny * ny + nz * nz) * (nx * rx + ny * ry + nz * rz > 0 ? -1 : 1);
    nx /= length;
    ny /= length;
    nz /= length;
    this.nx = nx;
    this.ny = ny;
    this.nz = nz;
    const q = 6 * k;
    this.u = uvs[q]! * first + uvs[q + 2]! * second + uvs[q + 4]! * third;
    this.v = uvs[q + 1]! * first + uvs[q + 3]! * second + uvs[q + 5]! * third;
  }
}
