// Reads and writes tensors by name in one file that Python's safetensors reads too: a header in
// JSON, then the bytes. The format: github.com/huggingface/safetensors, "Format".

import {type FileHandle, open} from 'node:fs/promises';
import {check} from '../../check';
import {tf} from '../../engine/tf';
import type {Params} from '../../module';
import {leaves} from '../../engine/params';
import {writeWhole} from '../../writeWhole';

/** Row-major values of one tensor. A BigInt64Array is what torch keeps counts in. */
export type Values = {
  shape: readonly number[];
  values: Float32Array | Int32Array | Uint8Array | BigInt64Array;
  /** The bytes are 0 or 1. */ bool?: boolean;
};

type Entry = {dtype: string; shape: number[]; data_offsets: [start: number, end: number]};

/** In the order in which Python's library lays tensors out: by this, then by name. */
const written = ['I64', 'F32', 'I32', 'U8', 'BOOL'] as const;

function dtypeOf({values, bool}: Values): (typeof written)[number] {
  if (values instanceof BigInt64Array) return 'I64';
  if (values instanceof Float32Array) return 'F32';
  if (values instanceof Int32Array) return 'I32';
  return bool ? 'BOOL' : 'U8';
}

/**
 * Writes a tree of tensors under their dotted names. The file is whole or the earlier one stays.
 *
 * @param tensors Float32, int32 or bool; or a map of names to values on the host.
 */
export async function writeSafetensors(
  path: string,
  tensors: Params | ReadonlyMap<string, Values>,
  metadata: Record<string, string> = {},
): Promise<void> {
  const entries: [string, Values][] =
    tensors instanceof Map
      ? [...tensors]
      : leaves(tensors as Params).map(([name, tensor]) => [
          name,
          {shape: tensor.shape, values: tensor.dataSync(), bool: tensor.dtype === 'bool'},
        ]);
  const sorted = entries
    .map(([name, entry]) => ({name, ...entry, dtype: dtypeOf(entry)}))
    .sort((a, b) => written.indexOf(a.dtype) - written.indexOf(b.dtype) || (a.name < b.name ? -1 : 1));
  let end = 0;
  const header = Object.fromEntries(
    sorted.map(({name, dtype, shape, values}) => [
      name,
      {dtype, shape: [...shape], data_offsets: [end, (end += values.byteLength)]},
    ]),
  );
  const json = Buffer.from(
    JSON.stringify(Object.keys(metadata).length > 0 ? {__metadata__: metadata, ...header} : header),
  );
  // padded with blanks, so that the values start at a multiple of 8
  const length = Math.ceil(json.length / 8) * 8;
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(length));
  await writeWhole(path, [
    size,
    json,
    Buffer.alloc(length - json.length, ' '),
    ...sorted.map(({values}) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength)),
  ]);
}

/** What {@link readSafetensors} found. The caller disposes the tensors. */
export type Safetensors = {tensors: Map<string, tf.Tensor>; metadata: Record<string, string>};

/**
 * Reads all tensors of a file, one after the other, so that the file may be of any size. 16-bit
 * floats become float32; bytes and 64-bit integers become int32.
 *
 * @throws RangeError that names the file and what is wrong: no safetensors file, cut off, a type
 * that cannot be read, an integer beyond 32 bits.
 */
export async function readSafetensors(path: string): Promise<Safetensors> {
  const file = await open(path);
  const tensors = new Map<string, tf.Tensor>();
  try {
    const {header, metadata, start} = await readHeader(path, file);
    for (const [name, entry] of Object.entries(header)) {
      checkEntry(path, name, entry);
      const [from, to] = entry.data_offsets;
      tensors.set(name, tensorOf(path, name, entry, await bytesOf(path, file, start + from, to - from)));
    }
    return {tensors, metadata};
  } catch (error) {
    tf.dispose([...tensors.values()]);
    throw error;
  } finally {
    await file.close();
  }
}

/** Bytes that are read at once: the system reads no 2 GiB. */
const PIECE = 2 ** 30;

async function bytesOf(
  path: string,
  file: FileHandle,
  start: number,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length;) {
    const {bytesRead} = await file.read(bytes, done, Math.min(PIECE, length - done), start + done);
    check(
      bytesRead > 0,
      'readSafetensors',
      `expected ${length} bytes from byte ${start} of ${path}, got ${done}: it was cut off while it was read`,
    );
    done += bytesRead;
  }
  return bytes;
}

