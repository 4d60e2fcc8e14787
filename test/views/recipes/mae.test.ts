import assert from 'node:assert/strict';
import {test} from 'node:test';
import {maeViews} from '../../../lib/views/recipes/mae';
import {behaves, colors, crops, near, unchanged} from './measure';

test('views are in [0, 1] before they are normalised, a function of the key, and recordable', () => behaves(maeViews));

test('a fifth of the image or more, half of them mirrored, colours as they are', () => {
  const {first, second} = maeViews({size: 32, ...unchanged});
  assert.equal(first, second);
  const {smallest, mirrored} = crops(first, 32);
  near(smallest, 0.2, 0.02, 'smallest area');
  near(mirrored, 0.5, 0.04, 'share of mirrored images');
  const {brightness, jittered, turn, gray} = colors(first);
  near(brightness, 0, 1e-5, 'brightness');
  near(jittered + turn + gray, 0, 1e-3, 'colour');
});

test("SimMIM's: two thirds of the image or more", () => {
  near(crops(maeViews({size: 32, area: [0.67, 1], interpolation: 'bilinear', ...unchanged}).first, 32).smallest, 0.67, 0.02, 'smallest area');
});
