import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {layerScale} from '../../lib/layers/layerScale';
import {close} from '../close';
import {flat} from '../flat';

test('each channel by its factor; all start alike', async () => {
  const module = layerScale(3, 0.25);
  const k = key(0);
  const params = await flat(() => module.init(k), 1);
  close((params.gamma as tf.Tensor).dataSync(), [0.25, 0.25, 0.25], 0);
  const x = tf.tensor3d([
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
  ]);
  close(
    (await flat(() => module.apply({gamma: tf.tensor1d([1, 0, -2])}, x, {}), 2)).dataSync(),
    [1, 0, -6, 4, 0, -12],
    0,
  ); // the other is gamma
  assert.throws(() => layerScale(3, 0), /^RangeError: layerScale: expected a factor > 0 to start with, got 0/);
});
