// slow: starts processes

import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {after, test} from 'node:test';
import {tf} from '../../../lib/engine/tf';
import {fromNames} from '../../../lib/engine/params';
import {readSafetensors, type Values, writeSafetensors} from '../../../lib/datasets/files/safetensors';
import reference from '../../reference/safetensors.json';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'safetensors-'));
after(() => fs.rmSync(folder, {recursive: true}));
const file = (name: string, content?: Uint8Array | string) => {
  const at = path.join(folder, name);
  if (content !== undefined) fs.writeFileSync(at, content);
  return at;
};

test("the same bytes as Python's library writes, and its numbers read back", async () => {
  const bytes = Buffer.from(reference.file, 'hex');
  const {tensors, metadata} = await readSafetensors(file('python', bytes));
  assert.deepEqual(metadata, {step: '12'});
  const values = Object.fromEntries(
    [...tensors].map(([name, tensor]) => [name, [tensor.dtype, tensor.shape, [...tensor.dataSync()]]]),
  );
  assert.deepEqual(values, {
    'backbone.conv1.weight': ['float32', [2, 3], [0, 1, 2, 3, 4, 5].map(v => Math.fround(v / 3))],
    'backbone.bn1.num_batches_tracked': ['int32', [], [7]],
    scalar: ['float32', [], [-1.5]],
    empty: ['float32', [0, 4], []],
    steps: ['int32', [2], [1, -2]],
    mask: ['int32', [3], [0, 1, 255]],
  });
  const host = new Map<string, Values>([
    ['mask', {shape: [3], values: Uint8Array.of(0, 1, 255)}],
    ['steps', {shape: [2], values: Int32Array.of(1, -2)}],
    ['scalar', {shape: [], values: Float32Array.of(-1.5)}],
    ['empty', {shape: [0, 4], values: new Float32Array(0)}],
    ['backbone.conv1.weight', {shape: [2, 3], values: Float32Array.from([0, 1, 2, 3, 4, 5], v => v / 3)}],
    ['backbone.bn1.num_batches_tracked', {shape: [], values: BigInt64Array.of(7n)}],
  ]);
  await writeSafetensors(file('own'), host, {step: '12'});
  assert.deepEqual(fs.readFileSync(file('own')), bytes);
});

test('a tree comes back as it was, type by type; nothing stays behind', async () => {
  const tree = {
    a: {
      b: tf.tensor2d([
        [1, -0.1],
        [1e-40, 3e38],
      ]),
      c: tf.scalar(5, 'int32'),
    },
    d: tf.tensor1d([true, false], 'bool'),
    e: tf.zeros([2, 0]),
  };
  const before = tf.memory().numTensors;
  await writeSafetensors(file('tree'), tree);
  const {tensors, metadata} = await readSafetensors(file('tree'));
  assert.deepEqual(metadata, {});
  assert.equal(tf.memory().numTensors, before + 4);
  const back = fromNames(tensors) as typeof tree;
  assert.deepEqual(
    [back.a.b.dataSync(), back.a.c.dtype, back.d.dtype, back.e.shape],
    [tree.a.b.dataSync(), 'int32', 'bool', [2, 0]],
  );
  assert.deepEqual(
    fs.readdirSync(folder).filter(name => name.endsWith('.part')),
    [],
  );
});

test('16-bit floats and booleans are read', async () => {
  const {tensors} = await readSafetensors(file('sixteen', Buffer.from(reference.sixteen, 'hex')));
  assert.deepEqual([...tensors.get('half')!.dataSync()], [...reference.half, Infinity]);
  assert.deepEqual([...tensors.get('brain')!.dataSync()], reference.brain);
  assert.deepEqual([...tensors.get('flags')!.dataSync()], [1, 0]);
});

