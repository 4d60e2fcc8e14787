import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {simclrCifarViews} from '../../../lib/views/recipes/simclrCifar';
import {behaves, blurs, colors, crops, near, oneChannel, unchanged} from './measure';

test('views are in [0, 1] before they are normalized, a function of the key, and recordable', () =>
  behaves(simclrCifarViews));

test("32 pixels, half of SimCLR's jitter, no blur", () => {
  const {first} = simclrCifarViews(unchanged);
  assert.deepEqual(first(tf.zeros([1, 40, 40, 3]), key(0)).shape, [1, 32, 32, 3]);
  const {brightness, jittered, turn, gray} = colors(first);
  near(brightness, 0.4, 0.01, 'brightness');
  near(jittered, 0.8, 0.03, 'share of jittered images');
  near(turn, 0.1, 0.002, 'hue');
  near(gray, 0.2, 0.03, 'share of gray images');
  const {smallest, mirrored} = crops(first, 32);
  near(smallest, 0.08, 0.02, 'smallest area');
  near(mirrored, 0.5, 0.08, 'share of mirrored images');
  assert.equal(blurs(simclrCifarViews({area: [1, 1], size: 65, ...oneChannel}).first, 65).blurred, 0);
});
