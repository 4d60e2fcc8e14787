import assert from 'node:assert/strict';
import {test} from 'node:test';
import {layerDecay} from '../../../lib/methods/parts/layerDecay';
import {close} from '../../close';

const layerOf = (name: string) => Number(name.slice(1));

test('1 at the last layer, and one factor less at each before it', () => {
  const rate = layerDecay({decay: 0.5, layers: 3, layerOf});
  close(['b3', 'b2', 'b1', 'b0'].map(rate), [1, 0.5, 0.25, 0.125], 1e-12);
  assert.equal(layerDecay({decay: 1, layers: 3, layerOf})('b0'), 1);
});

test('a decay outside 0 to 1, no layer, and a parameter outside the layers are refused', () => {
  for (const decay of [0, 1.1, NaN])
    assert.throws(() => layerDecay({decay, layers: 3, layerOf}), {
      name: 'RangeError',
      message: `layerDecay: expected a decay above 0 and at most 1, got ${decay}`,
    });
  assert.throws(
    () => layerDecay({decay: 0.5, layers: 0, layerOf}),
    /^RangeError: layerDecay: expected the number of the last layer, from 1, got 0$/,
  );
  assert.throws(
    () => layerDecay({decay: 0.5, layers: 3, layerOf})('b4'),
    /^RangeError: layerDecay: expected a layer from 0 to 3 for b4, got 4$/,
  );
});