test('a file above 4 GiB is read tensor by tensor', async () => {
  const far = 2 ** 32 + 12;
  const header = JSON.stringify({
    __metadata__: {step: '3'},
    near: {dtype: 'F32', shape: [2], data_offsets: [0, 8]},
    middle: {dtype: 'F16', shape: [1], data_offsets: [2 ** 31, 2 ** 31 + 2]},
    far: {dtype: 'I32', shape: [1, 3], data_offsets: [far, far + 12]},
  });
  const at = file('large');
  const size = Buffer.alloc(8);
  const start = 8 + header.length;
  size.writeBigUInt64LE(BigInt(header.length));
  const disk = fs.openSync(at, 'w'); // sparse: what is not written takes no room
  const write = (values: Uint8Array | Float32Array | Uint16Array | Int32Array, place: number) =>
    fs.writeSync(disk, values, 0, values.byteLength, place);
  try {
    fs.ftruncateSync(disk, start + far + 12);
    write(Buffer.concat([size, Buffer.from(header)]), 0);
    write(Float32Array.of(1.5, -2), start);
    write(Uint16Array.of(0x3c00), start + 2 ** 31);
    write(Int32Array.of(7, 8, -9), start + far);
    fs.closeSync(disk);
    const {tensors, metadata} = await readSafetensors(at);
    assert.deepEqual(metadata, {step: '3'});
    assert.deepEqual(
      [...tensors].map(([name, tensor]) => [name, tensor.shape, [...tensor.dataSync()]]),
      [
        ['near', [2], [1.5, -2]],
        ['middle', [1], [1]],
        ['far', [1, 3], [7, 8, -9]],
      ],
    );
    tf.dispose([...tensors.values()]);
  } finally {
    fs.rmSync(at);
  }
});

test('what is no whole safetensors file is refused in one line that names it', async () => {
  const bytes = Buffer.from(reference.file, 'hex');
  const header = (json: string) => {
    const size = Buffer.alloc(8);
    size.writeBigUInt64LE(BigInt(json.length));
    return Buffer.concat([size, Buffer.from(json)]);
  };
  const cases: [string, Uint8Array | string, RegExp][] = [
    ['short', 'abc', /expected a safetensors file, got \S+short: it has 3 bytes$/],
    ['png', '\x89PNG\r\n\x1a\n and more', /expected a safetensors file, got \S+png: no header stands at its start$/],
    [
      'cut-values',
      bytes.subarray(0, bytes.length - 1),
      /expected 47 bytes of values in \S+cut-values, got 46: the file is cut off/,
    ],
    [
      'cut-header',
      bytes.subarray(0, 100),
      /expected a header of 432 bytes in \S+cut-header, got 92: the file is cut off/,
    ],
    ['no-json', header('{"a":'), /got \S+no-json: its header is no JSON/],
    ['no-entry', header('{"a":3}'), /got \S+no-entry: its header says nothing of a's type, shape and place$/],
    ['float8', Buffer.from(reference.other, 'hex'), /expected small in \S+float8 as F32, .*, got F8_E5M2: convert it$/],
    [
      'wrong-size',
      Buffer.concat([header('{"w":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}'), Buffer.alloc(8)]),
      /expected 12 bytes for w \[3\] F32 in \S+wrong-size, got 8/,
    ],
    [
      'large-integer',
      Buffer.concat([
        header(
          '{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"n":{"dtype":"I64","shape":[],"data_offsets":[0,8]}}',
        ),
        Buffer.alloc(8, 1),
      ]),
      /expected integers of 32 bits in n, got 72340172838076673/,
    ],
  ];
  const before = tf.memory().numTensors;
  for (const [name, content, message] of cases)
    await assert.rejects(readSafetensors(file(name, content)), {name: 'RangeError', message});
  assert.equal(tf.memory().numTensors, before);
  await assert.rejects(readSafetensors(file('missing')), /ENOENT.*missing/);
});

test('without room on the disk the earlier file stays whole, and the error says so', async () => {
  const at = file('checkpoint');
  await writeSafetensors(at, new Map([['w', {shape: [2], values: Float32Array.of(1, 2)}]]));
  const whole = fs.readFileSync(at);
  const save = `
    process.on('SIGXFSZ', () => {});
    require(${JSON.stringify(path.resolve(__dirname, '../../../lib/datasets/files/safetensors'))})
      .writeSafetensors(${JSON.stringify(at)}, new Map([['w', {shape: [1e6], values: new Float32Array(1e6)}]]))
      .then(() => console.log('saved'), error => console.log(error.message));`;
  const child = spawnSync('bash', ['-c', 'ulimit -f 1024; exec "$0" --import tsx -e "$1"', process.execPath, save], {
    encoding: 'utf8',
    cwd: path.resolve(__dirname, '../../..'),
  });
  assert.match(
    child.stdout,
    /^writeWhole: could not write \S+checkpoint \(4\.0 MB\): EFBIG: .*\. Any earlier file is unchanged\n$/,
    child.stderr,
  );
  assert.deepEqual(fs.readFileSync(at), whole);
  assert.deepEqual(
    fs.readdirSync(folder).filter(name => name.endsWith('.part')),
    [],
  );
});
