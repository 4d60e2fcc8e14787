// slow: needs a process with XLA

import './switches/xla';
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {compile} from '../../lib/engine/compile';
import {deviceLine} from '../../lib/engine/device';
import {tf} from '../../lib/engine/tf';
import {close} from '../close';

test('with SSL_XLA=1 a graph gives the same numbers; the device line says so', () => {
  const x = tf.tensor2d(
    Array.from({length: 64}, (_, i) => Math.sin(i)),
    [8, 8],
  );
  const f = (input: tf.Tensor2D) =>
    tf.grad((v: tf.Tensor) =>
      tf
        .matMul(v as tf.Tensor2D, input)
        .tanh()
        .mul(2)
        .add(1)
        .square()
        .sum(),
    )(input);
  const compiled = compile<{}, {x: tf.Tensor2D}, {y: tf.Tensor}>(
    (_state, {x: input}) => ({outputs: {y: f(input)}}),
    {},
    {x: {dtype: 'float32', shape: [8, 8]}},
  );
  for (let i = 0; i < 3; i++) close(compiled.run({x}).y.dataSync(), f(x).dataSync(), 1e-4);
  assert.match(deviceLine(), /with XLA/);
  assert.match(process.env.TF_XLA_FLAGS ?? '', /tf_xla_auto_jit=2/);
});
