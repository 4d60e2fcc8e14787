import {test} from 'node:test';
import fc from 'fast-check';
import {key, normal} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {standardization, standardized} from '../../lib/layers/standardized';
import {close} from '../close';
import {flat} from '../flat';
import {hashed} from '../reference/hashed';
import {pieces} from '../reference/maskedPredictors.json';
import {slopes} from '../slopes';

test("equals torch's layer_norm without parameters, and with the unbiased variance MAE's and SdAE's targets", () => {
  const x = tf.tensor3d(hashed('a', [2, 3, 5], 3), [2, 3, 5]);
  close(standardized(x).dataSync(), pieces.layerNorm, 1e-5);
  close(standardized(x, {epsilon: 1e-6, unbiased: true}).dataSync(), pieces.unbiased, 1e-5);
});

test("mean 0 and variance 1, whatever a token's offset and scale; a constant token becomes 0", () => {
  fc.assert(
    fc.property(
      fc.integer({min: 2, max: 6}),
      fc.double({min: -5, max: 5, noNaN: true}),
      fc.double({min: 0.5, max: 9, noNaN: true}),
      fc.nat(),
      (d, offset, scale, seed) =>
        tf.tidy(() => {
          const x = normal(key(seed), [3, d]);
          // nearer values have too few digits apart
          fc.pre(standardization(x).deviation.min().dataSync()[0]! > 0.1);
          const y = standardized(x, {epsilon: 1e-12});
          close(y.mean(1).dataSync(), [0, 0, 0], 1e-5);
          close(y.square().mean(1).dataSync(), [1, 1, 1], 1e-4);
          close(standardized(x.mul(scale).add(offset), {epsilon: 1e-12}).dataSync(), y.dataSync(), 1e-3);
        }),
    ),
    {numRuns: 30},
  );
  close(standardized(tf.fill([2, 3, 4], 7)).dataSync(), Array(24).fill(0), 0);
});

test('what is taken off and divided by puts the values back; leaves two tensors', async () => {
  const x = normal(key(2), [2, 3, 5]).mul(4);
  const options = {unbiased: true, epsilon: 1e-6};
  const {mean, deviation} = await flat(() => standardization(x, options), 2);
  close(standardized(x, options).mul(deviation).add(mean).dataSync(), x.dataSync(), 1e-5);
});

test('its gradient is that of finite differences; leaves one tensor', async () => {
  const x = normal(key(1), [2, 5]);
  slopes(input => standardized(input), x, [0, 4, 9]);
  await flat(() => standardized(x), 1);
});
