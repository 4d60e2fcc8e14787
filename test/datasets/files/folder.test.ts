// slow: starts processes

import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {after, test} from 'node:test';
import {buildSync} from 'esbuild';
import {dataFolder} from '../../../lib/datasets/files/folder';

const root = path.join(__dirname, '../../..');
const before = process.env.SSL_DATA;
delete process.env.SSL_DATA;
after(() => {
  if (before !== undefined) process.env.SSL_DATA = before;
});

test("data lie in the project's folder", () => {
  assert.equal(dataFolder(), path.join(root, 'data'));
});

test('the bundle finds the same folder, also through a link', () => {
  const project = fs.mkdtempSync(path.join(os.tmpdir(), 'folder-'));
  try {
    fs.mkdirSync(path.join(project, 'lib/dist'), {recursive: true});
    fs.mkdirSync(path.join(project, 'node_modules'));
    fs.writeFileSync(path.join(project, 'package.json'), '{"name": "another-name"}');
    fs.copyFileSync(path.join(root, 'lib/package.json'), path.join(project, 'lib/package.json'));
    fs.symlinkSync('../lib', path.join(project, 'node_modules/ssl-workbench'));
    buildSync({
      entryPoints: [path.join(root, 'lib/datasets/files/folder.ts')],
      outfile: path.join(project, 'lib/dist/index.js'),
      bundle: true,
      platform: 'node',
      format: 'cjs',
      packages: 'external',
    });
    const bundle = require(path.join(project, 'node_modules/ssl-workbench')) as {dataFolder(): string};
    assert.equal(bundle.dataFolder(), path.join(fs.realpathSync(project), 'data'));
    const unresolved = execFileSync(
      process.execPath,
      ['--preserve-symlinks', '-p', "require('ssl-workbench').dataFolder()"],
      {cwd: project, encoding: 'utf8'},
    );
    assert.equal(unresolved.trim(), path.join(fs.realpathSync(project), 'data'));
  } finally {
    fs.rmSync(project, {recursive: true});
  }
});

test('SSL_DATA puts data elsewhere', () => {
  process.env.SSL_DATA = 'somewhere/else';
  try {
    assert.equal(dataFolder(), path.resolve('somewhere/else'));
  } finally {
    delete process.env.SSL_DATA;
  }
});
