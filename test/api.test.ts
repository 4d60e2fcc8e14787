// The API reference can be made of both entries of the package: every exported name has words, and
// every link leads somewhere.
// slow: runs typedoc

import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import path from 'node:path';
import {test} from 'node:test';

const root = path.join(__dirname, '..');

test('typedoc reads index and parts without a warning', () => {
  const typedoc = path.join(root, 'node_modules', 'typedoc', 'bin', 'typedoc');
  const {status, stdout, stderr} = spawnSync(process.execPath, [typedoc, '--emit', 'none', '--pretty', 'false'], {
    cwd: root,
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  const lines = `${stdout}${stderr}`.split('\n').filter(line => /\[(warning|error)\]/.test(line));
  assert.deepEqual(lines, []);
});
