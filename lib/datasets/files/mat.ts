// Reads MATLAB's files of versions 5 to 7.2, packed or not: lists their arrays, then reads the
// numbers of those that are asked for. MathWorks, "MAT-File Format", level 5.

import fs from 'node:fs';
import {createInflate} from 'node:zlib';
import {check} from '../../check';

export interface MatArray {
  name: string;
  /** The first axis runs fastest. */
  shape: readonly number[];
  /** MATLAB's name of the class: 'uint8', 'double', 'struct' …. */
  type: string;
  /**
   * The values of an array of unsigned bytes, straight into `into` where that is given: no second
   * copy is made on the way.
   *
   * @throws RangeError when the array is of another class, when `into` is of another length, or
   * when the file is damaged.
   */
  bytes(into?: Uint8Array): Promise<Uint8Array>;
  /**
   * The values of an array of real numbers. Integers of 64 bits are refused, which these numbers
   * cannot hold.
   *
   * @throws RangeError when the array holds anything else, or when the file is damaged.
   */
  values(): Promise<Float64Array>;
}

/** Where an array lies in the file. */
type Place = {file: string; start: number; end: number; packed: boolean; little: boolean};

type Head = {name: string; shape: number[]; type: string; complex: boolean};

const [MATRIX, COMPRESSED] = [14, 15];

/** By number; those behind them are not arrays. */
const classes = [
  '',
  'cell',
  'struct',
  'object',
  'char',
  'sparse',
  'double',
  'single',
  'int8',
  'uint8',
  'int16',
  'uint16',
  'int32',
  'uint32',
  'int64',
  'uint64',
];

const numeric = new Set(['double', 'single', 'int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32']);

/**
 * How values are stored, which may be smaller than their class: doubles that are whole numbers
 * below 256 take a byte each.
 */
const stored: Record<number, {size: number; read: (view: DataView, at: number, little: boolean) => number}> = {
  1: {size: 1, read: (view, at) => view.getInt8(at)},
  2: {size: 1, read: (view, at) => view.getUint8(at)},
  3: {size: 2, read: (view, at, little) => view.getInt16(at, little)},
  4: {size: 2, read: (view, at, little) => view.getUint16(at, little)},
  5: {size: 4, read: (view, at, little) => view.getInt32(at, little)},
  6: {size: 4, read: (view, at, little) => view.getUint32(at, little)},
  7: {size: 4, read: (view, at, little) => view.getFloat32(at, little)},
  9: {size: 8, read: (view, at, little) => view.getFloat64(at, little)},
};

/**
 * The arrays of a file, in its order. Only their heads are read; function handles and objects of
 * newer classes are left out.
 *
 * @throws RangeError when it is no such file, of version 4 or 7.3 for example, or ends too early.
 */
export async function matArrays(file: string): Promise<MatArray[]> {
  const handle = await fs.promises.open(file);
  const places: Place[] = [];
  try {
    const {size} = await handle.stat();
    const head = Buffer.alloc(128);
    const {bytesRead} = await handle.read(head, 0, 128, 0);
    const order = head.toString('latin1', 126);
    const little = order === 'IM';
    const known = little || order === 'MI';
    const version = little ? head.readUInt16LE(124) : head.readUInt16BE(124);
    check(
      !(version === 0x0200 && known) && !head.toString('latin1').startsWith('\x89HDF'),
      'matArrays',
      `expected a MAT-file of version 5 to 7.2, got ${file}, which is of version 7.3 (HDF5); save it with ` +
        `MATLAB's option -v7, or with scipy.io.savemat`,
    );
    check(
      bytesRead === 128 && known && version === 0x0100,
      'matArrays',
      `expected a MAT-file of version 5 to 7.2, got ${file} of ${size} bytes, which begins with ` +
        `${head.toString('hex', 0, Math.min(bytesRead, 8)) || 'nothing'}`,
    );
    for (let start = 128; start < size;) {
      const tag = Buffer.alloc(8);
      await handle.read(tag, 0, 8, start);
      const [type, length] = [0, 4].map(at => (little ? tag.readUInt32LE(at) : tag.readUInt32BE(at))) as [
        number,
        number,
      ];
      const end = start + 8 + length;
      check(
        start + 8 <= size && end <= size,
        'matArrays',
        `expected ${start + 8 <= size ? end : start + 8} bytes or more, got ${file}, which ends after ` +
          `${size}; bring it again, it was cut off`,
      );
      check(
        (type === MATRIX || type === COMPRESSED) && length > 0,
        'matArrays',
        `expected arrays, got ${file} with an element of type ${type} and ${length} bytes at byte ${start}; ` +
          'bring it again, it is damaged',
      );
      places.push({file, start: type === COMPRESSED ? start + 8 : start, end, packed: type === COMPRESSED, little});
      start = end;
    }
  } finally {
    await handle.close();
  }
  const arrays: MatArray[] = [];
  for (const place of places) {
    const head = await reading(place, headOf);
    if (head)
      arrays.push({
        name: head.name,
        shape: head.shape,
        type: head.type,
        bytes: into => bytesOf(place, head, into),
        values: () => valuesOf(place, head),
      });
  }
  return arrays;
}

