// Writes MAT-files of version 5, as SVHN's are: arrays of bytes, packed or not.

import {deflateSync} from 'node:zlib';

export interface MatFileArray {
  name: string;
  shape: number[];
  /** @default 'uint8' */
  type?: 'uint8' | 'double';
  /** The first axis runs fastest. */
  values: Uint8Array;
}

const words = (...values: number[]) => Buffer.from(Uint32Array.from(values).buffer);
const padded = (bytes: Uint8Array) => Buffer.concat([bytes, Buffer.alloc((8 - (bytes.length % 8)) % 8)]);
const element = (type: number, bytes: Uint8Array) => Buffer.concat([words(type, bytes.length), padded(bytes)]);

export function matFile(arrays: MatFileArray[], {packed = true} = {}): Buffer {
  const head = Buffer.alloc(128, ' ');
  head.write('MATLAB 5.0 MAT-file');
  head.set([0, 1, 0x49, 0x4d], 124); // 'IM': little-endian
  return Buffer.concat([
    head,
    ...arrays.map(({name, shape, type = 'uint8', values}) => {
      const array = element(
        14,
        Buffer.concat([
          element(6, words(type === 'uint8' ? 9 : 6, 0)),
          element(5, words(...shape)),
          element(1, Buffer.from(name)),
          element(2, values),
        ]),
      );
      if (!packed) return array;
      const deflated = deflateSync(array);
      return Buffer.concat([words(15, deflated.length), deflated]);
    }),
  ]);
}
