// Textures in halves of their size, so that a surface far away is read from few texels that are
// means of many. Williams 1983, "Pyramidal Parametrics".

import {check} from '../check';

/** A picture and its halves down to one texel; RGB bytes. */
export interface Texture {
  /** From the whole to one texel; level l is `size` / 2^l wide and high. */
  levels: readonly Uint8Array[];
  size: number;
}

/**
 * @param pixels RGB bytes [size, size, 3].
 * @throws RangeError when the size is no power of two, or the bytes are not as many.
 */
export function texture(pixels: Uint8Array, size: number): Texture {
  check(
    size >= 1 && Number.isInteger(Math.log2(size)) && pixels.length === size * size * 3,
    'texture',
    `expected the ${size * size * 3} bytes of a square of a power of two, got ${pixels.length} for ${size} × ${size}`,
  );
  const levels = [pixels];
  for (let width = size / 2; width >= 1; width /= 2) {
    const above = levels.at(-1)!;
    const level = new Uint8Array(width * width * 3);
    for (let y = 0; y < width; y++)
      for (let x = 0; x < width; x++)
        for (let c = 0; c < 3; c++) {
          const at = (2 * y * 2 * width + 2 * x) * 3 + c;
          const below = at + 2 * width * 3;
          level[(y * width + x) * 3 + c] = (above[at]! + above[at + 3]! + above[below]! + above[below + 3]! + 2) / 4;
        }
    levels.push(level);
  }
  return {levels, size};
}

/**
 * Reads a texture between its four nearest texels, from the level whose texels are about as large as
 * what one pixel sees. Every second repeat is mirrored, so that no seam shows.
 *
 * @param u, v Place; 1 is one repeat.
 * @param footprint Texels of the whole texture that one pixel spans.
 * @param out Receives red, green and blue, 0 to 255.
 */
export function readTexture({levels, size}: Texture, u: number, v: number, footprint: number, out: Float64Array): void {
  let level = 0;
  let width = size;
  for (let span = footprint; span >= 2 && width > 1; span /= 2) {
    width /= 2;
    level++;
  }
  const bytes = levels[level]!;
  const x = u * width - 0.5;
  const y = v * width - 0.5;
  const left = Math.floor(x);
  const top = Math.floor(y);
  const right = x - left;
  const low = y - top;
  const x0 = mirrored(left, width) * 3;
  const x1 = mirrored(left + 1, width) * 3;
  const y0 = mirrored(top, width) * width * 3;
  const y1 = mirrored(top + 1, width) * width * 3;
  for (let c = 0; c < 3; c++) {
    const above = bytes[y0 + x0 + c]! * (1 - right) + bytes[y0 + x1 + c]! * right;
    const below = bytes[y1 + x0 + c]! * (1 - right) + bytes[y1 + x1 + c]! * right;
    out[c] = above * (1 - low) + below * low;
  }
}

/** A texel's place within one repeat; `width` is a power of two. */
function mirrored(at: number, width: number): number {
  const within = at & (2 * width - 1);
  return within < width ? within : 2 * width - 1 - within;
}
