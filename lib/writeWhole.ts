// Writes a file so that at every moment either the whole new one is there or the whole earlier one.

import {open, rename, rm} from 'node:fs/promises';
import path from 'node:path';

/**
 * Writes to `<file>.part`, waits until it is on the disk, and renames it. One writer a file.
 *
 * @throws Error that says what could not be written and why; the earlier file is then unchanged.
 */
export async function writeWhole(file: string, chunks: readonly (Uint8Array | string)[]): Promise<void> {
  // a fixed name: what a killed process leaves is overwritten next time
  const part = `${file}.part`;
  try {
    const handle = await open(part, 'w');
    try {
      // goes on after a short write, as a full disk makes
      for (const chunk of chunks) await handle.appendFile(chunk);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(part, file);
  } catch (cause) {
    await rm(part, {force: true});
    const size = chunks.reduce((sum, chunk) => sum + Buffer.byteLength(chunk), 0);
    throw new Error(
      `writeWhole: could not write ${file} (${(size / 1e6).toFixed(1)} MB): ${(cause as Error).message}. ` +
        'Any earlier file is unchanged',
      {cause},
    );
  }
  const folder = await open(path.dirname(file));
  await folder.sync().finally(() => folder.close());
}
