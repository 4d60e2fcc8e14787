// slow: computes for long

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key, uniform} from '../../../lib/engine/random';
import {mocoV3Views} from '../../../lib/views/recipes/mocoV3';
import {byolViews} from '../../../lib/views/recipes/byol';
import {behaves, blurs, colors, crops, near, oneChannel, unchanged} from './measure';

test('views are in [0, 1] before they are normalized, a function of the key, and recordable', () =>
  behaves(mocoV3Views));

test("BYOL's colors, crops from 20 %, which can be told otherwise", () => {
  const {first} = mocoV3Views({size: 32, ...unchanged});
  const {brightness, jittered, turn, gray} = colors(first);
  near(brightness, 0.4, 0.01, 'brightness');
  near(jittered, 0.8, 0.03, 'share of jittered images');
  near(turn, 0.1, 0.002, 'hue');
  near(gray, 0.2, 0.03, 'share of gray images');
  near(crops(first, 32).smallest, 0.2, 0.03, 'smallest area');
  near(
    crops(mocoV3Views({size: 32, area: [0.08, 1], ...unchanged}).first, 32).smallest,
    0.08,
    0.02,
    'smallest area for a ViT',
  );
});

test('the first is always blurred, the second in a tenth; borders stay as bright, and crops are bilinear', () => {
  const {first, second} = mocoV3Views({size: 65, area: [1, 1], ...oneChannel});
  const [a, b] = [blurs(first, 65), blurs(second, 65)];
  near(a.blurred, 0.95, 0.05, 'share blurred, first'); // the narrowest do not show
  near(b.blurred, 0.1, 0.04, 'share blurred, second');
  assert.equal(a.darkBorder, false);
  const image = uniform(key(1), [1, 9, 9, 3]);
  const seen = (views: {first: typeof first}) => [...views.first(image, key(2)).dataSync()];
  assert.deepEqual(
    seen(mocoV3Views({size: 20, ...unchanged})),
    seen(byolViews({size: 20, area: [0.2, 1], interpolation: 'bilinear', padding: 'reflect', ...unchanged})),
  );
  assert.notDeepEqual(
    seen(mocoV3Views({size: 20, ...unchanged})),
    seen(byolViews({size: 20, area: [0.2, 1], padding: 'reflect', ...unchanged})),
  );
});
