import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {gunzipSync, gzipSync} from 'node:zlib';
import {cifar10} from '../../lib/datasets/cifar10';
import {fingerprint, loadOrigin} from '../../lib/datasets/origin';
import {pack, record, serving} from './cifar';

const names = ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'];
/** Five files of four records, a test file of three; record i has label i mod 10. */
const small = () => ({
  ...Object.fromEntries(
    [0, 1, 2, 3, 4].map(b => [
      `data_batch_${b + 1}.bin`,
      Buffer.concat([0, 1, 2, 3].map(i => record([(4 * b + i) % 10], 4 * b + i))),
    ]),
  ),
  'test_batch.bin': Buffer.concat([record([9], 20), record([8], 21), record([7], 22)]),
  'batches.meta.txt': `${names.join('\n')}\n\n`,
});
const quiet = () => {};

test('downloads, unpacks, reads planes into pixels; the next call needs no server', () =>
  serving(async ({files, base, folder, requests}) => {
    const {sha256} = pack(files, 'cifar-10-binary.tar.gz', 'cifar-10-batches-bin', small());
    const options = {base, folder, sha256, log: quiet};
    const set = await cifar10(options);
    assert.deepEqual(set.shape, [23, 32, 32, 3]);
    assert.deepEqual(set.classes, names);
    assert.deepEqual([...set.labels], [...Array.from({length: 20}, (_, i) => i % 10), 9, 8, 7]);
    assert.deepEqual(
      [...set.images.subarray(21 * 3072 + 3 * 300, 21 * 3072 + 3 * 302)],
      [300 % 256, 21, 7, 301 % 256, 21, 7],
    );
    assert.deepEqual(
      [set.splits.pretrain.length, [...set.splits.validation], [...set.splits.test]],
      [20, [18, 19], [20, 21, 22]],
    );
    assert.deepEqual(set.splits.train.length, 18);
    assert.ok(
      Math.abs(set.mean[2]! - 7 / 255) < 1e-12 &&
        set.standardDeviation[2]! < 1e-12 &&
        Math.abs(set.mean[1]! - 9.5 / 255) < 1e-12,
    );
    assert.equal(set.checksum, sha256);
    assert.deepEqual(requests, ['/kriz/cifar-10-binary.tar.gz']);
    assert.deepEqual((await cifar10({...options, base: 'http://127.0.0.1:1/'})).labels, set.labels);
    assert.equal(fingerprint(await loadOrigin(set.origin!)), fingerprint(set));
    assert.deepEqual(fs.readdirSync(folder).sort(), ['cifar-10', 'downloads']);
    assert.deepEqual(fs.readdirSync(path.join(folder, 'downloads')), []);
  }));

test('the archive must be the one that everybody uses', () =>
  serving(async ({files, base, folder}) => {
    pack(files, 'cifar-10-binary.tar.gz', 'cifar-10-batches-bin', small());
    await assert.rejects(
      cifar10({base, folder, log: quiet}),
      /^Error: download: expected \S+cifar-10-binary\.tar\.gz with SHA-256 c4a38c50a1bc\w+, got/,
    );
    assert.equal(fs.existsSync(path.join(folder, 'cifar-10')), false);
  }));

test('SSL_DATA_MIRROR stands for the home of the data', () =>
  serving(async ({files, base, folder, requests}) => {
    const {sha256} = pack(files, 'cifar-10-binary.tar.gz', 'cifar-10-batches-bin', small());
    process.env.SSL_DATA_MIRROR = base;
    try {
      await cifar10({folder, sha256, log: quiet});
    } finally {
      delete process.env.SSL_DATA_MIRROR;
    }
    assert.equal(requests.length, 1);
  }));

test('a damaged archive, a foreign folder, files that are cut off or missing: each one line, nothing lost', () =>
  serving(async ({files, base, folder}) => {
    const whole = small();
    const {sha256} = pack(files, 'cifar-10-binary.tar.gz', 'cifar-10-batches-bin', whole);
    const options = {base, folder, sha256, log: quiet};
    const at = path.join(folder, 'cifar-10');
    fs.mkdirSync(at, {recursive: true});
    await assert.rejects(
      cifar10(options),
      /^Error: cifar-10: expected nothing or an unpacked archive at \S+, got a folder without source\.json; take it away/,
    );
    fs.rmdirSync(at);

    await cifar10(options);
    fs.truncateSync(path.join(at, 'data_batch_3.bin'), 5000);
    await assert.rejects(
      cifar10(options),
      /^RangeError: cifarBinary: expected records of 3073 bytes in \S+data_batch_3\.bin, got 5000 bytes; take the folder away/,
    );
    fs.rmSync(path.join(at, 'data_batch_3.bin'));
    await assert.rejects(
      cifar10(options),
      /^RangeError: cifarBinary: expected the file \S+data_batch_3\.bin, got none/,
    );

    const other = pack(files, 'cifar-10-binary.tar.gz', 'cifar-10-batches-bin', {
      ...whole,
      'test_batch.bin': record([10], 0),
    });
    await assert.rejects(
      cifar10({...options, sha256: other.sha256}),
      /^RangeError: cifarBinary: expected labels below 10, got 10 for image 20/,
    ); // replaced the first archive
    const archive = path.join(files, 'cifar-10-binary.tar.gz');
    const half = gunzipSync(fs.readFileSync(archive)).subarray(0, 10_000);
    for (const [damaged, got] of [
      [Buffer.from('no archive'), 'incorrect header check'],
      [fs.readFileSync(archive).subarray(0, 400), 'unexpected end of file'],
      [gzipSync(half), 'Truncated input'],
    ] as const) {
      fs.writeFileSync(archive, damaged);
      fs.rmSync(path.join(folder, 'downloads'), {recursive: true});
      await assert.rejects(
        cifar10({...options, sha256: createHash('sha256').update(damaged).digest('hex')}),
        new RegExp(`^Error: cifar-10: expected \\S+cifar-10-binary\\.tar\\.gz to unpack into \\S+, got .*${got}`),
      );
    }
    assert.deepEqual(fs.readdirSync(folder).sort(), ['cifar-10', 'downloads']);
    assert.equal(fs.existsSync(path.join(at, 'data_batch_3.bin')), true);
  }));
