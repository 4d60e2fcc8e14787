// How much of a set's images is flat: a patch without detail is filled in by its neighbors'
// color, and teaches a masked model nothing more.

import {check} from '../check';
import {imagesAt, range, type Dataset} from './dataset';

/** Side of a patch, and below which deviation it is flat. */
export interface FlatPatchesOptions {
  /** Side of a patch in pixels. @default 4 */
  patch?: number;
  /**
   * A patch is flat when the standard deviation of every channel stays below this many of 255
   * steps.
   * @default 2
   */
  below?: number;
}

/**
 * Share of an image's patches that are flat.
 *
 * @param pixels Row-major bytes of [h, w, c]; pixels that fill no whole patch at the lower and
 * right border are left out.
 * @returns 0 to 1; an image of one color gives 1.
 */
export function flatShare(
  pixels: Uint8Array,
  [h, w, c]: readonly [number, number, number],
  {patch = 4, below = 2}: FlatPatchesOptions = {},
): number {
  const [rows, columns] = [Math.floor(h / patch), Math.floor(w / patch)];
  check(
    Number.isInteger(patch) && patch >= 1 && rows >= 1 && columns >= 1,
    'flatShare',
    `expected patches of at least 1 pixel that fit into ${h} × ${w}, got ${patch}`,
  );
  const count = patch * patch;
  let flat = 0;
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      let detailed = false;
      for (let channel = 0; channel < c && !detailed; channel++) {
        let [sum, squares] = [0, 0];
        for (let y = row * patch; y < (row + 1) * patch; y++)
          for (let x = column * patch; x < (column + 1) * patch; x++) {
            const value = pixels[(y * w + x) * c + channel]!;
            sum += value;
            squares += value * value;
          }
        // variance ≥ below², in whole numbers
        detailed = count * squares - sum * sum >= (below * count) ** 2;
      }
      if (!detailed) flat++;
    }
  return flat / (rows * columns);
}

/**
 * Mean of `flatShare` over a data set's images.
 * @param indices Images that count.
 * @default all
 */
export async function meanFlatShare(
  dataset: Dataset,
  indices: Int32Array = range(0, dataset.shape[0]),
  options: FlatPatchesOptions = {},
): Promise<number> {
  check(indices.length > 0, 'meanFlatShare', 'expected at least one image, got none');
  const [, h, w, c] = dataset.shape;
  const size = h * w * c;
  let sum = 0;
  for (let first = 0; first < indices.length; first += 512) {
    const images = await imagesAt(dataset, indices.subarray(first, first + 512));
    for (let at = 0; at < images.length; at += size)
      sum += flatShare(images.subarray(at, at + size), [h, w, c], options);
  }
  return sum / indices.length;
}
