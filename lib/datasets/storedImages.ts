// Images that stay in their files: decoded when they are asked for.

import {interruptSignal, unlessAborted} from '../interrupt';
import {turns} from './concurrently';
import type {ReadImages} from './dataset';
import {decodeImage, type DecodeOptions} from './images';
import {checkMemory} from './memory';

/**
 * Images of all data sets that are handed to sharp at a time. It decodes a few of them at once, in threads of its own, also while a training step blocks this thread: the others
 * keep those threads busy until the step ends. Measured beside such steps, 300 px to 224 px on two cores: 257 images a second with 64, 180 with 8, 188 by worker threads.
 */
const WINDOW = 64;

const turn = turns(WINDOW);

/**
 * Reads the images of these files as squares of one size.
 *
 * @throws RangeError naming a file that cannot be read any more.
 */
export function storedImages(files: readonly string[], {size, fit}: Required<Pick<DecodeOptions, 'size' | 'fit'>>): ReadImages {
  const bytes = size * size * 3;
  return async (indices, {signal = interruptSignal()} = {}) => {
    signal.throwIfAborted();
    checkMemory(indices.length * bytes, 'imageFolder', `a batch of ${indices.length} of ${size} × ${size} pixels`, 'choose a smaller batch or size');
    const pixels = new Uint8Array(indices.length * bytes);
    let over = false;
    const decoded = Array.from(indices, (index, i) => turn(async () => {
      if (over) return;   // nobody waits for it any more
      const file = files[index]!;
      try {
        pixels.set((await decodeImage(file, {size, fit})).pixels, i * bytes);
      } catch (error) {
        throw new RangeError(`imageFolder: expected ${file} to be as it was when the folder was loaded, got ${error instanceof Error ? error.message : error}; put it back, or load the folder again`, {cause: error});
      }
    }));
    try {
      await unlessAborted(Promise.all(decoded), signal);
      return pixels;
    } finally {
      over = true;
    }
  };
}