async function bytesOf(place: Place, {name, shape, type, complex}: Head, into?: Uint8Array): Promise<Uint8Array> {
  const count = product(shape);
  check(
    type === 'uint8' && !complex,
    'matArrays',
    `expected real numbers of class uint8, got "${name}" of ${complex ? 'complex numbers of ' : ''}class ` +
      `${type} in ${place.file}`,
  );
  check(
    into === undefined || into.length === count,
    'matArrays',
    `expected room for the ${count} values of "${name}", got ${into?.length} bytes`,
  );
  return reading(place, async pieces => {
    await headOf(pieces);
    const {type: storage, size, inline} = await pieces.tag();
    check(
      storage === 2 && size === count,
      'matArrays',
      `expected ${count} unsigned bytes for the shape [${shape}] of "${name}", got ${size} bytes of type ` +
        `${storage} in ${place.file}; bring it again, it is damaged`,
    );
    const values = into ?? new Uint8Array(count);
    if (inline) values.set(inline);
    else await pieces.fill(values);
    await pieces.finish();
    return values;
  });
}

async function valuesOf(place: Place, {name, shape, type, complex}: Head): Promise<Float64Array> {
  const count = product(shape);
  check(
    numeric.has(type) && !complex,
    'matArrays',
    `expected real numbers of one of the classes ${[...numeric].join(', ')}, got "${name}" of ` +
      `${complex ? 'complex numbers of ' : ''}class ${type} in ${place.file}`,
  );
  return reading(place, async pieces => {
    await headOf(pieces);
    const {type: storage, size, inline} = await pieces.tag();
    const values = stored[storage];
    check(
      values !== undefined && size === count * values.size,
      'matArrays',
      `expected values for the shape [${shape}] of "${name}", got ${size} bytes of type ${storage} in ` +
        `${place.file}; bring it again, it is damaged`,
    );
    const bytes = inline ?? (await pieces.fill(new Uint8Array(size)));
    await pieces.finish();
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return Float64Array.from({length: count}, (_, i) => values.read(view, i * values.size, place.little));
  });
}

const product = (shape: readonly number[]): number => shape.reduce((all, size) => all * size, 1);

/** What stands before the values; nothing when it is no array. */
async function headOf({tag, element, number}: Pieces): Promise<Head | undefined> {
  await tag(); // the array's own
  const flags = number(await element(), 0);
  const type = classes[flags & 0xff];
  if (!type) return undefined;
  const sizes = await element();
  const shape = Array.from({length: sizes.length / 4}, (_, axis) => number(sizes, 4 * axis));
  return {type, complex: (flags & 0x0800) !== 0, shape, name: Buffer.from(await element()).toString('latin1')};
}

type Tag = {type: number; size: number; inline?: Uint8Array};

interface Pieces {
  /** Fills the array with the bytes that come next. */
  fill(target: Uint8Array): Promise<Uint8Array>;
  /** Type and size of what comes next; at most four bytes stand in the tag itself. */
  tag(): Promise<Tag>;
  /** The bytes of a short element. */
  element(): Promise<Uint8Array>;
  /** The 32 bits at `at`. */
  number(bytes: Uint8Array, at: number): number;
  /** Reads to the end: there the check over packed bytes stands. */
  finish(): Promise<void>;
}

/** Hands the bytes of an array, unpacked, to `use`. */
async function reading<T>({file, start, end, packed, little}: Place, use: (pieces: Pieces) => Promise<T>): Promise<T> {
  const source = fs.createReadStream(file, {start, end: end - 1, highWaterMark: 1 << 18});
  const inflate = createInflate({chunkSize: 1 << 18});
  source.once('error', error => inflate.destroy(error));
  const chunks = (packed ? source.pipe(inflate) : source)[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  let rest: Uint8Array = new Uint8Array();
  const fill = async (target: Uint8Array) => {
    for (let at = 0; at < target.length;) {
      if (rest.length === 0) {
        const {done, value} = await chunks.next();
        if (done) throw new Error('its end too early');
        rest = value;
      }
      const some = rest.subarray(0, target.length - at);
      target.set(some, at);
      at += some.length;
      rest = rest.subarray(some.length);
    }
    return target;
  };
  const number = (bytes: Uint8Array, at: number) => new DataView(bytes.buffer, bytes.byteOffset).getUint32(at, little);
  const tag = async (): Promise<Tag> => {
    const bytes = await fill(new Uint8Array(8));
    const word = number(bytes, 0);
    const size = word >>> 16;
    return size > 0
      ? {type: word & 0xffff, size, inline: bytes.subarray(4, 4 + size)}
      : {type: word, size: number(bytes, 4)};
  };
  const element = async () => {
    const {size, inline} = await tag();
    if (size > (inline ? 4 : 4096)) throw new Error(`a head with an element of ${size} bytes`);
    return inline ?? (await fill(new Uint8Array(Math.ceil(size / 8) * 8))).subarray(0, size);
  };
  const finish = async () => {
    while (!(await chunks.next()).done);
  };
  try {
    return await use({fill, tag, element, number, finish});
  } catch (error) {
    if ((error as Error).message.startsWith('matArrays:')) throw error;
    throw new RangeError(
      `matArrays: expected whole arrays in ${file}, got ${(error as Error).message} in the one at byte ` +
        `${start}; bring it again, it is damaged`,
      {cause: error},
    );
  } finally {
    source.destroy();
    inflate.destroy();
  }
}
