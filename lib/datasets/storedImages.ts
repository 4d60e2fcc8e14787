// Images that stay in their files: decoded when they are asked for.

import os from 'node:os';
import {interruptSignal} from '../interrupt';
import {concurrently} from './concurrently';
import type {ReadImages} from './dataset';
import {decodeImage, type DecodeOptions} from './images';
import {checkMemory} from './memory';

/** Reads the images of these files as squares of one size. @throws RangeError naming a file that cannot be read any more. */
export function storedImages(files: readonly string[], {size, fit}: Required<Pick<DecodeOptions, 'size' | 'fit'>>): ReadImages {
  const bytes = size * size * 3;
  return async (indices, {signal = interruptSignal()} = {}) => {
    checkMemory(indices.length * bytes, 'imageFolder', `a batch of ${indices.length} of ${size} × ${size} pixels`, 'choose a smaller batch or size');
    const pixels = new Uint8Array(indices.length * bytes);
    await concurrently(indices.length, os.availableParallelism() + 1, async i => {
      signal.throwIfAborted();
      const file = files[indices[i]!]!;
      try {
        pixels.set((await decodeImage(file, {size, fit})).pixels, i * bytes);
      } catch (error) {
        throw new RangeError(`imageFolder: expected ${file} to be as it was when the folder was loaded, got ${error instanceof Error ? error.message : error}; put it back, or load the folder again`, {cause: error});
      }
    });
    return pixels;
  };
}
