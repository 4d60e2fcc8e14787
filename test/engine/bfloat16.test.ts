// slow: needs a process with bfloat16

import './switches/bfloat16';
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {inBfloat16} from '../../lib/engine/bfloat16';
import {compile} from '../../lib/engine/compile';
import {deviceLine} from '../../lib/engine/device';
import {normal, key} from '../../lib/engine/random';
import {record} from '../../lib/engine/recording';
import {tf} from '../../lib/engine/tf';

const [a, b] = [normal(key(1), [8, 32]), normal(key(2), [32, 8])];

test('products compute in bfloat16, each tensor is cast once, and the rest stays as it was', () => {
  const recording = record([a, b], () => tf.tidy(() => [tf.matMul(a, b).add(tf.matMul(a, b).relu())]));
  const rewritten = inBfloat16(recording);
  const count = (name: string, nodes = rewritten.nodes) =>
    nodes.filter(node => node.kind === 'operation' && node.name === name).length;
  assert.equal(count('Cast', recording.nodes), 0);
  assert.equal(count('Cast'), 4); // a, b, and the two products
  assert.equal(rewritten.nodes.length, recording.nodes.length + 4);
  assert.deepEqual(
    rewritten.nodes.flatMap(node => (node.kind === 'operation' ? [node.name] : [])),
    ['Cast', 'Cast', 'BatchMatMulV2', 'Cast', 'BatchMatMulV2', 'Cast', 'Relu', 'Add'],
  );
});

test('with SSL_BFLOAT16=1 compiled products carry three digits; the device line says so', () => {
  const compiled = compile<{}, {a: tf.Tensor; b: tf.Tensor}, {y: tf.Tensor}>(
    (_state, {a: left, b: right}) => ({outputs: {y: tf.matMul(left, right)}}),
    {},
    {a: {dtype: 'float32', shape: [8, 32]}, b: {dtype: 'float32', shape: [32, 8]}},
  );
  const [half, whole] = [compiled.run({a, b}).y.dataSync(), tf.matMul(a, b).dataSync()];
  const error = Math.max(...whole.map((value, i) => Math.abs(value - half[i]!))) / Math.hypot(...whole);
  assert.ok(error > 1e-5 && error < 1e-2, `${error}`);
  assert.match(deviceLine(), /products in bfloat16/);
});
