// Downloads a file so that it is whole or not there: goes on where it was cut off, is checked by
// SHA-256, and only then gets its name.

import {createHash} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import {Readable} from 'node:stream';
import type {ReadableStream} from 'node:stream/web';
import {readableBytes} from '../memory';

/** Options of {@link download}. */
export interface DownloadOptions {
  url: string;
  /**
   * Path the file gets once it is whole and right. Beside it `….partial` holds what has come so
   * far.
   */
  to: string;
  /** Hexadecimal. */
  sha256: string;
  /** Is told how it goes, a line at a time. @default console.log */
  log?: (line: string) => void;
  /** Stops the download; what has come stays for the next call. */
  signal?: AbortSignal;
}

/** SHA-256 of a file, hexadecimal. */
export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of fs.createReadStream(file, {highWaterMark: 1 << 20})) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

const sizeOf = (file: string) =>
  fs.promises.stat(file).then(
    ({size}) => size,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return 0;
      throw error;
    },
  );

/**
 * Leaves the file at `to`. One that lies there already, put by hand perhaps, is only checked.
 *
 * @throws Error, each one line with its remedy: no network, refused by the server, cut off (the
 * next call goes on), no space, another checksum (what came is put aside as `….rejected`, so that
 * the next call starts afresh). A file of that name is never replaced.
 */
export async function download({url, to, sha256, log = console.log, signal}: DownloadOptions): Promise<void> {
  const name = path.basename(to);
  const partial = `${to}.partial`;
  const rejected = `${to}.rejected`;
  if (fs.existsSync(to)) {
    const got = await sha256Of(to);
    if (got !== sha256)
      throw new Error(
        `download: expected ${to} with SHA-256 ${sha256}, got ${got}; take it away, then it is downloaded again`,
      );
    return;
  }
  await fs.promises.mkdir(path.dirname(to), {recursive: true});
  for (let gained = true; gained;) {
    // a connection that is cut off after it brought something is taken up again at once
    const before = await sizeOf(partial);
    const {total, failure} = await fetchRest({url, partial, from: before, name, log, signal});
    const size = await sizeOf(partial);
    if (failure === undefined && size === total) break;
    gained = size !== before;
    if (!gained) {
      throw new Error(
        `download: expected ${total === undefined ? 'all' : readableBytes(total)} of ${url}, got ` +
          `${readableBytes(size)} before the connection ended` +
          `${failure ? ` (${reason(failure)})` : ''}; start again, it goes on from there`,
        {cause: failure},
      );
    }
  }
  const got = await sha256Of(partial);
  if (got !== sha256) {
    await fs.promises.rename(partial, rejected);
    throw new Error(
      `download: expected ${url} with SHA-256 ${sha256}, got ${got}; start again for a fresh download, ` +
        `what came lies in ${rejected}`,
    );
  }
  await fs.promises.rename(partial, to);
}

/**
 * Writes what is missing behind the bytes that are there. Each byte goes to its own place, so that
 * two processes at the same file do not harm each other.
 */
async function fetchRest({
  url,
  partial,
  from,
  name,
  log,
  signal,
}: {
  url: string;
  partial: string;
  from: number;
  name: string;
  log: (line: string) => void;
  signal?: AbortSignal;
}): Promise<{total?: number; failure?: unknown}> {
  const byHand = `; or download it in another way and put it at ${partial.replace(/\.partial$/, '')}`;
  const response = await fetch(url, {
    headers: {...(from > 0 && {range: `bytes=${from}-`}), 'accept-encoding': 'identity'},
    signal,
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new Error(
      `download: expected an answer from ${url}, got none (${reason(error)}); connect to the network and ` +
        `start again${byHand}`,
      {cause: error},
    );
  });
  const size = (text: string | null) => (text === null ? undefined : Number(text));
  if (response.status === 416) {
    // nothing is missing, or more is there than the server has
    await response.body?.cancel();
    const total = size(response.headers.get('content-range')?.split('/')[1] ?? null);
    if (total !== from) await fs.promises.truncate(partial, 0);
    return {
      total: total === from ? total : undefined,
      failure: total === from ? undefined : new Error('the file has changed on the server'),
    };
  }
  if (!response.ok || !response.body)
    throw new Error(
      `download: expected the file ${url}, got the answer ${response.status} ${response.statusText}; try ` +
        `again later${byHand}`,
    );
  // absent when the server sends all from the start
  const range = /^bytes (\d+)-\d+\/(\d+)$/.exec(response.headers.get('content-range') ?? '');
  let at = range ? Number(range[1]) : 0;
  const total = range ? Number(range[2]) : size(response.headers.get('content-length'));
  const file = await fs.promises.open(partial, fs.constants.O_RDWR | fs.constants.O_CREAT);
  try {
    const [first, started] = [at, performance.now()];
    let said = started;
    log(
      `${name}: ${first > 0 ? `going on from ${readableBytes(first)} of` : 'downloading'} ` +
        `${total === undefined ? 'a file of unknown size' : readableBytes(total)} from ${new URL(url).host}`,
    );
    for await (const chunk of Readable.fromWeb(response.body as ReadableStream) as AsyncIterable<Uint8Array>) {
      await file.write(chunk, 0, chunk.length, at);
      at += chunk.length;
      if (performance.now() - said > 5000) {
        said = performance.now();
        log(
          `${name}: ${readableBytes(at)}${total === undefined ? '' : ` of ${readableBytes(total)}`}, ` +
            `${readableBytes(((at - first) / (said - started)) * 1000)}/s`,
        );
      }
    }
    if (!range) await file.truncate(at); // bytes behind the end of a file that started afresh
    return {total: total ?? at};
  } catch (failure) {
    if (signal?.aborted) throw failure;
    const {syscall, message} = failure as NodeJS.ErrnoException;
    if (syscall === 'write') {
      throw new Error(
        `download: expected to write ${total === undefined ? name : readableBytes(total)} to ${partial}, got ` +
          `${message}; make room and start again, it goes on from there`,
        {cause: failure},
      );
    }
    return {total, failure};
  } finally {
    await file.close();
  }
}

/** What lies under fetch's "fetch failed" and "terminated". */
function reason(error: unknown): string {
  const {message, cause} = error as Error & {cause?: Error & {code?: string}};
  return cause?.code ?? (cause?.message || message);
}
