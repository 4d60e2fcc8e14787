// Images that stay in their files: decoded when they are asked for.

import {interruptSignal, unlessAborted} from '../../interrupt';
import {turns} from '../concurrently';
import type {ReadImages} from '../dataset';
import {decodeImage, type DecodeOptions} from './images';
import {checkMemory} from '../memory';

/**
 * Images of all data sets that are handed to sharp at a time. It decodes a few of them at once, in
 * threads of its own, also while a training step blocks this thread: the others keep those threads
 * busy until the step ends. Measured beside such steps, 300 px to 224 px on two cores: 257 images a
 * second with 64, 180 with 8, 188 by worker threads.
 */
const WINDOW = 64;

const turn = turns(WINDOW);

/**
 * A batch of images, each put into its row by a job of its own, a few at a time.
 *
 * @param bytes Of one image.
 * @param read Of the image `index`, writes into `into`.
 * @throws RangeError of `caller` when the batch does not fit in memory; what `read` throws; the
 * signal's reason. Then no further job starts.
 */
export async function readRows(
  indices: Int32Array,
  bytes: number,
  {caller, what, signal = interruptSignal()}: {caller: string; what: string; signal?: AbortSignal},
  read: (index: number, into: Uint8Array) => Promise<void>,
): Promise<Uint8Array> {
  signal.throwIfAborted();
  checkMemory(
    indices.length * bytes,
    caller,
    `a batch of ${indices.length} of ${what}`,
    'choose a smaller batch or size',
  );
  const rows = new Uint8Array(indices.length * bytes);
  let over = false;
  const jobs = Array.from(indices, (index, i) =>
    turn(async () => {
      // otherwise nobody waits for it any more
      if (!over) await read(index, rows.subarray(i * bytes, (i + 1) * bytes));
    }),
  );
  try {
    await unlessAborted(Promise.all(jobs), signal);
    return rows;
  } finally {
    over = true;
  }
}

/**
 * Reads the images of these files as squares of one size.
 *
 * @throws RangeError naming a file that cannot be read any more.
 */
export function storedImages(
  files: readonly string[],
  {size, fit}: Required<Pick<DecodeOptions, 'size' | 'fit'>>,
): ReadImages {
  return (indices, {signal} = {}) =>
    readRows(
      indices,
      size * size * 3,
      {caller: 'imageFolder', what: `${size} × ${size} pixels`, signal},
      async (index, into) => {
        const file = files[index]!;
        try {
          into.set((await decodeImage(file, {size, fit})).pixels);
        } catch (error) {
          throw new RangeError(
            `imageFolder: expected ${file} to be as it was when the folder was loaded, got ` +
              `${error instanceof Error ? error.message : error}; put it back, or load the folder again`,
            {cause: error},
          );
        }
      },
    );
}
