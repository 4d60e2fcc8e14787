// Reads files out of a zip archive, one at a time, without unpacking the others.
// PKWARE, ".ZIP File Format Specification" (APPNOTE.TXT) 6.3.10, sec. 4.3: local headers, central directory and its end record.

import fs from 'node:fs';
import {promisify} from 'node:util';
import {crc32, inflateRaw} from 'node:zlib';
import {check} from '../check';

export interface ZipEntry {
  /** Path inside the archive. */
  name: string;
  /** Bytes of the file as it was. */
  size: number;
  /** @throws RangeError when what is there is damaged. */
  read(): Promise<Uint8Array>;
}

const inflate = promisify<Uint8Array, Buffer>(inflateRaw);
const signatures = {end: 0x06054b50, central: 0x02014b50, local: 0x04034b50};
/** The end record, and the longest comment that may follow it. */
const [endLength, longestComment] = [22, 0xffff];

/**
 * @returns The files in the order of the central directory; folders are left out.
 * @throws RangeError when it is no zip archive, is cut off, or is of a kind that is not read here: above 4 GB or 65,534 files (zip64), encrypted, not deflated.
 */
export async function zipEntries(file: string): Promise<ZipEntry[]> {
  const {size} = await fs.promises.stat(file);
  const tail = await readAt(file, Math.max(0, size - endLength - longestComment), Math.min(size, endLength + longestComment));
  let end = tail.length - endLength;
  while (end >= 0 && tail.readUInt32LE(end) !== signatures.end) end--;
  check(end >= 0, 'zipEntries', `expected a zip archive, got ${file} without a central directory; it is cut off, take it away`);
  const [count, length, start] = [tail.readUInt16LE(end + 10), tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)];
  check(count < 0xffff && start < 0xffffffff, 'zipEntries', `expected an archive of at most 4 GB and 65,534 files, got ${file}, which is a zip64`);
  const directory = await readAt(file, start, length);
  const entries: ZipEntry[] = [];
  for (let i = 0, at = 0; i < count; i++) {
    check(at + 46 <= length && directory.readUInt32LE(at) === signatures.central, 'zipEntries', `expected ${count} files in ${file}, got a directory that ends after ${i}; take it away`);
    const [flags, method, sum, packed, whole, named, extra, comment, header] = [directory.readUInt16LE(at + 8), directory.readUInt16LE(at + 10), directory.readUInt32LE(at + 16), directory.readUInt32LE(at + 20),
      directory.readUInt32LE(at + 24), directory.readUInt16LE(at + 28), directory.readUInt16LE(at + 30), directory.readUInt16LE(at + 32), directory.readUInt32LE(at + 42)];
    const name = directory.toString('utf8', at + 46, at + 46 + named);
    check((flags & 1) === 0 && (method === 0 || method === 8), 'zipEntries', `expected files that are stored or deflated, got ${name} of ${file} with method ${method}${flags & 1 ? ', encrypted' : ''}`);
    at += 46 + named + extra + comment;
    if (name.endsWith('/')) continue;
    entries.push({name, size: whole, async read() {
      const local = await readAt(file, header, 30);
      check(local.readUInt32LE(0) === signatures.local, 'zipEntries', `expected ${name} in ${file}, got other bytes; take the archive away`);
      const bytes = await readAt(file, header + 30 + local.readUInt16LE(26) + local.readUInt16LE(28), packed);
      const plain = method === 0 ? bytes : await inflate(bytes).catch(() => Buffer.alloc(0));
      check(plain.length === whole && crc32(plain) === sum, 'zipEntries', `expected ${name} in ${file} as it was packed, got other bytes; take the archive away`);
      return plain;
    }});
  }
  return entries;
}

async function readAt(file: string, position: number, length: number): Promise<Buffer> {
  const handle = await fs.promises.open(file);
  try {
    const bytes = Buffer.alloc(length);
    const {bytesRead} = await handle.read(bytes, 0, length, position);
    check(bytesRead === length, 'zipEntries', `expected ${length} bytes from ${position} on in ${file}, got ${bytesRead}; it is cut off, take it away`);
    return bytes;
  } finally {
    await handle.close();
  }
}
