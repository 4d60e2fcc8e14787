import assert from 'node:assert/strict';
import {randomBytes} from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {deflateSync} from 'node:zlib';
import {matArrays} from '../../../lib/datasets/files/mat';
import reference from '../../reference/mat.json';
import {matFile} from '../matFile';

let folder: string;
before(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mat-'));
});
after(() => fs.rmSync(folder, {recursive: true}));

const write = (bytes: Uint8Array): string => {
  const file = path.join(folder, 'some.mat');
  fs.writeFileSync(file, bytes);
  return file;
};
const bytesOf = (name: string) => Buffer.from(reference.cases.find(one => one.name === name)!.file, 'base64');
/** Reads all that can be read. */
const readAll = async (bytes: Uint8Array) => {
  const arrays = await matArrays(write(bytes));
  for (const array of arrays.filter(({type}) => !['int64', 'cell', 'struct', 'sparse'].includes(type)))
    await array.values();
  return arrays;
};

test("equals SciPy: arrays and values of MATLAB's files and its own, packed or not, of both byte orders", async () => {
  assert.ok(reference.cases.length > 10);
  for (const {name: example, file, arrays} of reference.cases) {
    const read = await matArrays(write(Buffer.from(file, 'base64')));
    const typeOf = (own: string) => (own === 'logical' ? 'uint8' : own); // bytes with a mark
    assert.deepEqual(
      read.map(({name, shape, type}) => ({name, shape, type})),
      arrays.map(array => ({name: array.name, shape: array.shape, type: typeOf(array.type)})),
      example,
    );
    for (const [i, {values, name: array, type}] of arrays.entries()) {
      if (values === null)
        await assert.rejects(
          read[i]!.values(),
          /^RangeError: matArrays: expected real numbers of one of the classes double, .*, got "\w+" of (complex numbers of )?class \w+ in \S+some\.mat$/,
          `${example} ${array}`,
        );
      else {
        assert.deepEqual([...(await read[i]!.values())], values, `${example} ${array}`);
        if (type === 'uint8') assert.deepEqual([...(await read[i]!.bytes())], values, `${example} ${array}`);
        else if (type !== 'logical')
          await assert.rejects(
            read[i]!.bytes(),
            new RegExp(
              `^RangeError: matArrays: expected real numbers of class uint8, got "${array}" of class ${type} in`,
            ),
          );
      }
    }
  }
});

test('bytes go straight into the memory that is given', async () => {
  for (const name of ['savemat', 'savemat, packed']) {
    const [x] = await matArrays(write(bytesOf(name)));
    const images = new Uint8Array(200).fill(99);
    await x!.bytes(images.subarray(10, 190));
    assert.deepEqual([...images.subarray(10, 190)], reference.cases.find(one => one.name === name)!.arrays[0]!.values);
    assert.deepEqual([images[9], images[190]], [99, 99]);
    await assert.rejects(
      x!.bytes(images),
      /^RangeError: matArrays: expected room for the 180 values of "X", got 200 bytes/,
    );
  }
});

test('other versions and other files are named, with the way round', async () => {
  const refused = (bytes: Uint8Array) => matArrays(write(bytes));
  await assert.rejects(
    refused(Buffer.from(reference.refused.version73, 'base64')),
    /^RangeError: matArrays: expected a MAT-file of version 5 to 7\.2, got \S+some\.mat, which is of version 7\.3 \(HDF5\); save it with MATLAB's option -v7, or with scipy\.io\.savemat$/,
  );
  await assert.rejects(
    refused(Buffer.from(reference.refused.version73, 'base64').subarray(512)),
    /version 7\.3 \(HDF5\)/,
  ); // HDF5 that MATLAB did not write
  await assert.rejects(
    refused(Buffer.from(reference.refused.version4, 'base64')),
    /^RangeError: matArrays: expected a MAT-file of version 5 to 7\.2, got \S+some\.mat of 103 bytes, which begins with 00000\w+$/,
  );
  await assert.rejects(refused(Buffer.from('<html>'.repeat(50))), /which begins with 3c68746d6c3e3c68$/);
  await assert.rejects(refused(Buffer.alloc(0)), /of 0 bytes, which begins with nothing$/);
});

test('a packed array whose check does not fit is damaged', async () => {
  await assert.rejects(
    readAll(Buffer.from(reference.refused.damaged, 'base64')),
    /^RangeError: matArrays: expected whole arrays in \S+some\.mat, got incorrect data check in the one at byte 136; bring it again, it is damaged$/,
  );

  const array = matFile([{name: 'X', shape: [2, 1], values: Uint8Array.of(1, 2)}], {packed: false});
  // the check stands far behind the values
  const packed = deflateSync(Buffer.concat([array.subarray(128), randomBytes(600_000)]));
  packed[packed.length - 1] = packed.at(-1)! ^ 1;
  const [x] = await matArrays(
    write(Buffer.concat([array.subarray(0, 128), Buffer.from(Uint32Array.of(15, packed.length).buffer), packed])),
  );
  await assert.rejects(x!.bytes(), /got incorrect data check in the one at byte 136/);
  await assert.rejects(x!.values(), /got incorrect data check in the one at byte 136/);
});

test('a file that is cut off anywhere gives fewer arrays or one line', async () => {
  for (const name of ['testmulti_7.4_GLNX86', 'testdouble_6.1_SOL2']) {
    const whole = bytesOf(name);
    const all = (await readAll(whole)).length;
    for (let length = 0; length < whole.length; length++) {
      const arrays = await readAll(whole.subarray(0, length)).catch((error: Error) => error);
      if (arrays instanceof Error)
        assert.match(String(arrays), /^RangeError: matArrays: expected /, `${name}, ${length} bytes`);
      else assert.ok(arrays.length < all, `${name}, ${length} bytes`);
    }
    await assert.rejects(
      readAll(whole.subarray(0, -1)),
      new RegExp(
        `^RangeError: matArrays: expected ${whole.length} bytes or more, got \\S+some\\.mat, which ends ` +
          `after ${whole.length - 1}; bring it again, it was cut off$`,
      ),
    );
  }
});

test('a changed byte gives other numbers or one line', async () => {
  for (const name of ['testdouble_6.1_SOL2', 'testmulti_7.4_GLNX86']) {
    const whole = bytesOf(name);
    let refused = 0;
    for (let at = 0; at < whole.length; at++) {
      const changed = Buffer.from(whole);
      changed[at] = changed[at]! ^ 0xff;
      await readAll(changed).catch((error: Error) => {
        refused++;
        assert.match(String(error), /^RangeError: matArrays: expected /, `${name}, byte ${at}`);
      });
    }
    assert.ok(refused > 20, `${name}: ${refused} refused`);
  }
});
