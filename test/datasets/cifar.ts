// Small files in the format of CIFAR's binary version, packed as their makers pack them, and a
// server that hands them out.

import {createHash} from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import type {AddressInfo} from 'node:net';
import os from 'node:os';
import path from 'node:path';
import * as tar from 'tar';

/**
 * A record: its label bytes, then three planes; the red one counts up, green is the record's
 * number, blue is 7.
 */
export function record(labels: number[], number: number): Buffer {
  const planes = Buffer.alloc(3072, 7);
  for (let i = 0; i < 1024; i++) planes[i] = i % 256;
  return Buffer.concat([Buffer.from(labels), planes.fill(number, 1024, 2048)]);
}

/** Packs the files into `archive` inside a folder of that name. */
export function pack(
  at: string,
  archive: string,
  inside: string,
  files: Record<string, string | Buffer>,
): {sha256: string} {
  fs.mkdirSync(path.join(at, inside), {recursive: true});
  for (const [name, content] of Object.entries(files)) fs.writeFileSync(path.join(at, inside, name), content);
  tar.c({gzip: true, sync: true, cwd: at, file: path.join(at, archive)}, [inside]);
  return {
    sha256: createHash('sha256')
      .update(fs.readFileSync(path.join(at, archive)))
      .digest('hex'),
  };
}

/** Serves the files of a new folder while `use` runs. */
export async function serving(
  use: (served: {files: string; base: string; folder: string; requests: string[]}) => Promise<void>,
): Promise<void> {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'cifar-'));
  const [files, folder, requests] = [path.join(root, 'server'), path.join(root, 'data'), [] as string[]];
  fs.mkdirSync(files);
  const server = http.createServer((request, response) => {
    requests.push(request.url!);
    const file = path.join(files, path.basename(request.url!));
    if (fs.existsSync(file)) response.end(fs.readFileSync(file));
    else response.writeHead(404).end();
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  try {
    await use({files, base: `http://127.0.0.1:${(server.address() as AddressInfo).port}/kriz`, folder, requests});
  } finally {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
    fs.rmSync(root, {recursive: true});
  }
}
