// Downloads a tar archive into the folder of data and unpacks it, so that the unpacked folder is whole or not there.

import fs from 'node:fs';
import path from 'node:path';
import * as tar from 'tar';
import {download} from './download';
import {dataFolder} from './folder';

export interface ArchiveOptions {
  /** Where the unpacked folder and, while it comes, the download lie. @default data/ of the project, see dataFolder */
  folder?: string;
  /** Address of the folder that has the archive: a mirror, for example. @default SSL_DATA_MIRROR of the environment, otherwise the home of the data set */
  base?: string;
  /** SHA-256 of the archive, for another file of the same format. @default the one that everybody uses */
  sha256?: string;
  /** Is told how it goes, a line at a time. @default console.log */
  log?: (line: string) => void;
  /** Stops a download; the next call goes on. */
  signal?: AbortSignal;
}

/** Beside the unpacked files: what they are. */
const label = 'source.json';

/**
 * @param name Of the folder.
 * @param home Address and name of the archive, whose files lie in one folder.
 * @returns Path of the folder with the files, downloaded unless it is there already, and the archive's SHA-256.
 * @throws Error as {@link download} does, when the archive is damaged, or when a folder of that name was made by somebody else.
 */
export async function archive(name: string, home: {base: string; file: string; sha256: string}, {folder = dataFolder(), base = process.env.SSL_DATA_MIRROR ?? home.base, sha256 = home.sha256, log = console.log, signal}: ArchiveOptions): Promise<{at: string; sha256: string}> {
  const at = path.join(folder, name);
  if (unpackedFrom(at) === sha256) return {at, sha256};
  if (fs.existsSync(at) && unpackedFrom(at) === undefined) throw new Error(`${name}: expected nothing or an unpacked archive at ${at}, got a folder without ${label}; take it away or choose another \`folder\``);
  const url = `${base.replace(/\/*$/, '/')}${home.file}`;
  const file = path.join(folder, 'downloads', home.file);
  await download({url, to: file, sha256, log, signal});
  log(`${home.file}: unpacking into ${at}`);
  const fresh = `${at}.${process.pid}.unpacking`;
  try {
    await fs.promises.rm(fresh, {recursive: true, force: true});
    await fs.promises.mkdir(fresh, {recursive: true});
    await tar.x({file, cwd: fresh, strip: 1, strict: true});
    await fs.promises.writeFile(path.join(fresh, label), JSON.stringify({url, sha256}));
    if (unpackedFrom(at) !== sha256) {   // unless another process was faster
      await fs.promises.rm(at, {recursive: true, force: true});
      await fs.promises.rename(fresh, at);
    }
  } catch (error) {
    throw new Error(`${name}: expected ${file} to unpack into ${at}, got ${(error as Error).message}; make room if none is left, then start again`, {cause: error});
  } finally {
    await fs.promises.rm(fresh, {recursive: true, force: true});
  }
  await fs.promises.rm(file, {force: true});
  return {at, sha256};
}

/** SHA-256 of the archive that the folder was made of. */
function unpackedFrom(at: string): string | undefined {
  const file = path.join(at, label);
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as {sha256: string}).sha256 : undefined;
}
