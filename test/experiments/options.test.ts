import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import {dataset} from '../../experiments/options';

test('the name of a data set asks for its files', async t => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'options-'));
  const {SSL_DATA, SSL_DATA_MIRROR} = process.env;
  Object.assign(process.env, {SSL_DATA: folder, SSL_DATA_MIRROR: 'http://127.0.0.1:1'});
  const exists = fs.existsSync;
  // what Debian's packages brought
  t.mock.method(fs, 'existsSync', (file: string) => !file.startsWith('/usr/share/datasets/') && exists(file));
  try {
    const asks = (name: string, file: string) =>
      assert.rejects(
        dataset(name, 32),
        new RegExp(`^Error: download: expected an answer from http://127.0.0.1:1/${file}, got none`),
        name,
      );
    await asks('fashion-mnist', 'train-images-idx3-ubyte.gz');
    await asks('cifar-10', 'cifar-10-binary.tar.gz');
    await asks('cifar-100', 'cifar-100-binary.tar.gz');
    await asks('svhn', 'train_32x32.mat');
    await asks('stl-10', 'stl10_binary.tar.gz');
    await asks('stl-10-64', 'stl10_binary.tar.gz');
  } finally {
    for (const [name, value] of Object.entries({SSL_DATA, SSL_DATA_MIRROR})) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    fs.rmSync(folder, {recursive: true});
  }
});

test('sets that are rendered of packages have two sizes', async () => {
  for (const name of ['drawn-emoji', 'earth', 'photos', 'letters']) {
    assert.deepEqual((await dataset(name, 48)).shape.slice(1), [32, 32, 3]);
    const large = await dataset(`${name}-64`, 48);
    assert.equal(large.name, `${name}-64`);
    assert.deepEqual(large.shape.slice(1), [64, 64, 3]);
  }
});
