import assert from 'node:assert/strict';
import {test} from 'node:test';
import {compile} from '../../lib/engine/compile';
import {key, uniform} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {attentionMask} from '../../lib/masks/attentionMask';
import {blockMask} from '../../lib/masks/blockMask';
import {cellMask} from '../../lib/masks/cellMask';
import {drawMasks} from '../../lib/masks/drawMasks';
import {foldMask} from '../../lib/masks/foldMask';
import {gridMask} from '../../lib/masks/gridMask';
import {inverseBlockMask} from '../../lib/masks/inverseBlockMask';
import type {MaskStrategy} from '../../lib/masks/masks';
import {multiBlockMask} from '../../lib/masks/multiBlockMask';
import {randomMask} from '../../lib/masks/randomMask';
import {tubeMask} from '../../lib/masks/tubeMask';
import {flat} from '../flat';

const grid = [8, 8] as const;
const n = 3;
const strategies: Record<string, MaskStrategy<Record<string, tf.Tensor>>> = {
  random: randomMask({grid}),
  cell: cellMask({grid}),
  grid: gridMask({grid}),
  block: blockMask({grid}),
  exact: blockMask({grid, ratio: 0.75, exact: true}),
  inverse: inverseBlockMask({grid}),
  multiBlock: multiBlockMask({grid}),
  fold: foldMask({grid}),
  tube: tubeMask({grid: [4, 8], frames: 2}),
  high: attentionMask({grid, mode: 'high'}),
  hint: attentionMask({grid, mode: 'hint'}),
  low: attentionMask({grid, mode: 'low', ratio: 0.4, probability: 1}),
};
const values = (tensors: Record<string, tf.Tensor | undefined>) =>
  Object.fromEntries(
    Object.entries(tensors).flatMap(([name, tensor]) => (tensor ? [[name, [tensor.shape, ...tensor.dataSync()]]] : [])),
  );

for (const [name, strategy] of Object.entries(strategies)) {
  test(`${name}: the same in a recorded step, with another key and other inputs each time; nothing is left over, and inputs stay the caller's`, async () => {
    const inputsOf = (seed: number): Record<string, tf.Tensor> => {
      if (strategy.host) return strategy.host.draw(n, seed);
      return 'high hint low'.includes(name) ? {attention: tf.tidy(() => uniform(key(seed + 10), [n, 64]))} : {};
    };
    await flat(async () => {
      const types = Object.fromEntries(
        Object.entries(inputsOf(0)).map(([input, tensor]) => {
          const type = {dtype: tensor.dtype as 'float32', shape: tensor.shape};
          tensor.dispose();
          return [input, type];
        }),
      );
      const step = compile(
        (_state, {key: own, ...inputs}) => ({outputs: {...strategy.draw(own as tf.Tensor1D, n, inputs)}}),
        {},
        {key: {dtype: 'int32', shape: [2]}, ...types},
      );
      for (const seed of [1, 2, 3]) {
        const inputs = inputsOf(seed);
        const own = key(seed);
        const [recorded, eager] = [
          step.run({key: own, ...inputs}),
          strategy.host ? drawMasks(strategy, n, seed) : drawMasks(strategy, n, seed, inputs),
        ];
        assert.deepEqual(values(recorded as Record<string, tf.Tensor>), values(eager));
        tf.dispose([own, inputs, recorded, eager]);
      }
      step.dispose();
    });
  });
}
