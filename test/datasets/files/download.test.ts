// A local server plays the real one: with and without resuming, cutting off, changing, refusing.
// slow: starts processes

import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {createHash, randomBytes} from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import type {AddressInfo} from 'node:net';
import os from 'node:os';
import path from 'node:path';
import {after, afterEach, before, beforeEach, test} from 'node:test';
import {setTimeout} from 'node:timers/promises';
import {download} from '../../../lib/datasets/files/download';

const content = randomBytes(300_000);
const sha256 = createHash('sha256').update(content).digest('hex');
/** How the server behaves, and what it was asked. */
const server = {
  cutAfter: Infinity,
  resumes: true,
  status: 200,
  body: content,
  stall: false,
  ranges: [] as (string | undefined)[],
};
const listener = http.createServer((request, response) => {
  server.ranges.push(request.headers.range);
  if (server.status !== 200) return void response.writeHead(server.status).end('no');
  const start = server.resumes ? Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0) : 0;
  if (start >= server.body.length)
    return void response.writeHead(416, {'content-range': `bytes */${server.body.length}`}).end();
  const rest = server.body.subarray(start);
  response.writeHead(start ? 206 : 200, {
    'content-length': rest.length,
    ...(start && {'content-range': `bytes ${start}-${server.body.length - 1}/${server.body.length}`}),
  });
  if (rest.length <= server.cutAfter) return void response.end(rest);
  response.flushHeaders();
  response.write(rest.subarray(0, server.cutAfter), () => {
    if (!server.stall) void setTimeout(20).then(() => response.destroy());
  });
});
let folder: string;
let url: string;
let to: string;
const lines: string[] = [];
const get = (signal?: AbortSignal) => download({url, to, sha256, log: line => lines.push(line), signal});

before(async () => {
  await new Promise<void>(resolve => listener.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/some.bin`;
});
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'download-'));
  to = path.join(folder, 'deep', 'some.bin');
  Object.assign(server, {cutAfter: Infinity, resumes: true, status: 200, body: content, stall: false, ranges: []});
  lines.length = 0;
});
afterEach(() => fs.rmSync(folder, {recursive: true}));
after(
  () =>
    new Promise(resolve => {
      listener.closeAllConnections();
      listener.close(resolve);
    }),
);

const holdsContent = (file: string) => assert.ok(fs.readFileSync(file).equals(content), `${file} differs`);

test('a file comes, is checked, and is not fetched again', async () => {
  await get();
  holdsContent(to);
  assert.deepEqual(fs.readdirSync(path.dirname(to)), ['some.bin']);
  assert.match(lines[0]!, /^some\.bin: downloading 300 kB from 127\.0\.0\.1:/);
  await get();
  assert.equal(server.ranges.length, 1);
});

test('a connection that is cut off is taken up where it ended', async () => {
  server.cutAfter = 120_000;
  await get();
  holdsContent(to);
  assert.equal(server.ranges.length, 3);
  assert.match(lines[1]!, /^some\.bin: going on from \d+ kB of 300 kB/);
});

test('what came before a cut stays for the next call', async () => {
  server.cutAfter = 100_000;
  server.resumes = false;
  await assert.rejects(
    get(),
    /^Error: download: expected 300 kB of http:\S+, got 100 kB before the connection ended \(\w+.*\); start again, it goes on from there$/,
  );
  assert.equal(fs.existsSync(to), false);
  Object.assign(server, {cutAfter: Infinity, resumes: true, ranges: []});
  await get();
  holdsContent(to);
  assert.deepEqual(server.ranges, ['bytes=100000-']);
});

test('a server that cannot resume sends all from the start', async () => {
  fs.mkdirSync(path.dirname(to));
  fs.writeFileSync(`${to}.partial`, content.subarray(0, 1000));
  server.resumes = false;
  await get();
  holdsContent(to);
  fs.rmSync(to);
  fs.writeFileSync(`${to}.partial`, Buffer.concat([content, content]));
  await get();
  holdsContent(to);
});

test('a partial file that is whole is only checked; one that is too long starts afresh', async () => {
  fs.mkdirSync(path.dirname(to));
  fs.writeFileSync(`${to}.partial`, content);
  await get();
  holdsContent(to);
  fs.rmSync(to);
  fs.writeFileSync(`${to}.partial`, Buffer.concat([content, content]));
  await get();
  holdsContent(to);
});

test('another checksum: nothing gets the name, the next call starts afresh', async () => {
  server.body = Buffer.from(content).fill(0, 5, 9);
  await assert.rejects(
    get(),
    new RegExp(
      `^Error: download: expected http:\\S+ with SHA-256 ${sha256}, got \\w{64}; start again for a fresh ` +
        `download, what came lies in .*some\\.bin\\.rejected$`,
    ),
  );
  assert.deepEqual(fs.readdirSync(path.dirname(to)), ['some.bin.rejected']);
  server.body = content;
  await get();
  holdsContent(to);
});

test('a file that lies there already is checked and never replaced', async () => {
  fs.mkdirSync(path.dirname(to));
  fs.writeFileSync(to, 'mine');
  await assert.rejects(
    get(),
    /^Error: download: expected \S+some\.bin with SHA-256 \w+, got \w+; take it away, then it is downloaded again$/,
  );
  assert.equal(fs.readFileSync(to, 'utf8'), 'mine');
  assert.equal(server.ranges.length, 0);
});

test('no network and a refusal are named, with the way round; what was there stays', async () => {
  fs.mkdirSync(path.dirname(to));
  fs.writeFileSync(`${to}.partial`, content.subarray(0, 1000));
  server.status = 404;
  await assert.rejects(
    get(),
    /^Error: download: expected the file http:\S+, got the answer 404 Not Found; try again later; or download it in another way and put it at \S+some\.bin$/,
  );
  const closed = http.createServer();
  await new Promise<void>(resolve => closed.listen(0, '127.0.0.1', resolve));
  const {port} = closed.address() as AddressInfo;
  await new Promise(resolve => closed.close(resolve));
  await assert.rejects(
    download({url: `http://127.0.0.1:${port}/some.bin`, to, sha256, log: () => {}}),
    /^Error: download: expected an answer from \S+, got none \(ECONNREFUSED\); connect to the network and start again; or download it/,
  );
  assert.equal(fs.statSync(`${to}.partial`).size, 1000);
});

