// Decodes images at their own sizes, several at a time, and refuses early what would not fit in
// memory.

import {createHash} from 'node:crypto';
import os from 'node:os';
import {check} from '../../check';
import {concurrently} from '../concurrently';
import {decodeImage} from './images';
import type {LargeImage} from '../largeImages';
import {checkMemory} from '../memory';

export interface LargeOptions {
  /**
   * Pixels of the shorter side, to which larger images are scaled down; smaller ones stay as they
   * are.
   * @default as in the files
   */
  size?: number;
  /** Is told how it goes, a line at a time. @default console.log */
  log?: (line: string) => void;
  signal?: AbortSignal;
}

/** An image file that is read when its turn comes. */
export type ImageFile = {name: string; read(): Promise<Uint8Array>};

/**
 * @returns The images in the order of the files, and the SHA-256 of each file.
 * @throws RangeError of `caller` when the size is no whole number from 1, or, as soon as the first
 * images tell it, when all do not fit in memory; UnreadableImage naming a file that is damaged; the
 * signal's reason.
 */
export async function decodeLarge(
  caller: string,
  files: readonly ImageFile[],
  {size, log, signal}: LargeOptions & {log: (line: string) => void; signal: AbortSignal},
): Promise<{images: LargeImage[]; digests: string[]}> {
  check(
    size === undefined || (Number.isInteger(size) && size >= 1),
    caller,
    `expected size as a whole number of pixels from 1, got ${size}`,
  );
  const images: LargeImage[] = new Array(files.length);
  const digests: string[] = new Array(files.length);
  let [done, bytes, said] = [0, 0, performance.now()];
  await concurrently(files.length, os.availableParallelism() + 1, async i => {
    signal.throwIfAborted();
    const {name, read} = files[i]!;
    const source = await read();
    const whole = await decodeImage(source, {name});
    images[i] = {
      name,
      ...(size !== undefined && Math.min(whole.height, whole.width) > size
        ? await decodeImage(source, {name, size})
        : whole),
    };
    digests[i] = createHash('sha256').update(source).digest('hex');
    bytes += images[i].pixels.length;
    done++;
    checkMemory(
      (bytes / done) * (files.length - done),
      caller,
      `${files.length - done} more, as large as the first ${done}`,
      'scale them down with a smaller size, or take fewer',
    );
    if (performance.now() - said > 5000) {
      log(`${caller}: ${done} of ${files.length} images`);
      said = performance.now();
    }
  });
  return {images, digests};
}
