// How a traced run's time is divided: setup/shares.py.
// slow: starts processes

import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import path from 'node:path';
import {it} from 'node:test';
import {places, root} from '../../setup/places.mjs';

function python(expression: string): unknown {
  const {status, stdout, stderr} = spawnSync(
    places.python,
    ['-c', `import json; from shares import *; print(json.dumps(${expression}))`],
    {cwd: path.join(root, 'setup'), encoding: 'utf8', env: {...process.env, PYTHONDONTWRITEBYTECODE: '1'}},
  );
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}

it('shares: a moment is divided among the nodes that run in it, and what is left is idle', () => {
  const ran = '[(10, 20, "a"), (16, 30, "b"), (16, 16, "none"), (16, 18, "c"), (35, 40, "a2")]';
  assert.deepEqual(python(`shares(${ran})`), [{a: 6 + 2 / 3 + 1, b: 2 / 3 + 1 + 10, none: 0, c: 2 / 3, a2: 5}, 5, 30]);
  assert.deepEqual(python('shares([(3, 7, "a"), (7, 9, "b")])'), [{a: 4, b: 2}, 0, 6]);
});

it('middle: half of the runs, by their duration', () => {
  assert.deepEqual(python('[run[2] for run in middle([({}, 0, t) for t in (9, 1, 5, 3, 70, 4, 6, 2)])]'), [3, 4, 5, 6]);
  assert.deepEqual(python('[run[2] for run in middle([({}, 0, 2)])]'), [2]);
});