test('a signal stops it, also when nothing comes; the next call goes on', async () => {
  Object.assign(server, {cutAfter: 50_000, stall: true});
  const size = () => (fs.existsSync(`${to}.partial`) ? fs.statSync(`${to}.partial`).size : 0);
  const stopped = async (when: () => boolean) => {
    const controller = new AbortController();
    const end = get(controller.signal);
    while (!when()) await setTimeout(5);
    controller.abort();
    await assert.rejects(end, {name: 'AbortError'});
  };
  await stopped(() => size() === 50_000);
  server.cutAfter = 0;
  await stopped(() => lines.length === 2); // the head of the second answer is there
  await assert.rejects(get(AbortSignal.abort()), {name: 'AbortError'});
  Object.assign(server, {cutAfter: Infinity, stall: false, ranges: []});
  await get();
  holdsContent(to);
  assert.deepEqual(server.ranges, ['bytes=50000-']);
});

test('no space: one line, and what came stays', async () => {
  const script =
    `require('./lib/datasets/files/download').download(${JSON.stringify({url, to, sha256})}).catch(({message}) ` +
    '=> { console.error(message); process.exitCode = 7; })';
  const child = spawn('bash', ['-c', 'ulimit -f 150; exec "$0" --import tsx -e "$1"', process.execPath, script], {
    cwd: path.join(__dirname, '../../..'),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', text => {
    said += text;
  });
  assert.equal(await new Promise(resolve => child.on('close', resolve)), 7, said);
  assert.match(
    said,
    /^download: expected to write 300 kB to \S+some\.bin\.partial, got E(FBIG|NOSPC)[^\n]*; make room and start again, it goes on from there\n$/,
  );
  await get();
  holdsContent(to);
  assert.match(server.ranges.at(-1)!, /^bytes=[1-9]\d+-$/);
});
