import assert from 'node:assert/strict';
import {test} from 'node:test';
import {vit} from '../../lib/backbones/vit';
import {key} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {featureAccuracies} from '../../lib/evaluation/accuracies';
import {layerAccuracies, type LayerAccuracies} from '../../lib/evaluation/layerAccuracies';
import {layerFeatures} from '../../lib/evaluation/layerFeatures';
import {flat} from '../flat';
import {squares} from './squares';

const dataset = squares();
const small = vit({size: 'nano', patch: 2, image: 6, channels: 2});
const params = small.init(key(4));
const options = {layers: [1, 'norm'], k: 5, strengths: [0.1]} as const;

test("each layer and pooling has a row with its features' accuracies; nothing is left, of all or of one", async () => {
  const rows: LayerAccuracies[] = [];
  await flat(async () => {
    for await (const row of layerAccuracies(small, params, dataset, options)) rows.push(row);
  });
  assert.deepEqual(
    rows.map(({layer, pooling}) => `${layer} ${pooling}`),
    ['1 token', '1 mean', 'norm token', 'norm mean'],
  );
  const [, features] = await layerFeatures(small, params, dataset, options);
  const {knn, linear, protocol} = await featureAccuracies(features!, options);
  assert.deepEqual(rows[1], {layer: 1, pooling: 'mean', knn, linear, protocol});
  await flat(async () => {
    for await (const {layer} of layerAccuracies(small, params, dataset, options)) if (layer === 1) break;
  });
  await flat(() =>
    assert.rejects(
      layerAccuracies(small, params, dataset, {...options, layers: [9]}).next(),
      /layerFeatures: expected layers from 1 to 4 or 'norm', got 9/,
    ),
  );
  tf.dispose(params);
});
