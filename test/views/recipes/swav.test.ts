// slow: computes for seconds

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key, uniform} from '../../../lib/engine/random';
import type {RecipeOptions} from '../../../lib/views/recipe';
import {swavViews} from '../../../lib/views/recipes/swav';
import {behaves, blurs, colors, crops, near, oneChannel, unchanged} from './measure';

const pairs = (options: RecipeOptions) => swavViews({...options, area: undefined});

test('crops are in [0, 1] before they are normalized, a function of the key, and recordable', () => {
  behaves(options => ({first: pairs(options).global[0]!, second: pairs(options).global[1]!}));
  behaves(options => ({
    first: swavViews({...options, size: 50, local: {size: options.size, count: 1}}).local[0]!,
    second: swavViews({...options, size: 50, local: {size: options.size}}).local[5]!,
  }));
});

test('all: brightness .8 and hue .2 to four fifths of the images, a fifth gray', () => {
  const {
    global: [view, other],
    local,
  } = swavViews({size: 32, local: {size: 24}, ...unchanged});
  assert.equal(view, other);
  for (const crop of [view!, local[0]!]) {
    const {brightness, jittered, turn, gray} = colors(crop);
    near(brightness, 0.8, 0.02, 'brightness');
    near(jittered, 0.8, 0.03, 'share of jittered images');
    near(turn, 0.2, 0.004, 'hue');
    near(gray, 0.2, 0.03, 'share of gray images');
  }
});

test('global crops show 14 % of the image or more, the six local ones 5 to 14 %', () => {
  const {
    global: [view],
    local,
  } = swavViews({size: 32, ...unchanged});
  near(crops(view!, 32).smallest, 0.14, 0.02, 'smallest area of a global crop');
  assert.equal(local.length, 6);
  const {smallest, largest} = crops(local[0]!, 14);
  near(smallest, 0.05, 0.01, 'smallest area of a local crop');
  near(largest, 0.14, 0.01, 'largest area of a local crop');
});

test('half of them are blurred, with the same number of pixels in both kinds, mirrored at the borders', () => {
  const {
    global: [view],
    local: [part],
  } = swavViews({size: 65, area: [1, 1], local: {size: 41, area: [1, 1]}, ...oneChannel});
  for (const [crop, size] of [
    [view!, 65],
    [part!, 41],
  ] as const) {
    const {blurred, radius, darkBorder} = blurs(crop, size);
    near(blurred, 0.48, 0.06, 'share blurred');
    assert.deepEqual([radius, darkBorder], [3, false]);
  }
});

test('local crops have 96/224 of the pixels, or as many as asked for', () => {
  const images = uniform(key(1), [2, 40, 40, 3]);
  const side = (local?: {size?: number; count?: number}) =>
    swavViews({size: 32, ...unchanged, local}).local[0]!(images, key(2)).shape[1];
  assert.deepEqual([side(), side({size: 16})], [14, 16]);
  assert.equal(swavViews({size: 32, ...unchanged, local: {count: 0}}).local.length, 0);
  for (const count of [-1, 1.5])
    assert.throws(
      () => swavViews({size: 32, ...unchanged, local: {count}}),
      new RegExp(`^RangeError: localCrops: expected count a whole number from 0, got ${count}$`),
    );
});
