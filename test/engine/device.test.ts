// slow: starts processes

import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import {addonPath, device, deviceLine} from '../../lib/engine/device';
import {tf} from '../../lib/engine/tf';

const root = path.join(__dirname, '../..');
const load = `console.log(require(${JSON.stringify(path.join(root, 'lib/engine/device.ts'))}).deviceLine())`;

/** What a process prints that loads the engine of this project, or of a copy of it. */
function loaded(script: string, env: NodeJS.ProcessEnv = {}) {
  const {stdout, stderr} = spawnSync(process.execPath, ['--import', 'tsx', '-e', script], {
    cwd: root,
    encoding: 'utf8',
    env: {...process.env, NODE_TEST_CONTEXT: undefined, TF_CPP_MIN_LOG_LEVEL: undefined, ...env},
  });
  return {stdout, stderr};
}

test('the device is named in one line, and nothing else is written', () => {
  const {kind, threads, tensorflow} = device();
  assert.ok(['CPU', 'GPU'].includes(kind) && threads >= 1);
  assert.equal(tensorflow, '2.21.0');
  assert.match(deviceLine(), /^(CPU|GPU), .*\d+ threads? \(.+\), TensorFlow 2\.21\.0, Node \d+\./);
  const {stdout, stderr} = loaded(load, {TF_NUM_INTRAOP_THREADS: '1'});
  assert.match(stdout, /, (fed by )?1 thread \(/);
  assert.equal(stderr, '');
});

test('a missing addon says what to run', () => {
  const copy = fs.mkdtempSync(path.join(os.tmpdir(), 'addon-'));
  const gone = path.join(copy, 'node_modules', '@tensorflow', 'tfjs-node-gpu');
  fs.mkdirSync(gone, {recursive: true});
  fs.writeFileSync(path.join(gone, 'package.json'), '{"name": "@tensorflow/tfjs-node-gpu"}');
  for (const file of ['lib/engine/device.ts', 'lib/engine/settings.ts', 'lib/root.ts', 'lib/package.json'])
    fs.cpSync(path.join(root, file), path.join(copy, file));
  const file = path.join(copy, 'lib/engine/device.ts');
  const {stderr} = spawnSync(process.execPath, ['--import', 'tsx', file], {
    cwd: root,
    encoding: 'utf8',
    env: {...process.env, NODE_TEST_CONTEXT: undefined},
  });
  assert.match(stderr, /Error: TensorFlow's addon is not built yet: run `npm start` \(or `npm test`\) once/);
  assert.ok(fs.existsSync(addonPath));
});

test('danfojs shares the engine, and says that it writes no Excel files', () => {
  const danfo = require('danfojs-node') as {
    tensorflow: typeof tf;
    DataFrame: new (rows: object[]) => unknown;
    toExcel(frame: unknown, options: object): void;
  };
  assert.equal(danfo.tensorflow.engine(), tf.engine());
  assert.throws(
    () => danfo.toExcel(new danfo.DataFrame([{a: 1}]), {filePath: 'sheet.xlsx'}),
    /Excel files are not supported in ssl-workbench: export the sheet as CSV/,
  );
});
