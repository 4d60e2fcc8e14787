// Importing the library must not load what only some of its functions need: a browser, the kernel,
// data frames.
// slow: starts processes

import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import path from 'node:path';
import {test} from 'node:test';
import {promisify} from 'node:util';

test('no browser driver, kernel, data frames or plotly before they are needed', async () => {
  const script =
    "require('./lib/index.ts'); require('./lib/parts.ts'); console.log(JSON.stringify(Object.keys(require.cache)))";
  const {stdout} = await promisify(execFile)(process.execPath, ['--import', 'tsx', '--eval', script], {
    cwd: path.join(__dirname, '..'),
  });
  const loaded = JSON.parse(stdout.trim().split('\n').at(-1)!) as string[];
  assert.ok(
    loaded.some(file => file.includes('tfjs-core')),
    'the list of loaded files is not what it should be',
  );
  const heavy = ['playwright-core', 'tslab', 'zeromq', 'danfojs-node', 'plotly.js-dist-min', '@sparticuz/chromium'];
  assert.deepEqual(
    heavy.filter(name => loaded.some(file => file.includes(`node_modules/${name}/`))),
    [],
  );
});
