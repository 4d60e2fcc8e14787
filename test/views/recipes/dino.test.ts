// slow: computes for seconds

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {dinoViews} from '../../../lib/views/recipes/dino';
import type {View} from '../../../lib/views/view';
import {behaves, blurs, colors, crops, near, oneChannel, share, unchanged} from './measure';

test('crops are in [0, 1] before they are normalized, a function of the key, and recordable', () => {
  behaves(options => ({
    first: dinoViews({...options, area: [0.4, 1]}).global[0]!,
    second: dinoViews({...options, area: [0.4, 1]}).global[1]!,
  }));
  behaves(options => ({
    first: dinoViews({...options, size: 50, local: {size: options.size}}).local[0]!,
    second: dinoViews({...options, size: 50, local: {size: options.size}}).local[7]!,
  }));
});

test('all: brightness .4 and hue .1 to four fifths of the images, a fifth gray', () => {
  const {global, local} = dinoViews({size: 32, local: {size: 24}, ...unchanged});
  for (const crop of [...global, local[0]!]) {
    const {brightness, jittered, turn, gray} = colors(crop);
    near(brightness, 0.4, 0.01, 'brightness');
    near(jittered, 0.8, 0.03, 'share of jittered images');
    near(turn, 0.1, 0.002, 'hue');
    near(gray, 0.2, 0.03, 'share of gray images');
  }
});

test('global crops show 40 % of the image or more, eight local ones 5 to 40 %; without local ones 14 % or more', () => {
  const {
    global: [view],
    local,
  } = dinoViews({size: 32, ...unchanged});
  near(crops(view!, 32).smallest, 0.4, 0.03, 'smallest area of a global crop');
  assert.equal(local.length, 8);
  const {smallest, largest} = crops(local[0]!, 14);
  near(smallest, 0.05, 0.01, 'smallest area of a local crop');
  near(largest, 0.4, 0.03, 'largest area of a local crop');
  near(
    crops(dinoViews({size: 32, ...unchanged, local: {count: 0}}).global[0]!, 32).smallest,
    0.14,
    0.02,
    'smallest area without local crops',
  );
});

test('blurred: first global always, second a tenth, local half; solarized: second global, a fifth', () => {
  const whole = dinoViews({size: 65, area: [1, 1], local: {size: 41, area: [1, 1]}, ...oneChannel});
  const [first, second, local] = [blurs(whole.global[0]!, 65), blurs(whole.global[1]!, 65), blurs(whole.local[0]!, 41)];
  near(first.blurred, 0.95, 0.05, 'share blurred, first');
  near(second.blurred, 0.1, 0.04, 'share blurred, second');
  near(local.blurred, 0.48, 0.06, 'share blurred, local');
  assert.deepEqual([first.radius, local.radius, first.darkBorder], [3, 3, false]);
  const inverted = (view: View) =>
    share(
      [
        ...view(tf.fill([2000, 31, 31, 1], 0.9), key(2))
          .slice([0, 5, 5, 0], [-1, 1, 1, 1])
          .dataSync(),
      ],
      v => v < 0.5,
    );
  const {global, local: parts} = dinoViews({size: 31, ...oneChannel});
  near(inverted(global[1]!), 0.2, 0.04, 'share solarized, second');
  assert.deepEqual([inverted(global[0]!), inverted(parts[0]!)], [0, 0]);
});
