import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {after, test} from 'node:test';
import {zipEntries} from '../../../lib/datasets/files/zip';
import {zip} from '../zipFile';

const reference = JSON.parse(fs.readFileSync(path.join(__dirname, '../../reference/zip.json'), 'utf8')) as {
  archive: string;
  files: Record<string, string>;
};
const python = Buffer.from(reference.archive, 'base64');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'zip-'));
after(() => fs.rmSync(folder, {recursive: true}));

let made = 0;
const at = (bytes: Uint8Array) => {
  const file = path.join(folder, `${made++}.zip`);
  fs.writeFileSync(file, bytes);
  return file;
};

test('reads what Python packed: stored, deflated, empty, with a comment at the end; folders are left out', async () => {
  const entries = await zipEntries(at(python));
  assert.deepEqual(
    entries.map(({name}) => name),
    Object.keys(reference.files),
  );
  for (const {name, size, read} of entries) {
    const expected = Buffer.from(reference.files[name]!, 'base64');
    assert.equal(size, expected.length);
    assert.deepEqual(Buffer.from(await read()), expected);
  }
});

test('reads what the tests pack', async () => {
  const [entry] = await zipEntries(at(zip({'a/b.txt': Buffer.from('hello hello hello')})));
  assert.equal(Buffer.from(await entry!.read()).toString(), 'hello hello hello');
});

test('no archive, cut off, damaged, encrypted or packed in another way: each is refused in a line', async () => {
  await assert.rejects(
    zipEntries(at(Buffer.from('nothing'))),
    /^RangeError: zipEntries: expected a zip archive in .*, got what cannot be read: end of central directory record signature not found.*; take the archive away$/i,
  );
  await assert.rejects(zipEntries(at(python.subarray(0, 400))), /got what cannot be read: end of central directory/i);
  const change = (find: number[], place: number, value: number) => {
    const bytes = Buffer.from(python);
    bytes[bytes.indexOf(Buffer.from(find)) + place] = value;
    return at(bytes);
  };
  const central = [0x50, 0x4b, 1, 2];
  const end = [0x50, 0x4b, 5, 6];
  // after the folder and what is stored
  const third = (bytes: Buffer) => [1, 2, 3].reduce(place => bytes.indexOf(Buffer.from(central), place + 1), -1);
  const unread = async (place: number, value: number) => {
    const bytes = Buffer.from(python);
    bytes[third(bytes) + place] = value;
    return (await zipEntries(at(bytes)))[1]!.read();
  };
  await assert.rejects(
    unread(8, 1),
    /^RangeError: zipEntries: expected set\/b.bin in .* as it was packed, got what cannot be read: .*encrypted/,
  );
  await assert.rejects(unread(10, 12), /got what cannot be read: .*compression method/i);
  await assert.rejects(zipEntries(change(end, 10, 9)), /expected a zip archive in .*, got what cannot be read/);
  const damaged = await zipEntries(change([...Buffer.from('stored\n')], 2, 65));
  await assert.rejects(
    damaged[0]!.read(),
    /^RangeError: zipEntries: expected set\/a.txt in .* as it was packed, got what cannot be read: other bytes; take the archive away$/,
  );
});