/** The format's own bound. */
const LONGEST_HEADER = 1e8;

async function readHeader(
  path: string,
  file: FileHandle,
): Promise<{header: Record<string, Entry>; metadata: Record<string, string>; start: number}> {
  const foreign = (why: string) => `expected a safetensors file, got ${path}: ${why}`;
  const {size} = await file.stat();
  check(size >= 8, 'readSafetensors', foreign(`it has ${size} bytes`));
  const first = Buffer.from(await bytesOf(path, file, 0, Math.min(size, 9)));
  const length = Number(first.readBigUInt64LE());
  // {
  check(first[8] === 0x7b && length <= LONGEST_HEADER, 'readSafetensors', foreign('no header stands at its start'));
  check(
    length <= size - 8,
    'readSafetensors',
    `expected a header of ${length} bytes in ${path}, got ${size - 8}: the file is cut off or damaged, ` +
      'write or download it again',
  );
  let parsed: {__metadata__?: Record<string, string>} & Record<string, Entry>;
  try {
    parsed = JSON.parse(Buffer.from(await bytesOf(path, file, 8, length)).toString('utf8'));
  } catch (error) {
    throw new RangeError(`readSafetensors: ${foreign(`its header is no JSON (${(error as Error).message})`)}`, {
      cause: error,
    });
  }
  const {__metadata__: metadata = {}, ...header} = parsed;
  for (const [name, entry] of Object.entries(header)) {
    check(
      typeof entry?.dtype === 'string' && Array.isArray(entry.shape) && entry.data_offsets?.length === 2,
      'readSafetensors',
      foreign(`its header says nothing of ${name}'s type, shape and place`),
    );
  }
  const promised = Math.max(0, ...Object.values(header).map(({data_offsets}) => data_offsets[1]));
  check(
    size - 8 - length >= promised,
    'readSafetensors',
    `expected ${promised} bytes of values in ${path}, got ${size - 8 - length}: the file is cut off, ` +
      'write or download it again',
  );
  return {header, metadata, start: 8 + length};
}

const bytesPerValue: Record<string, number> = {F32: 4, I32: 4, I64: 8, F16: 2, BF16: 2, U8: 1, BOOL: 1};

function checkEntry(path: string, name: string, {dtype, shape, data_offsets: [from, to]}: Entry): void {
  const size = shape.reduce((a, b) => a * b, 1);
  check(
    dtype in bytesPerValue,
    'readSafetensors',
    `expected ${name} in ${path} as ${Object.keys(bytesPerValue).join(', ')}, got ${dtype}: convert it`,
  );
  check(
    to - from === size * bytesPerValue[dtype]!,
    'readSafetensors',
    `expected ${size * bytesPerValue[dtype]!} bytes for ${name} [${shape}] ${dtype} in ${path}, got ` +
      `${to - from}: the header is damaged`,
  );
}

function tensorOf(path: string, name: string, {dtype, shape}: Entry, bytes: Uint8Array<ArrayBuffer>): tf.Tensor {
  const {buffer} = bytes;
  switch (dtype) {
    case 'F32':
      return tf.tensor(new Float32Array(buffer), shape);
    case 'F16':
      return tf.tensor(Float32Array.from(new Uint16Array(buffer), half), shape);
    case 'BF16':
      return tf.tensor(new Float32Array(Uint32Array.from(new Uint16Array(buffer), bits => bits << 16).buffer), shape);
    case 'I32':
      return tf.tensor(new Int32Array(buffer), shape, 'int32');
    case 'I64':
      return tf.tensor(
        Int32Array.from(new BigInt64Array(buffer), value => {
          check(
            value === BigInt.asIntN(32, value),
            'readSafetensors',
            `expected integers of 32 bits in ${name}, got ${value} in ${path}`,
          );
          return Number(value);
        }),
        shape,
        'int32',
      );
    case 'BOOL':
      return tf.tensor(bytes, shape, 'bool');
    default:
      return tf.tensor(Int32Array.from(bytes), shape, 'int32');
  }
}

/** The value of a 16-bit float: sign, 5 bits of exponent, 10 of fraction. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
  return sign * (exponent ? (1 + fraction / 1024) * 2 ** (exponent - 15) : (fraction / 1024) * 2 ** -14);
}
