// slow: computes for long

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {simclrViews} from '../../../lib/views/recipes/simclr';
import {behaves, blurs, colors, crops, near, oneChannel, unchanged} from './measure';

test('views are in [0, 1] before they are normalized, a function of the key, and recordable', () =>
  behaves(simclrViews));

test('jitter of strength 1 to four fifths of the images, a fifth gray', () => {
  const {brightness, jittered, turn, gray} = colors(simclrViews({size: 9, ...unchanged}).first);
  near(brightness, 0.8, 0.01, 'brightness');
  near(jittered, 0.8, 0.03, 'share of jittered images');
  near(turn, 0.2, 0.002, 'hue');
  near(gray, 0.2, 0.03, 'share of gray images');
});

test('strength is the dial of the jitter', () => {
  const {brightness, turn} = colors(simclrViews({size: 9, strength: 0.25, ...unchanged}).first);
  near(brightness, 0.2, 0.005, 'brightness');
  near(turn, 0.05, 0.001, 'hue');
});

test('crops of 8 % to all of the image, half of them mirrored', () => {
  const {smallest, largest, aspect, mirrored} = crops(simclrViews({size: 32, ...unchanged}).first, 32);
  near(smallest, 0.08, 0.02, 'smallest area');
  near(largest, 1, 0.05, 'largest area');
  near(aspect, 4 / 3, 0.06, 'widest aspect');
  near(mirrored, 0.5, 0.08, 'share of mirrored images');
});

test('half of the images blurred, σ up to 2, a tenth of the side wide, zeros outside', () => {
  const {blurred, sigma, radius, darkBorder} = blurs(simclrViews({size: 65, area: [1, 1], ...oneChannel}).first, 65);
  near(blurred, 0.5, 0.07, 'share of blurred images');
  near(sigma, 2, 0.03, 'largest σ');
  assert.deepEqual([radius, darkBorder], [3, true]);
  near(
    blurs(simclrViews({size: 65, area: [1, 1], blur: 0.1, ...oneChannel}).first, 65).blurred,
    0.1,
    0.04,
    'share of blurred images when told',
  );
});

test('the ends of the dials: strength 0 jitters nothing, an area of [1, 1] shows all of every image', () => {
  const still = colors(simclrViews({size: 9, strength: 0, ...unchanged}).first);
  near(still.brightness, 0, 1e-5, 'brightness');
  assert.equal(still.jittered, 0);
  near(still.turn, 0, 1e-5, 'hue');
  const {smallest, largest} = crops(
    simclrViews({size: 32, strength: 0, area: [1, 1], blur: 0, ...unchanged}).first,
    32,
  );
  near(smallest, 1, 0.02, 'smallest area');
  near(largest, 1, 0.02, 'largest area');
  for (const area of [
    [0, 1],
    [0.5, 0.4],
    [0.5, 1.1],
  ] as const)
    assert.throws(
      () => simclrViews({size: 8, area, ...unchanged}).first(tf.zeros([1, 8, 8, 3]), key(0)),
      /^RangeError: randomBoxes: expected 0 < smallest area ≤ largest ≤ 1/,
    );
  assert.throws(
    () => simclrViews({size: 8, strength: -1, ...unchanged}),
    /^RangeError: colorJitter: expected strengths from 0/,
  );
});
