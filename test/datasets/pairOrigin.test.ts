import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import sharp from 'sharp';
import {checksumOf, loadPairs} from '../../lib/datasets/pairOrigin';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pairs-'));
const write = (name: string, value: number) =>
  sharp(
    Uint8Array.from({length: 8 * 8 * 3}, (_, i) => (i * value) % 256),
    {raw: {height: 8, width: 8, channels: 3}},
  )
    .png()
    .toFile(path.join(folder, name));

test('images are loaded once, known by their checksum, and read anew after an error', async () => {
  await assert.rejects(
    loadPairs({loader: 'largeFolder', folder}),
    /^RangeError: largeFolder: expected at least 2 different images/,
  );
  await Promise.all(['0.png', '1.png', '2.png'].map((name, i) => write(name, i + 3)));
  const origin = {loader: 'largeFolder', folder} as const;
  const images = await loadPairs(origin);
  const checksum = checksumOf(images);
  assert.equal(await loadPairs({...origin, checksum}), images);
  await write('0.png', 11);
  await assert.rejects(
    loadPairs({...origin, checksum: 'of another day'}),
    /^RangeError: loadPairs: expected the images of largeFolder as they were when the study began, got others: their files were changed$/,
  );
  assert.notEqual(checksumOf(await loadPairs(origin)), checksum);
});
