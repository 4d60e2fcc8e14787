// The API reference can be made of the index, and exported names have words.
// slow: runs typedoc

import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import path from 'node:path';
import {test} from 'node:test';

const root = path.join(__dirname, '..');

/** Rooms whose names are not all documented yet. */
const later = /\/(study|studies|trials|figures)\//;

test('typedoc reads the index; every exported name of the rooms below the studies has words', () => {
  const typedoc = path.join(root, 'node_modules', 'typedoc', 'bin', 'typedoc');
  const {status, stdout, stderr} = spawnSync(process.execPath, [typedoc, '--emit', 'none', '--pretty', 'false'], {
    cwd: root,
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  const lines = `${stdout}${stderr}`.split('\n').filter(line => line.includes('[warning]'));
  const undocumented = lines.filter(line => line.includes('does not have any documentation') && !later.test(line));
  assert.deepEqual(undocumented, []);
  assert.deepEqual(
    lines.filter(line => /was not used|relative path/.test(line)),
    [],
    'comments that typedoc misreads',
  );
});
