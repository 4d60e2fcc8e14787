import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {fingerprint, loadOrigin} from '../../lib/datasets/origin';
import {svhn} from '../../lib/datasets/svhn';
import {serving} from './cifar';
import {matFile, type MatFileArray} from './matFile';

const value = (y: number, x: number, c: number, i: number) => (7 * y + 3 * x + 50 * c + i) % 256;

/** X of images `first` and those after it, rows running fastest. */
function pixels(first: number, count: number): MatFileArray {
  const values = new Uint8Array(count * 3072);
  let at = 0;
  for (let i = first; i < first + count; i++)
    for (let c = 0; c < 3; c++)
      for (let x = 0; x < 32; x++) for (let y = 0; y < 32; y++) values[at++] = value(y, x, c, i);
  return {name: 'X', shape: [32, 32, 3, count], values};
}
const labeled = (values: number[], type?: 'double'): MatFileArray => ({
  name: 'y',
  shape: [values.length, 1],
  type,
  values: Uint8Array.from(values),
});
const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const quiet = () => {};

/** Twenty images to train on with labels 1, 2, … 10, 1, …, three to test on. */
const small = () => ({
  train: matFile([
    pixels(0, 20),
    labeled(
      Array.from({length: 20}, (_, i) => (i % 10) + 1),
      'double',
    ),
  ]),
  test: matFile([labeled([10, 5, 1]), pixels(20, 3)], {packed: false}),
});

function offer(
  files: string,
  {train, test: testing}: {train: Buffer; test: Buffer},
): {sha256: {train: string; test: string}} {
  fs.writeFileSync(path.join(files, 'train_32x32.mat'), train);
  fs.writeFileSync(path.join(files, 'test_32x32.mat'), testing);
  return {sha256: {train: hash(train), test: hash(testing)}};
}

test('downloads, turns columns into rows, 10 into the digit 0; the next call needs no server', () =>
  serving(async ({files, base, folder, requests}) => {
    const options = {base, folder, log: quiet, ...offer(files, small())};
    const set = await svhn(options);
    assert.deepEqual(set.shape, [23, 32, 32, 3]);
    assert.deepEqual([...set.labels], [1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 0, 5, 1]);
    assert.deepEqual([set.classes[0], set.classes[9]], ['0', '9']);
    let at = 0;
    for (let i = 0; i < 23; i++)
      for (let y = 0; y < 32; y++)
        for (let x = 0; x < 32; x++) for (let c = 0; c < 3; c++) assert.equal(set.images[at++], value(y, x, c, i));
    assert.deepEqual(
      [set.splits.pretrain.length, set.splits.train.length, [...set.splits.validation], [...set.splits.test]],
      [20, 18, [18, 19], [20, 21, 22]],
    );
    const red = Array.from({length: 20 * 1024}, (_, i) => set.images[3 * i]! / 255);
    assert.ok(Math.abs(set.mean[0]! - red.reduce((sum, v) => sum + v) / red.length) < 1e-12);
    assert.deepEqual(requests, ['/kriz/train_32x32.mat', '/kriz/test_32x32.mat']);
    assert.deepEqual((await svhn({...options, base: 'http://127.0.0.1:1/'})).images, set.images);
    assert.equal(fingerprint(await loadOrigin(JSON.parse(JSON.stringify(set.origin)))), fingerprint(set));
    assert.deepEqual(fs.readdirSync(path.join(folder, 'svhn')).sort(), ['test_32x32.mat', 'train_32x32.mat']);
  }));

test('no network, other files, an interrupt: each one line', () =>
  serving(async ({files, base, folder}) => {
    const own = offer(files, small());
    await assert.rejects(
      svhn({base: 'http://127.0.0.1:1', folder, log: quiet}),
      /^Error: download: expected an answer from http:\/\/127\.0\.0\.1:1\/train_32x32\.mat, got none \(.*\); connect to the network and start again; or download it in another way and put it at \S+svhn\/train_32x32\.mat$/,
    );
    await assert.rejects(
      svhn({base, folder, log: quiet}),
      /^Error: download: expected \S+train_32x32\.mat with SHA-256 435e94d69a87\w+, got/,
    );
    await assert.rejects(
      svhn({base, folder, log: quiet, ...own, signal: AbortSignal.abort(new Error('stop here'))}),
      /stop here/,
    );
    assert.ok(!fs.existsSync(path.join(folder, 'svhn', 'train_32x32.mat')));
    await svhn({base, folder, log: quiet, ...own});
    fs.truncateSync(path.join(folder, 'svhn', 'test_32x32.mat'), 3000);
    await assert.rejects(
      svhn({base, folder, log: quiet, ...own}),
      /^Error: download: expected \S+test_32x32\.mat with SHA-256 \w+, got \w+; take it away, then it is downloaded again$/,
    );
  }));

test('files of another content: each one line', () =>
  serving(async ({files, base, folder}) => {
    const refused = async (train: Buffer, message: RegExp) => {
      fs.rmSync(path.join(folder, 'svhn'), {recursive: true, force: true});
      await assert.rejects(svhn({base, folder, log: quiet, ...offer(files, {...small(), train})}), message);
    };
    const labels = (count: number) => labeled(Array<number>(count).fill(1));
    await refused(
      matFile([{...pixels(0, 20), name: 'Z'}, labels(20)]),
      /^RangeError: svhn: expected an array "X" in \S+train_32x32\.mat, got "Z", "y"$/,
    );
    await refused(
      matFile([pixels(0, 20), labels(19)]),
      /^RangeError: svhn: expected X \[32, 32, 3, n\] and n labels y, got X \[32,32,3,20\] and 19 labels in \S+train_32x32\.mat$/,
    );
    await refused(
      matFile([{...pixels(0, 20), shape: [32, 3, 32, 20]}, labels(20)]),
      /^RangeError: svhn: expected X .*, got X \[32,3,32,20\] and 20 labels/,
    );
    await refused(
      matFile([pixels(0, 20), labeled([...Array<number>(19).fill(1), 0])]),
      /^RangeError: svhn: expected labels from 1 to 10, got 0 for image 19 of \S+train_32x32\.mat$/,
    );
    await refused(
      matFile([pixels(0, 9), labels(9)]),
      /^RangeError: svhn: expected at least 10 training images, got 9$/,
    );
    await refused(
      matFile([{...pixels(0, 20), type: 'double'}, labels(20)]),
      /^RangeError: matArrays: expected real numbers of class uint8, got "X" of class double in/,
    );
    await refused(
      small().train.subarray(0, 1000),
      /^RangeError: matArrays: expected \d+ bytes or more, got \S+train_32x32\.mat, which ends after 1000; bring it again, it was cut off$/,
    );
  }));
