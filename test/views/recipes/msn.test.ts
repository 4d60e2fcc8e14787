// slow: computes for long

import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {RecipeOptions} from '../../../lib/views/recipe';
import {msnViews} from '../../../lib/views/recipes/msn';
import {behaves, blurs, colors, crops, near, oneChannel, unchanged} from './measure';

const pairs = (options: RecipeOptions) => msnViews({...options, area: undefined});

test('crops are in [0, 1] before they are normalized, a function of the key, and recordable', () => {
  behaves(options => ({first: pairs(options).global[0]!, second: pairs(options).global[1]!}));
});

test('all: brightness .4 and hue .1 to four fifths of the images, a fifth gray', () => {
  const {
    global: [view, other],
    local,
  } = msnViews({size: 32, local: {size: 24}, ...unchanged});
  assert.equal(view, other);
  for (const crop of [view!, local[0]!]) {
    const {brightness, jittered, turn, gray} = colors(crop);
    near(brightness, 0.4, 0.02, 'brightness');
    near(jittered, 0.8, 0.03, 'share of jittered images');
    near(turn, 0.1, 0.004, 'hue');
    near(gray, 0.2, 0.03, 'share of gray images');
  }
});

test('global crops show 30 % of the image or more, the ten focal ones 5 to 30 %', () => {
  const {
    global: [view],
    local,
  } = msnViews({size: 32, ...unchanged});
  near(crops(view!, 32).smallest, 0.3, 0.02, 'smallest area of a global crop');
  assert.equal(local.length, 10);
  const {smallest, largest} = crops(local[0]!, 14);
  near(smallest, 0.05, 0.01, 'smallest area of a focal crop');
  near(largest, 0.3, 0.02, 'largest area of a focal crop');
});

test('half of them are blurred, with the same number of pixels in both kinds', () => {
  const {
    global: [view],
    local: [part],
  } = msnViews({size: 65, area: [1, 1], local: {size: 41, area: [1, 1]}, ...oneChannel});
  for (const [crop, size] of [
    [view!, 65],
    [part!, 41],
  ] as const) {
    const {blurred, radius} = blurs(crop, size);
    near(blurred, 0.48, 0.06, 'share blurred');
    assert.equal(radius, 3);
  }
});
