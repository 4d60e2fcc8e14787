import assert from 'node:assert/strict';
import {test} from 'node:test';
import {mocoV2Views} from '../../../lib/views/recipes/mocoV2';
import {behaves, blurs, colors, crops, near, oneChannel, unchanged} from './measure';

test('views are in [0, 1] before they are normalized, a function of the key, and recordable', () =>
  behaves(mocoV2Views));

test('jitter .4, hue .1 of four fifths of images, a fifth gray, crops from 20 %, half mirrored, half blurred', () => {
  const {first} = mocoV2Views({size: 32, ...unchanged});
  const {brightness, jittered, turn, gray} = colors(first);
  near(brightness, 0.4, 0.01, 'brightness');
  near(jittered, 0.8, 0.03, 'share of jittered images');
  near(turn, 0.1, 0.002, 'hue');
  near(gray, 0.2, 0.03, 'share of gray images');
  const {smallest, mirrored} = crops(first, 32);
  near(smallest, 0.2, 0.03, 'smallest area');
  near(mirrored, 0.5, 0.08, 'share of mirrored images');
  const {blurred, sigma, radius, darkBorder} = blurs(mocoV2Views({size: 65, area: [1, 1], ...oneChannel}).first, 65);
  near(blurred, 0.5, 0.07, 'share of blurred images');
  near(sigma, 2, 0.03, 'largest σ');
  assert.deepEqual([radius, darkBorder], [3, false]);
});
