import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {gzipSync} from 'node:zlib';
import {fashionMnist, type FashionMnistChecksums} from '../../lib/datasets/fashionMnist';
import {fingerprint, loadOrigin} from '../../lib/datasets/origin';
import {serving} from './cifar';
import {idxFile} from './idxFile';

const quiet = () => {};
const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/**
 * 20 images to train on and two to test on, of 2 × 3 pixels, image i all of the gray i; labels i
 * mod 10.
 */
const small = (): Record<string, Buffer> => {
  const images = (first: number, count: number) =>
    idxFile(8, [count, 2, 3], Buffer.from(Array.from({length: count * 6}, (_, at) => first + Math.floor(at / 6))));
  const labels = (first: number, count: number) =>
    idxFile(8, [count], Buffer.from(Array.from({length: count}, (_, i) => (first + i) % 10)));
  return {
    'train-images-idx3-ubyte': images(0, 20),
    'train-labels-idx1-ubyte': labels(0, 20),
    't10k-images-idx3-ubyte': images(20, 2),
    't10k-labels-idx1-ubyte': labels(20, 2),
  };
};

/** Puts the files, gzipped, where the server finds them. */
function offer(at: string, files: Record<string, Buffer>): {sha256: FashionMnistChecksums} {
  return {
    sha256: Object.fromEntries(
      Object.entries(files).map(([name, unpacked]) => {
        const packed = gzipSync(unpacked);
        fs.writeFileSync(path.join(at, `${name}.gz`), packed);
        return [name, {packed: hash(packed), unpacked: hash(unpacked)}];
      }),
    ) as FashionMnistChecksums,
  };
}

test('downloads four files, unpacks them in memory; the next call needs no server', () =>
  serving(async ({files, base, folder, requests}) => {
    const options = {base, folder, log: quiet, ...offer(files, small())};
    const set = await fashionMnist(options);
    assert.deepEqual(set.shape, [22, 2, 3, 1]);
    assert.deepEqual(
      [...set.images],
      Array.from({length: 22 * 6}, (_, at) => Math.floor(at / 6)),
    );
    assert.deepEqual(
      [...set.labels],
      Array.from({length: 22}, (_, i) => i % 10),
    );
    assert.deepEqual([set.classes.length, set.classes[0], set.classes[9]], [10, 'T-shirt/top', 'Ankle boot']);
    assert.deepEqual(
      [set.splits.pretrain.length, set.splits.train.length, [...set.splits.validation], [...set.splits.test]],
      [20, 19, [19], [20, 21]],
    );
    assert.ok(Math.abs(set.mean[0]! - 9.5 / 255) < 1e-12);
    assert.equal(requests.length, 4);
    assert.deepEqual((await fashionMnist({...options, base: 'http://127.0.0.1:1/'})).images, set.images);
    assert.equal(fingerprint(await loadOrigin(JSON.parse(JSON.stringify(set.origin)))), fingerprint(set));
    assert.deepEqual(
      fs.readdirSync(folder).sort(),
      Object.keys(small())
        .map(name => `${name}.gz`)
        .sort(),
    );
  }));

test('a folder may have the files unpacked, or packed by somebody else; only those that lack are downloaded', () =>
  serving(async ({files, base, folder, requests}) => {
    const options = {base, folder, log: quiet, ...offer(files, small())};
    fs.mkdirSync(folder);
    const [first, second, third] = Object.entries(small());
    fs.writeFileSync(path.join(folder, first![0]), first![1]);
    fs.writeFileSync(path.join(folder, `${second![0]}.gz`), gzipSync(second![1], {level: 0}));
    fs.writeFileSync(path.join(folder, third![0]), third![1]);
    assert.deepEqual((await fashionMnist(options)).shape, [22, 2, 3, 1]);
    assert.deepEqual(requests, ['/kriz/t10k-labels-idx1-ubyte.gz']);
  }));

test("the default is Debian's folder where its package is installed, otherwise the folder of data", t =>
  serving(async ({files, base, folder, requests}) => {
    const {sha256} = offer(files, small());
    const debian = '/usr/share/datasets/fashion-mnist';
    const [exists, read] = [fs.existsSync, fs.promises.readFile];
    t.mock.method(fs, 'existsSync', (file: string) => exists(file.replace(debian, files)));
    t.mock.method(fs.promises, 'readFile', (file: string) => read(file.replace(debian, files)));
    const {origin} = await fashionMnist({base, sha256, log: quiet});
    assert.ok(origin?.loader === 'fashionMnist' && origin.options.folder === debian && requests.length === 0);

    t.mock.method(fs, 'existsSync', (file: string) => !file.startsWith(debian) && exists(file));
    process.env.SSL_DATA = folder;
    try {
      await fashionMnist({base, sha256, log: quiet});
    } finally {
      delete process.env.SSL_DATA;
    }
    assert.equal(fs.readdirSync(path.join(folder, 'fashion-mnist')).length, 4);
  }));

test('no network, changed, damaged and unfit files, an interrupt: each one line', () =>
  serving(async ({files, base, folder}) => {
    const own = offer(files, small());
    const [name] = Object.keys(small());
    const options = {base, folder, log: quiet, ...own};
    await assert.rejects(
      fashionMnist({...options, base: 'http://127.0.0.1:1'}),
      /^Error: download: expected an answer from http:\/\/127\.0\.0\.1:1\/train-images-idx3-ubyte\.gz, got none .* put it at \S+train-images-idx3-ubyte\.gz$/,
    );
    await assert.rejects(
      fashionMnist({base, folder, log: quiet}),
      /^Error: download: expected \S+train-images-idx3-ubyte\.gz with SHA-256 3aede38d61\w+, got/,
    );
    await assert.rejects(fashionMnist({...options, signal: AbortSignal.abort(new Error('stop here'))}), /stop here/);
    await fashionMnist(options);
    const packed = path.join(folder, `${name}.gz`);
    const whole = fs.readFileSync(packed);
    fs.writeFileSync(packed, whole.subarray(0, 30));
    await assert.rejects(
      fashionMnist(options),
      /^RangeError: fashionMnist: expected \S+train-images-idx3-ubyte\.gz as gzip packs it, got unexpected end of file; take it away, then it is downloaded again$/,
    );
    fs.writeFileSync(packed, gzipSync('other'));
    await assert.rejects(
      fashionMnist(options),
      /^RangeError: fashionMnist: expected \S+train-images-idx3-ubyte\.gz with unpacked SHA-256 \w+, got \w+; take it away/,
    );
    fs.rmSync(folder, {recursive: true});

    const refused = async (changed: Record<string, Buffer>, message: RegExp) => {
      fs.rmSync(folder, {recursive: true, force: true});
      await assert.rejects(fashionMnist({...options, ...offer(files, {...small(), ...changed})}), message);
    };
    await refused(
      {'t10k-labels-idx1-ubyte': idxFile(8, [3], Buffer.alloc(3))},
      /^RangeError: fashionMnist: expected images of one size, a label for each, got images \[20,2,3\] and \[2,2,3\], labels \[20\] and \[3\] in /,
    );
    await refused(
      {'t10k-images-idx3-ubyte': idxFile(8, [2, 3, 2], Buffer.alloc(12))},
      /expected images of one size, a label for each, got images \[20,2,3\] and \[2,3,2\]/,
    );
    await refused(
      {'t10k-labels-idx1-ubyte': idxFile(8, [2], Buffer.from([1, 10]))},
      /^RangeError: fashionMnist: expected labels below 10, got 10 for image 21$/,
    );
  }));
