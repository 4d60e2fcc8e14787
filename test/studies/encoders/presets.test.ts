import assert from 'node:assert/strict';
import {test} from 'node:test';
import {encoderPresets} from '../../../lib/studies/encoders/presets';
import {methodTask} from '../../../lib/study/methodTask';
import {tinyDataset} from '../../study/tinyDataset';

test('every variant is made, under a name of its own that says what differs', () => {
  const dataset = tinyDataset(32);
  for (const {variants, load: _, seeds: __, ...sizes} of Object.values(encoderPresets)) {
    assert.equal(new Set(variants.map(({name}) => name)).size, variants.length);
    for (const {name: ___, method, ...own} of variants)
      methodTask({dataset, method, seed: 0, ...sizes, ...own}).task.source.dispose();
  }
  assert.deepEqual(
    encoderPresets.default.variants.map(({name}) => name),
    [
      'smallConv, rate 0.01',
      'pooledConv, rate 0.01',
      'pooledConv, batch 128, rate 0.01',
      'pooledConv, views of 0.75 × the side, rate 0.01',
      'pooledConv, views of 0.75 × the side, rate 0.003',
      'pooledConv, views of 0.5 × the side, rate 0.01',
      'pooledConv, views of 0.75 × the side, rate 0.01, 9 epochs',
      'vit-nano, rate 0.001',
    ],
  );
});

test('encoders learn from labels alone', () => {
  for (const {variants} of Object.values(encoderPresets))
    assert.deepEqual([...new Set(variants.map(({method}) => method.method))], ['supervised']);
});
