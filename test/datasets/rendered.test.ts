import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, test} from 'node:test';
import {loadRendered, prepareRendered, type RenderedSet} from '../../lib/datasets/rendered';

const size = 64 * 64 * 3;
let folder: string;
let renderings: number;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rendered-'));
  renderings = 0;
});
afterEach(() => fs.rmSync(folder, {recursive: true, force: true}));

/** Two images whose value is that of their place. */
const set = (more: Partial<RenderedSet<{titles: string[]}>> = {}): RenderedSet<{titles: string[]}> => ({
  name: 'two-squares',
  caller: 'twoSquares',
  what: 'two squares',
  recipe: 1,
  versions: () => ({brush: '1.0.0'}),
  count: ({titles}) => titles.length,
  async render() {
    renderings++;
    return {
      images: Uint8Array.from(
        {length: 2 * size},
        (_, i) => (Math.floor(i / size) * 100 + (Math.floor(i / 3) % 64)) % 256,
      ),
      checksum: 'abc',
      facts: {titles: ['one', 'two']},
    };
  },
  ...more,
});
const log = () => {};

test('renders once, both sizes, and says so', async () => {
  const lines: string[] = [];
  const {images, record} = await loadRendered(set(), {folder, log: line => lines.push(line)});
  const large = await loadRendered(set(), {size: 64, folder, log: line => lines.push(line)});
  assert.equal(renderings, 1);
  assert.deepEqual([record.titles, record.checksum, record.versions], [['one', 'two'], 'abc', {brush: '1.0.0'}]);
  assert.deepEqual([images.length, large.images.length], [size / 2, size * 2]);
  // (0 + 1 + 0 + 1 + 2) >> 2 and so on
  assert.deepEqual([...images.subarray(0, 9)], [1, 1, 1, 3, 3, 3, 5, 5, 5]);
  assert.equal(images[size / 4], 101);
  assert.deepEqual([...large.images.subarray(size, size + 6)], [100, 100, 100, 101, 101, 101]);
  assert.deepEqual(
    lines.map(line => line.replace(/[\d.]+ s, /, '')),
    [
      `two squares: rendering two squares into ${path.join(folder, 'two-squares')}, once`,
      'two squares: ready after 30.7 kB',
    ],
  );
  assert.deepEqual(fs.readdirSync(path.join(folder, 'two-squares')).sort(), [
    '32px.uint8',
    '64px.uint8',
    'two-squares.json',
  ]);
});

test('renders again for another recipe, another package, or a file that is cut off or missing', async () => {
  await prepareRendered(set(), {folder, log});
  const again = async (more: Partial<RenderedSet<{titles: string[]}>> = {}) => {
    const before = renderings;
    await prepareRendered(set(more), {folder, log});
    return renderings > before;
  };
  assert.equal(await again(), false);
  assert.equal(await again({recipe: 2}), true);
  assert.equal(await again({recipe: 2, versions: () => ({brush: '1.0.1'})}), true);
  assert.equal(await again(), true);
  fs.truncateSync(path.join(folder, 'two-squares', '64px.uint8'), 1000);
  assert.equal(await again(), true);
  fs.rmSync(path.join(folder, 'two-squares', '32px.uint8'));
  assert.equal(await again(), true);
  assert.equal(await again(), false);
});

test('a rendering that fails leaves what is there, one that is no use is refused', async () => {
  await prepareRendered(set(), {folder, log});
  await assert.rejects(
    prepareRendered(
      set({
        recipe: 2,
        render: async () => {
          throw new Error('out of paint');
        },
      }),
      {folder, log},
    ),
    /^Error: out of paint/,
  );
  await assert.rejects(
    prepareRendered(set({recipe: 2, count: () => 3}), {folder, log}),
    /^RangeError: twoSquares: expected 3 images of 64 × 64 × 3 bytes, got 24576 bytes/,
  );
  const before = renderings;
  await prepareRendered(set(), {folder, log});
  assert.equal(renderings, before);
});

test('says where nothing can be written, and refuses another size', async () => {
  fs.writeFileSync(path.join(folder, 'two-squares'), 'a file');
  await assert.rejects(
    prepareRendered(set(), {folder, log}),
    /^Error: twoSquares: expected 30\.7 kB to be written to .*two-squares, got EEXIST.*; make room, or set SSL_DATA to another folder/,
  );
  await assert.rejects(
    loadRendered(set(), {size: 48 as 32, folder, log}),
    /^RangeError: twoSquares: expected size 32 or 64, got 48/,
  );
});

test('progress is shown now and then', async t => {
  let now = 0;
  t.mock.method(performance, 'now', () => now);
  const lines: string[] = [];
  const slow = set();
  await prepareRendered(
    {
      ...slow,
      async render(progress) {
        for (let i = 0; i < 4; i++) {
          now += 2000;
          progress(() => `${i + 1} of 4 strokes`);
        }
        return slow.render(progress);
      },
    },
    {folder, log: line => lines.push(line)},
  );
  assert.deepEqual(lines.slice(1, -1), ['two squares: 3 of 4 strokes, 6 s']);
});
