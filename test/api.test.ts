// The API reference can be made of the index, and every exported name has words.

import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import path from 'node:path';
import {test} from 'node:test';

const root = path.join(__dirname, '..');

test('typedoc reads the index and has nothing to complain of', () => {
  const typedoc = path.join(root, 'node_modules', 'typedoc', 'bin', 'typedoc');
  const {status, stdout, stderr} = spawnSync(process.execPath, [typedoc, '--emit', 'none', '--pretty', 'false'], {cwd: root, encoding: 'utf8'});
  assert.equal(status, 0, stderr);
  const complaints = `${stdout}${stderr}`.split('\n').filter(line => /warning|error/.test(line) && !/Found 0 errors/.test(line));
  assert.deepEqual(complaints, []);
});
