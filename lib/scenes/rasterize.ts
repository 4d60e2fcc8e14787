// Which triangle each sample of an image sees: a z-buffer over corners on a grid of 1/256 of a
// sample. On that grid the edge functions are whole numbers, exact in double precision, so the edge
// that two triangles share leaves no gap. Pineda 1988, "A Parallel Algorithm for Polygon
// Rasterization".

/** Steps of the grid of corners within one sample. */
const GRID = 256;

/** Depth, before which nothing is drawn. */
const NEAR = 0.05;

/** Samples of an image, row by row. */
export interface Samples {
  side: number;
  /** [side²] depth along the camera's axis; Infinity where nothing is. */
  depth: Float64Array;
  /** [side²] number of the triangle; −1 where nothing is. */
  triangle: Int32Array;
}

/** Room for the samples of a square image. */
export const samplesOf = (side: number): Samples => ({
  side,
  depth: new Float64Array(side * side),
  triangle: new Int32Array(side * side),
});

/** Corners of a triangle after it was cut off, kept between calls. */
const clipped = new Float64Array(12);
/** The same in the image, on the grid: column, row and the inverse of the depth. */
const projected = new Float64Array(12);

/**
 * Fills the samples of a perspective image. Sample (i, j) looks through ((i + ½) / side, (j + ½) /
 * side) of the image.
 *
 * @param corners [9 · count] in the camera's frame: x to the right, y up, z ahead.
 * @param focal In halves of the image's width.
 */
export function rasterize(samples: Samples, corners: Float64Array, count: number, focal: number): void {
  samples.depth.fill(Infinity);
  samples.triangle.fill(-1);
  const half = samples.side / 2;
  const scale = focal * half;
  for (let k = 0; k < count; k++) {
    const length = clip(corners, 9 * k);
    for (let i = 0; i < 3 * length; i += 3) {
      const z = clipped[i + 2]!;
      projected[i] = Math.round((half + (clipped[i]! / z) * scale) * GRID);
      projected[i + 1] = Math.round((half - (clipped[i + 1]! / z) * scale) * GRID);
      projected[i + 2] = 1 / z;
    }
    // triangles of the first corner and of two that follow one another
    for (let q = 2; q < length; q++) fill(samples, k, 3 * (q - 1), 3 * q);
  }
}

/**
 * Cuts a triangle off at {@link NEAR} into `clipped`.
 *
 * @returns How many corners are left: 0, 3 or 4. A cut edge has its new corner where it would have
 * it in the neighbor's triangle, too: it is counted from the end that is kept.
 */
function clip(corners: Float64Array, first: number): number {
  let length = 0;
  for (let e = 0; e < 3; e++) {
    const a = first + 3 * e;
    const b = first + 3 * ((e + 1) % 3);
    const za = corners[a + 2]!;
    const zb = corners[b + 2]!;
    if (za >= NEAR) {
      clipped[3 * length] = corners[a]!;
      clipped[3 * length + 1] = corners[a + 1]!;
      clipped[3 * length++ + 2] = za;
    }
    if (za >= NEAR === zb >= NEAR) continue;
    const kept = za >= NEAR ? a : b;
    const lost = za >= NEAR ? b : a;
    const share = (NEAR - corners[kept + 2]!) / (corners[lost + 2]! - corners[kept + 2]!);
    for (let axis = 0; axis < 2; axis++)
      clipped[3 * length + axis] = corners[kept + axis]! + share * (corners[lost + axis]! - corners[kept + axis]!);
    clipped[3 * length++ + 2] = NEAR;
  }
  return length;
}

/** Writes the triangle of the first corner of `projected` and of those at `second` and `third`. */
function fill({side, depth, triangle}: Samples, k: number, second: number, third: number): void {
  const ax = projected[0]!;
  const ay = projected[1]!;
  const aw = projected[2]!;
  const bx = projected[second]!;
  const by = projected[second + 1]!;
  const bw = projected[second + 2]!;
  const cx = projected[third]!;
  const cy = projected[third + 1]!;
  const cw = projected[third + 2]!;
  const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
  if (area === 0) return;
  const sign = area > 0 ? 1 : -1;
  const x0 = Math.max(0, Math.ceil(Math.min(ax, bx, cx) / GRID - 0.5));
  const x1 = Math.min(side - 1, Math.floor(Math.max(ax, bx, cx) / GRID - 0.5));
  const y0 = Math.max(0, Math.ceil(Math.min(ay, by, cy) / GRID - 0.5));
  const y1 = Math.min(side - 1, Math.floor(Math.max(ay, by, cy) / GRID - 0.5));
  if (x0 > x1) return;
  // what an edge function grows by from one sample to the next
  const stepA = -sign * (cy - by) * GRID;
  const stepB = -sign * (ay - cy) * GRID;
  const whole = Math.abs(area);
  for (let y = y0; y <= y1; y++) {
    const py = y * GRID + GRID / 2;
    const px = x0 * GRID + GRID / 2;
    let a = sign * ((cx - bx) * (py - by) - (cy - by) * (px - bx));
    let b = sign * ((ax - cx) * (py - cy) - (ay - cy) * (px - cx));
    for (let x = x0, at = y * side + x0; x <= x1; x++, at++, a += stepA, b += stepB) {
      const c = whole - a - b;
      if (a < 0 || b < 0 || c < 0) continue;
      const z = whole / (a * aw + b * bw + c * cw);
      if (z < depth[at]!) {
        depth[at] = z;
        triangle[at] = k;
      }
    }
  }
}
