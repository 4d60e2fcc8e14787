// A small file in CIFAR-10's format, of noise: for tests of presets that would download the real
// one.

import {pack, record} from '../datasets/cifar';
import {hashed} from '../reference/hashed';

/** Records of noise, ten classes in turn. */
const noise = (name: string, count: number) =>
  Buffer.concat(
    Array.from({length: count}, (_, i) => {
      const image = record([i % 10], 0);
      hashed(`${name} ${i}`, [3072]).forEach((value, at) => {
        image[1 + at] = Math.floor(127.5 * (value + 1));
      });
      return image;
    }),
  );

/** Writes the archive. @param images Of each of the five training files. @returns Its SHA-256. */
export function packNoise(files: string, {images, test}: {images: number; test: number}): string {
  const batches = Object.fromEntries([1, 2, 3, 4, 5].map(i => [`data_batch_${i}.bin`, noise(`train ${i}`, images)]));
  return pack(files, 'cifar-10-binary.tar.gz', 'cifar-10-batches-bin', {
    ...batches,
    'test_batch.bin': noise('test', test),
    'batches.meta.txt': 'abcdefghij'.split('').join('\n'),
  }).sha256;
}
