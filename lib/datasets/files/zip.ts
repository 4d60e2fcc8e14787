// Reads files out of a zip archive, one at a time, without unpacking the others.

import {buffer} from 'node:stream/consumers';
import {crc32} from 'node:zlib';
import {openPromise, type ZipFile} from 'yauzl';

export interface ZipEntry {
  /** Path inside the archive. */
  name: string;
  /** Bytes of the file as it was. */
  size: number;
  /** @throws RangeError when what is there is damaged or packed in a way that is not read. */
  read(): Promise<Uint8Array>;
}

/**
 * @returns The files in the order of the central directory; folders are left out.
 * @throws RangeError when it is no zip archive, or is cut off.
 */
export function zipEntries(file: string): Promise<ZipEntry[]> {
  return withArchive(file, `expected a zip archive in ${file}`, async archive => {
    const entries: ZipEntry[] = [];
    for await (const entry of archive.eachEntry()) {
      const name = entry.fileName;
      if (name.endsWith('/')) continue;
      entries.push({
        name,
        size: entry.uncompressedSize,
        read: () =>
          withArchive(file, `expected ${name} in ${file} as it was packed`, async reopened => {
            const bytes = await buffer(await reopened.openReadStreamPromise(entry));
            if (crc32(bytes) !== entry.crc32) throw new Error('other bytes');
            return bytes;
          }),
      });
    }
    return entries;
  });
}

/** What `use` makes of the opened archive; what goes wrong is told with what was expected. */
async function withArchive<T>(file: string, expected: string, use: (archive: ZipFile) => Promise<T>): Promise<T> {
  let archive: ZipFile | undefined;
  try {
    archive = await openPromise(file, {lazyEntries: true, autoClose: false});
    return await use(archive);
  } catch (error) {
    throw new RangeError(
      `zipEntries: ${expected}, got what cannot be read: ${(error as Error).message}; take the archive away`,
      {cause: error},
    );
  } finally {
    archive?.close();
  }
}
