import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {channelStatistics} from '../../lib/datasets/channelStatistics';
import {imagesAt, range} from '../../lib/datasets/dataset';
import {fingerprint, loadOrigin} from '../../lib/datasets/origin';
import {stl10} from '../../lib/datasets/stl10';
import {close} from '../close';
import {pack, serving} from './cifar';

const names = ['airplane', 'bird', 'car', 'cat', 'deer', 'dog', 'horse', 'monkey', 'ship', 'truck'];
const quiet = () => {};

/** Red grows downwards, green to the right, blue is the image's number. */
const value = (y: number, x: number, c: number, i: number) => [2 * y, 2 * x, 5 * i][c]!;

function pixels(first: number, count: number): Buffer {
  const values = Buffer.alloc(count * 27_648);
  let at = 0;
  for (let i = first; i < first + count; i++)
    for (let c = 0; c < 3; c++)
      for (let x = 0; x < 96; x++) for (let y = 0; y < 96; y++) values[at++] = value(y, x, c, i);
  return values;
}

/** Twelve labeled images to train on, five without labels, three to test on. */
const small = (): Record<string, string | Buffer> => ({
  'train_X.bin': pixels(0, 12),
  'train_y.bin': Buffer.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1, 2]),
  'unlabeled_X.bin': pixels(12, 5),
  'test_X.bin': pixels(17, 3),
  'test_y.bin': Buffer.from([10, 5, 1]),
  'class_names.txt': `${names.join('\n')}\n`,
  'fold_indices.txt': '0 1\n',
});
const offer = (files: string, content = small()) => pack(files, 'stl10_binary.tar.gz', 'stl10_binary', content);

test('images stay in their files, columns come as rows; labels from 1, none where there is none', () =>
  serving(async ({files, base, folder, requests}) => {
    const options = {base, folder, log: quiet, ...offer(files)};
    const set = await stl10(options);
    assert.equal(typeof set.images, 'function');
    assert.deepEqual([set.name, set.shape, set.classes], ['stl-10', [20, 96, 96, 3], names]);
    assert.deepEqual([...set.labels], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, -1, -1, -1, -1, -1, 9, 4, 0]);
    assert.deepEqual(
      [[...set.splits.pretrain], set.splits.train.length, [...set.splits.validation], [...set.splits.test]],
      [[...range(0, 17)], 11, [11], [17, 18, 19]],
    );
    const chosen = Int32Array.of(18, 3, 14, 3);
    const read = await imagesAt(set, chosen);
    let at = 0;
    for (const i of chosen)
      for (let y = 0; y < 96; y++)
        for (let x = 0; x < 96; x++) for (let c = 0; c < 3; c++) assert.equal(read[at++], value(y, x, c, i));
    const {mean, standardDeviation} = channelStatistics(await imagesAt(set, range(0, 17)), [17, 96, 96, 3]);
    assert.deepEqual([set.mean, set.standardDeviation], [mean, standardDeviation]);
    assert.equal(requests.length, 1);
    assert.equal(fingerprint(await loadOrigin(JSON.parse(JSON.stringify(set.origin)))), fingerprint(set));
  }));

test('mean and standard deviation are measured once a size, and kept', () =>
  serving(async ({files, base, folder}) => {
    const lines: string[] = [];
    const options = {base, folder, log: (line: string) => lines.push(line), ...offer(files)};
    const measured = () => lines.filter(line => line.includes('measuring')).join();
    const first = await stl10(options);
    assert.equal(measured(), 'stl-10: measuring mean and standard deviation of 17 images, once');
    assert.deepEqual((await stl10(options)).mean, first.mean);
    assert.equal(measured(), 'stl-10: measuring mean and standard deviation of 17 images, once');
    const shrunk = await stl10({...options, size: 24});
    assert.match(measured(), /,stl-10-24: measuring/);
    close([...shrunk.mean], [...first.mean], 2e-3);
    assert.ok(shrunk.standardDeviation[0]! < first.standardDeviation[0]!);
    assert.deepEqual(
      fs
        .readdirSync(path.join(folder, 'stl-10'))
        .filter(name => name.startsWith('statistics'))
        .sort(),
      ['statistics-24.json', 'statistics-96.json'],
    );
  }));

test('a folder that cannot be written to is read all the same', t =>
  serving(async ({files, base, folder}) => {
    const lines: string[] = [];
    const options = {base, folder, log: (line: string) => lines.push(line), ...offer(files)};
    const {open} = fs.promises;
    t.mock.method(fs.promises, 'open', (file: string, ...rest: []) =>
      file.endsWith('.part') ? Promise.reject(new Error('EROFS: read-only file system')) : open(file, ...rest),
    );
    assert.equal((await stl10(options)).shape[0], 20);
    assert.match(
      lines.at(-1)!,
      /could not write \S+statistics-96\.json .* EROFS: read-only file system\. .*; mean and standard deviation are measured again next time$/,
    );
  }));

