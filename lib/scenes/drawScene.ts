// A scene as a camera sees it: its image, and of each pixel what it shows, how far away and how it
// is inclined.

import {check} from '../check';
import {circle} from './circle';
import {Hit} from './hit';
import {rasterize, samplesOf, type Samples} from './rasterize';
import {checkScene, type Camera, type Scene} from './scene';
import {lightOf, type Light} from './shadow';
import {owners, surfacesOf, type Surfaces} from './surfaces';
import {readTexture, type Texture} from './texture';

/** An image with its exact channels; all are row by row from the upper left. */
export interface Drawing {
  size: number;
  /** [size, size, 3] RGB bytes. */
  image: Uint8Array;
  /**
   * [size, size] what is seen: an object's number in the scene, or one of {@link owners}, which are
   * below 0.
   */
  owner: Int16Array;
  /** [size, size] along the camera's axis, not along the ray; Infinity in the sky. */
  depth: Float32Array;
  /**
   * [size, size, 3] of length 1, toward the camera, in its frame: x to the right, y up, z ahead; 0
   * in the sky.
   */
  normal: Float32Array;
}

/** Options of {@link drawScene}. */
export interface DrawOptions {
  /** Pixels on a side, at least 16. */
  size: number;
  /** What the materials' numbers stand for. @default none */
  textures?: readonly Texture[];
}

/** Samples of a pixel on a side. */
const SAMPLES = 2;

/** In place of a surface's number, when it has been shaded. */
const SHADED = -2;

/** Light that reaches every surface, how much more those that face up, and that of the sun. */
const [AMBIENT, FROM_ABOVE, SUN] = [0.45, 0.15, 0.6];
/** Share of the sun's light that is left in a shadow. */
const IN_SHADOW = 0.15;

/**
 * Draws a scene: a z-buffer of 2 × 2 samples a pixel, each surface of a pixel shaded once (Lambert's
 * law, one sun with its shadow), textures read from levels of halved size. Owner, depth and normal
 * are exact for the upper left sample of each pixel, a quarter of a pixel from its corner. The same
 * scene and textures give the same bytes on every machine: only additions, multiplications,
 * divisions and square roots decide them.
 *
 * @throws RangeError when the size is no whole number from 16, an object has no such category or
 * another number of proportions, or a texture is not there.
 *
 * @example
 * ```ts
 * import {drawScene, randomScene} from 'ssl-workbench';
 * const scene = randomScene(7, {textures: 0});
 * const {image, depth} = drawScene(scene, {size: 64});
 * ```
 */
export function drawScene(scene: Scene, {size, textures = []}: DrawOptions): Drawing {
  check(Number.isInteger(size) && size >= 16, 'drawScene', `expected a size of at least 16 whole pixels, got ${size}`);
  checkScene(scene, textures.length);
  const surfaces = surfacesOf(scene);
  const view = viewOf(scene.camera);
  const samples = samplesFor(size * SAMPLES);
  rasterize(samples, inFrame(surfaces, view), surfaces.count, scene.camera.focal);
  return shade(scene, {surfaces, view, samples, light: lightOf(scene, surfaces), textures, size});
}

/** Room for samples, kept from drawing to drawing. */
let kept = samplesOf(0);
const samplesFor = (side: number) => (kept = kept.side === side ? kept : samplesOf(side));

/** Where a camera stands, and the axes of its frame. */
interface View {
  eye: readonly [x: number, y: number, z: number];
  /** To the right, up, ahead. */
  axes: readonly number[];
}

function viewOf({target, distance, around, elevation}: Camera): View {
  const [c, s] = circle(around);
  const [flat, up] = circle(elevation);
  const back = [flat * c, up, flat * s] as const;
  return {
    eye: [target[0] + distance * back[0], target[1] + distance * back[1], target[2] + distance * back[2]],
    axes: [s, 0, -c, -up * c, flat, -up * s, -back[0], -back[1], -back[2]],
  };
}

/** All corners in the camera's frame. */
function inFrame({positions, count}: Surfaces, {eye, axes}: View): Float64Array {
  const moved = new Float64Array(9 * count);
  for (let i = 0; i < moved.length; i += 3) {
    const x = positions[i]! - eye[0];
    const y = positions[i + 1]! - eye[1];
    const z = positions[i + 2]! - eye[2];
    for (let axis = 0; axis < 3; axis++)
      moved[i + axis] = axes[3 * axis]! * x + axes[3 * axis + 1]! * y + axes[3 * axis + 2]! * z;
  }
  return moved;
}

