// Reads IDX, the format of MNIST's files: a type, the sizes, then the values, big-endian. Described
// on LeCun, Cortes & Burges, "The MNIST database".

import {check} from '../../check';

export interface Idx {
  shape: number[];
  /** Row-major; unsigned bytes stay bytes and share memory with `bytes`. */
  values: Uint8Array | Float64Array;
}

/** By the third byte of the file. */
const types: Record<number, {size: number; read: (view: DataView, at: number) => number}> = {
  0x08: {size: 1, read: (view, at) => view.getUint8(at)},
  0x09: {size: 1, read: (view, at) => view.getInt8(at)},
  0x0b: {size: 2, read: (view, at) => view.getInt16(at)},
  0x0c: {size: 4, read: (view, at) => view.getInt32(at)},
  0x0d: {size: 4, read: (view, at) => view.getFloat32(at)},
  0x0e: {size: 8, read: (view, at) => view.getFloat64(at)},
};

/**
 * @param bytes The whole file, unpacked.
 * @param name Stands in errors.
 * @throws RangeError when it is no IDX file, packed, or shorter or longer than its head says.
 */
export function parseIdx(bytes: Uint8Array, name = 'the file'): Idx {
  check(
    !(bytes[0] === 0x1f && bytes[1] === 0x8b),
    'parseIdx',
    `expected an unpacked IDX file, got ${name}, which is gzipped; unpack it first`,
  );
  const type = types[bytes[2] ?? -1];
  check(
    bytes.length >= 4 && bytes[0] === 0 && bytes[1] === 0 && type !== undefined,
    'parseIdx',
    `expected an IDX file (two zero bytes, a type from 08 to 0e, the number of axes), got ${name}, which ` +
      `begins with ${Buffer.from(bytes.subarray(0, 4)).toString('hex') || 'nothing'}`,
  );
  const axes = bytes[3]!;
  const head = 4 + 4 * axes;
  check(
    bytes.length >= head,
    'parseIdx',
    `expected the sizes of ${axes} axes, got ${name}, which ends after ${bytes.length} bytes`,
  );
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({length: axes}, (_, axis) => view.getUint32(4 + 4 * axis));
  const count = shape.reduce((product, size) => product * size, 1);
  check(
    bytes.length === head + count * type.size,
    'parseIdx',
    `expected ${head + count * type.size} bytes for the shape [${shape}], got ${name} of ${bytes.length}`,
  );
  return {
    shape,
    values:
      bytes[2] === 0x08
        ? bytes.subarray(head)
        : Float64Array.from({length: count}, (_, i) => type.read(view, head + i * type.size)),
  };
}
