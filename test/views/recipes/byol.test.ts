// slow: computes for seconds

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {byolViews} from '../../../lib/views/recipes/byol';
import {behaves, blurs, colors, crops, near, oneChannel, share, unchanged} from './measure';

test('views are in [0, 1] before they are normalized, a function of the key, and recordable', () => behaves(byolViews));

test('both: brightness .4 and hue .1 to four fifths of the images, a fifth gray, crops from 8 %', () => {
  for (const view of Object.values(byolViews({size: 32, ...unchanged}))) {
    const {brightness, jittered, turn, gray} = colors(view);
    near(brightness, 0.4, 0.01, 'brightness');
    near(jittered, 0.8, 0.03, 'share of jittered images');
    near(turn, 0.1, 0.002, 'hue');
    near(gray, 0.2, 0.03, 'share of gray images');
  }
  near(crops(byolViews({size: 32, ...unchanged}).first, 32).smallest, 0.08, 0.02, 'smallest area');
});

test('the first is always blurred, never solarized; of the second a tenth is blurred, a fifth solarized', () => {
  const {first, second} = byolViews({size: 65, area: [1, 1], ...oneChannel});
  const [a, b] = [blurs(first, 65), blurs(second, 65)];
  near(a.blurred, 0.95, 0.05, 'share blurred, first'); // the narrowest do not show
  near(b.blurred, 0.1, 0.04, 'share blurred, second');
  near(a.sigma, 2, 0.03, 'largest σ');
  assert.deepEqual([a.radius, a.darkBorder], [3, true]);
  const inverted = (view: typeof first) =>
    share(
      [
        ...view(tf.fill([2000, 31, 31, 1], 0.9), key(2))
          .slice([0, 15, 15, 0], [-1, 1, 1, 1])
          .dataSync(),
      ],
      v => v < 0.5,
    );
  const small = byolViews({size: 31, ...oneChannel});
  assert.equal(inverted(small.first), 0);
  near(inverted(small.second), 0.2, 0.04, 'share solarized, second');
});