interface Shading {
  surfaces: Surfaces;
  view: View;
  samples: Samples;
  light: Light;
  textures: readonly Texture[];
  size: number;
}

function shade(
  {camera: {focal}, sky: {horizon, zenith}}: Scene,
  {surfaces, view: {eye, axes}, samples, light, textures, size}: Shading,
): Drawing {
  const {side, triangle} = samples;
  const {owner, material, materials, density} = surfaces;
  const drawing: Drawing = {
    size,
    image: new Uint8Array(size * size * 3),
    owner: new Int16Array(size * size),
    depth: new Float32Array(size * size),
    normal: new Float32Array(size * size * 3),
  };
  const hit = new Hit(surfaces, eye);
  const ray = new Float64Array(3);
  /** The ray through a point of the image, in samples; its part along the axis is 1. */
  const aim = (column: number, row: number) => {
    const across = (column - side / 2) / ((focal * side) / 2);
    const up = (side / 2 - row) / ((focal * side) / 2);
    for (let axis = 0; axis < 3; axis++) ray[axis] = axes[axis]! * across + axes[3 + axis]! * up + axes[6 + axis]!;
  };
  const texel = new Float64Array(3);
  const color = new Float64Array(3);
  const [sunX, sunY, sunZ] = light.direction;
  /** Adds what a surface sends along the ray, as often as samples see it. */
  const addSurface = (k: number, weight: number) => {
    hit.at(k, ray);
    const {color: own, texture} = materials[material[k]!]!;
    if (texture === null) texel.fill(255);
    else {
      const footprint = (hit.depth / ((focal * size) / 2)) * density[k]! * textures[texture]!.size;
      readTexture(textures[texture]!, hit.u, hit.v, footprint, texel);
    }
    let sun = Math.max(0, hit.nx * sunX + hit.ny * sunY + hit.nz * sunZ);
    if (sun > 0 && light.shadowed(hit)) sun *= IN_SHADOW;
    const received = AMBIENT + FROM_ABOVE * hit.ny + SUN * sun;
    for (let c = 0; c < 3; c++) color[c]! += weight * Math.min(255, texel[c]! * own[c]! * received);
  };
  const addSky = (weight: number) => {
    const high = Math.max(0, ray[1]! / Math.sqrt(ray[0]! ** 2 + ray[1]! ** 2 + ray[2]! ** 2));
    for (let c = 0; c < 3; c++)
      color[c]! += weight * Math.min(255, 255 * (horizon[c]! * (1 - high) + zenith[c]! * high));
  };
  const count = SAMPLES * SAMPLES;
  /** Of a pixel's samples: the triangle, and the surface that it is a part of; −1 is the sky. */
  const seen = new Int32Array(count);
  const surface = new Int32Array(count);
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      for (let s = 0; s < count; s++) {
        const k = triangle[(y * SAMPLES + Math.floor(s / SAMPLES)) * side + x * SAMPLES + (s % SAMPLES)]!;
        seen[s] = k;
        surface[s] = k < 0 ? -1 : material[k]!;
      }
      color.fill(0);
      for (let left = count, s = 0; left > 0; s++) {
        const shown = surface[s]!;
        if (shown === SHADED) continue;
        let weight = 0;
        let column = 0;
        let row = 0;
        for (let q = s; q < count; q++) {
          if (surface[q] !== shown) continue;
          surface[q] = SHADED;
          weight++;
          column += q % SAMPLES;
          row += Math.floor(q / SAMPLES);
        }
        left -= weight;
        // through the middle of all samples that see this surface
        aim(x * SAMPLES + column / weight + 0.5, y * SAMPLES + row / weight + 0.5);
        if (shown < 0) addSky(weight);
        else addSurface(seen[s]!, weight);
      }
      const pixel = y * size + x;
      for (let c = 0; c < 3; c++) drawing.image[3 * pixel + c] = color[c]! / count + 0.5;
      const k = seen[0]!;
      if (k < 0) {
        drawing.owner[pixel] = owners.sky;
        drawing.depth[pixel] = Infinity;
        continue;
      }
      aim(x * SAMPLES + 0.5, y * SAMPLES + 0.5);
      hit.at(k, ray);
      drawing.owner[pixel] = owner[k]!;
      drawing.depth[pixel] = hit.depth;
      for (let axis = 0; axis < 3; axis++)
        drawing.normal[3 * pixel + axis] =
          axes[3 * axis]! * hit.nx + axes[3 * axis + 1]! * hit.ny + axes[3 * axis + 2]! * hit.nz;
    }
  return drawing;
}