test('smaller images: scaled down as they are read, the right way up', () =>
  serving(async ({files, base, folder}) => {
    const set = await stl10({base, folder, size: 48, log: quiet, ...offer(files)});
    assert.deepEqual([set.name, set.shape], ['stl-10-48', [20, 48, 48, 3]]);
    const image = await imagesAt(set, Int32Array.of(7));
    for (const y of [5, 20, 40])
      for (const x of [5, 20, 40]) {
        // each pixel the mean of its four: 2 · (2y + ½)
        close([...image.subarray(3 * (48 * y + x), 3 * (48 * y + x) + 3)], [4 * y + 1, 4 * x + 1, 35], 1);
      }
    for (const size of [0, 97, 32.5])
      await assert.rejects(
        stl10({size}),
        new RegExp(`^RangeError: stl10: expected size as a whole number of pixels from 1 to 96, got ${size}$`),
      );
  }));

test('an interrupt while unpacking, while measuring, while reading; nothing half done stays', () =>
  serving(async ({files, base, folder}) => {
    const options = {base, folder, ...offer(files)};
    const interruptedAt = (sign: string) => {
      const controller = new AbortController();
      return stl10({
        ...options,
        signal: controller.signal,
        log: line => {
          if (line.includes(sign)) controller.abort(new Error('stop here'));
        },
      });
    };
    await assert.rejects(interruptedAt('unpacking into'), /stop here/);
    assert.deepEqual(fs.readdirSync(folder), ['downloads']);
    await assert.rejects(interruptedAt('measuring'), /stop here/);
    assert.ok(!fs.existsSync(path.join(folder, 'stl-10', 'statistics-96.json')));
    const set = await stl10({...options, log: quiet});
    await assert.rejects(imagesAt(set, range(0, 20), {signal: AbortSignal.abort(new Error('stop here'))}), /stop here/);
  }));

test('files that are cut off, missing or changed: each one line', () =>
  serving(async ({files, base, folder}) => {
    const options = {base, folder, log: quiet};
    await assert.rejects(
      stl10({...options, ...offer(files), sha256: undefined}),
      /^Error: download: expected \S+stl10_binary\.tar\.gz with SHA-256 f31fd99273\w+, got/,
    );
    const refused = (changed: Record<string, string | Buffer>, message: RegExp) =>
      assert.rejects(stl10({...options, ...offer(files, {...small(), ...changed})}), message);
    await refused(
      {'unlabeled_X.bin': Buffer.alloc(30_000)},
      /^RangeError: stl10: expected images of 27648 bytes in \S+unlabeled_X\.bin, got 30000 bytes; take the folder away, then it is downloaded again$/,
    );
    await refused(
      {'test_y.bin': Buffer.from([1, 2])},
      /^RangeError: stl10: expected 3 labels in \S+test_y\.bin, got 2; take the folder away/,
    );
    await refused(
      {'test_y.bin': Buffer.from([1, 2, 11])},
      /^RangeError: stl10: expected labels from 1 to 10, got 11 for image 2 in \S+test_y\.bin$/,
    );
    await refused(
      {'train_X.bin': pixels(0, 9), 'train_y.bin': Buffer.alloc(9, 1)},
      /^RangeError: stl10: expected at least 10 training images in \S+, got 9$/,
    );

    // packed once: an archive packed a second later has another checksum
    const whole = offer(files);
    const set = await stl10({...options, ...whole});
    const file = path.join(folder, 'stl-10', 'unlabeled_X.bin');
    fs.truncateSync(file, 4 * 27_648 + 100);
    assert.equal((await imagesAt(set, Int32Array.of(15))).length, 27_648);
    await assert.rejects(
      imagesAt(set, Int32Array.of(16)),
      /^RangeError: stl10: expected \S+unlabeled_X\.bin to be as it was when the data set was loaded, got its end within image 4; take the folder away/,
    );
    fs.rmSync(file);
    await assert.rejects(
      imagesAt(set, Int32Array.of(15)),
      /^RangeError: stl10: expected \S+unlabeled_X\.bin to be as it was when the data set was loaded, got ENOENT/,
    );
    assert.equal((await imagesAt(set, Int32Array.of(3, 19))).length, 2 * 27_648);
    await assert.rejects(
      stl10({...options, ...whole}),
      /^RangeError: stl10: expected the file \S+unlabeled_X\.bin, got none; take the folder away/,
    );
  }));
