// slow: starts processes

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tf} from '../../lib/engine/tf';
import {profile, totals, type ProfileRow} from '../../lib/analysis/profile';
import {contrastiveTask} from '../../lib/studies/temperature/task';
import {tinyDataset} from '../study/tinyDataset';

test('a step of SimCLR: its parts, files and operations, with nothing left behind', async () => {
  const {task} = contrastiveTask({dataset: tinyDataset(), temperature: 0.5, seed: 0, batch: 32, projector: [32, 32]});
  const before = tf.memory().numTensors;
  const {rows, untraced, traced, threads, device} = await profile(task, {runs: 4, warmup: 2});
  assert.equal(tf.memory().numTensors, before);
  task.source.dispose();
  const parts = totals(rows, row => row.part).map(({name}) => name);
  for (const part of [
    'views',
    'backbone',
    'heads',
    'loss',
    'gradient of backbone',
    'gradient of heads',
    'gradient of loss',
    'optimizer',
    'health',
    'variables',
    'waiting',
  ])
    assert.ok(parts.includes(part), `${part} is not among ${parts}`);
  const of = (part: string) => rows.filter(row => row.part === part);
  const has = (part: string, file: string, operation: RegExp) =>
    assert.ok(
      of(part).some(row => row.function === file && operation.test(row.operation)),
      `${part}, ${file}: ${of(part).map(row => `${row.function} ${row.operation}`)}`,
    );
  has('backbone', 'convolution', /^Conv2D$/);
  has('gradient of backbone', 'convolution', /^Conv2DBackpropFilter$/);
  has('gradient of backbone', 'batchNorm', /^FusedBatchNormGradV3$/);
  has('heads', 'linear', /MatMul/);
  has('gradient of loss', 'ntXent', /MatMul/);
  has('views', 'crop', /./);
  has('optimizer', 'adamW', /./);
  has('variables', 'read and write', /^AssignVariableOp$/);
  assert.ok(
    rows.every(({line, part}) =>
      ['variables', 'TensorFlow', 'waiting'].includes(part) ? line === '' : /\.ts:\d+/.test(line),
    ),
    JSON.stringify(rows.filter(row => row.line === '')),
  );
  assert.ok(of('variables').every(({operation}) => /Variable|VarHandle/.test(operation)));
  assert.ok(
    rows
      .filter(row => row.operation === 'Conv2D' && row.part === 'backbone')
      .reduce((sum, {count}) => sum + count, 0) === 4,
  );
  const total = rows.reduce((sum, {milliseconds}) => sum + milliseconds, 0);
  assert.ok(
    total > 0 && total <= Math.max(...traced) && untraced.length === 4 && threads >= 1 && device.includes('TensorFlow'),
  );
});

test('totals: sums by name, the largest first', () => {
  const row = (part: string, milliseconds: number): ProfileRow => ({
    part,
    function: 'f',
    line: '',
    operation: 'Mul',
    count: 2,
    milliseconds,
  });
  assert.deepEqual(
    totals([row('a', 1), row('b', 5), row('a', 3)], ({part}) => part),
    [
      {name: 'b', count: 2, milliseconds: 5},
      {name: 'a', count: 4, milliseconds: 4},
    ],
  );
});
