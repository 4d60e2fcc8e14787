// Downloads a tar archive into the folder of data and unpacks it, so that the unpacked folder is
// whole or not there.

import {once} from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import {pipeline} from 'node:stream/promises';
import {createGunzip} from 'node:zlib';
import * as tar from 'tar';
import {interruptSignal} from '../../interrupt';
import {address} from './address';
import {download} from './download';
import {dataFolder} from './folder';
import {readableBytes} from '../memory';

/** Options of {@link archive}. */
export interface ArchiveOptions {
  /**
   * Where the unpacked folder and, while it comes, the download lie.
   * @default data/ of the project, see dataFolder
   */
  folder?: string;
  /**
   * Address of the folder that has the archive: a mirror, for example.
   * @default SSL_DATA_MIRROR of the environment, otherwise the home of the data set
   */
  base?: string;
  /**
   * SHA-256 of the archive, for another file of the same format.
   * @default the one that everybody uses
   */
  sha256?: string;
  /** Is told how it goes, a line at a time. @default console.log */
  log?: (line: string) => void;
  /**
   * Stops a download, and the next call goes on; or the unpacking, which then starts afresh.
   * @default the notebook's Interrupt
   */
  signal?: AbortSignal;
}

/** Beside the unpacked files: what they are. */
const label = 'source.json';

/**
 * @param name Of the folder.
 * @param home Address and name of the archive, whose files lie in one folder.
 * @returns Path of the folder with the files, downloaded unless it is there already, and the
 * archive's SHA-256.
 * @throws Error as {@link download} does, when the archive is damaged, or when a folder of that
 * name was made by somebody else.
 */
export async function archive(
  name: string,
  home: {base: string; file: string; sha256: string},
  {folder = dataFolder(), base, sha256 = home.sha256, log = console.log, signal = interruptSignal()}: ArchiveOptions,
): Promise<{at: string; sha256: string}> {
  const at = path.join(folder, name);
  if (unpackedFrom(at) === sha256) return {at, sha256};
  if (fs.existsSync(at) && unpackedFrom(at) === undefined)
    throw new Error(
      `${name}: expected nothing or an unpacked archive at ${at}, got a folder without ${label}; take it ` +
        `away or choose another \`folder\``,
    );
  const url = address(home.file, home.base, base);
  const file = path.join(folder, 'downloads', home.file);
  await download({url, to: file, sha256, log, signal});
  log(`${home.file}: unpacking into ${at}`);
  const fresh = `${at}.${process.pid}.unpacking`;
  try {
    await fs.promises.rm(fresh, {recursive: true, force: true});
    await fs.promises.mkdir(fresh, {recursive: true});
    await unpack(file, fresh, log, signal);
    await fs.promises.writeFile(path.join(fresh, label), JSON.stringify({url, sha256}));
    if (unpackedFrom(at) !== sha256) {
      // unless another process was faster
      await fs.promises.rm(at, {recursive: true, force: true});
      await fs.promises.rename(fresh, at);
    }
  } catch (error) {
    signal.throwIfAborted();
    throw new Error(
      `${name}: expected ${file} to unpack into ${at}, got ${(error as Error).message}; make room if none ` +
        'is left, then start again',
      {cause: error},
    );
  } finally {
    await fs.promises.rm(fresh, {recursive: true, force: true, maxRetries: 3});
  }
  await fs.promises.rm(file, {force: true});
  return {at, sha256};
}

/**
 * Unpacks what lies in the one folder of a gzipped archive; says how far it is every few seconds.
 */
async function unpack(file: string, cwd: string, log: (line: string) => void, signal: AbortSignal): Promise<void> {
  const {size} = await fs.promises.stat(file);
  const packed = fs.createReadStream(file, {highWaterMark: 1 << 20});
  const target = tar.x({cwd, strip: 1, strict: true});
  let failure: Error | undefined;
  const closed = new Promise<void>(resolve => {
    target.on('close', resolve).on('error', error => {
      failure ??= error as Error;
      resolve();
    });
  });
  let said = performance.now();
  await pipeline(
    packed,
    createGunzip(),
    async chunks => {
      try {
        for await (const chunk of chunks as AsyncIterable<Buffer>) {
          if (!target.write(chunk)) await Promise.race([closed, once(target, 'drain')]);
          if (failure) throw failure;
          if (performance.now() - said > 5000) {
            log(`${path.basename(file)}: unpacked ${readableBytes(packed.bytesRead)} of ${readableBytes(size)}`);
            said = performance.now();
          }
        }
      } finally {
        target.end(); // closes the file that it was writing, also of an archive that is cut off
        await closed;
      }
      if (failure) throw failure;
    },
    {signal},
  );
}

/** SHA-256 of the archive that the folder was made of. */
function unpackedFrom(at: string): string | undefined {
  const file = path.join(at, label);
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as {sha256: string}).sha256 : undefined;
}
