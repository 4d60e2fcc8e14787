// slow: computes for seconds

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key, uniform} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {infoMinPuzzle, infoMinViews, type InfoMinViewOptions} from '../../../lib/views/recipes/infoMin';
import type {RecipeOptions} from '../../../lib/views/recipe';
import {tiles} from '../../../lib/views/tiles';
import {behaves, blurs, colors, crops, near, oneChannel, unchanged} from './measure';

/** Without the changes of RandAugment, so that the rest can be measured. */
const plain = (options: InfoMinViewOptions) => infoMinViews({...options, count: 0});

test('views are in [0, 1] before they are normalized, a function of the key, and recordable', () =>
  behaves((options: RecipeOptions) => infoMinViews({...options, size: Math.max(options.size, 4)})));

test('jitter (.8, .8, .8, .2) of four fifths of the images, a fifth gray, half blurred over mirrored borders', () => {
  const {brightness, jittered, turn, gray} = colors(plain({size: 9, ...unchanged}).first);
  near(brightness, 0.8, 0.01, 'brightness');
  near(jittered, 0.8, 0.03, 'share of jittered images');
  near(turn, 0.2, 0.002, 'hue');
  near(gray, 0.2, 0.03, 'share of gray images');
  const {blurred, sigma, darkBorder} = blurs(plain({size: 65, area: [1, 1], ...oneChannel}).first, 65);
  near(blurred, 0.5, 0.07, 'share of blurred images');
  near(sigma, 2, 0.03, 'largest σ');
  assert.equal(darkBorder, false);
});

test('crops of a fifth to all of the image, half of them mirrored', () => {
  const {smallest, largest, mirrored} = crops(plain({size: 32, ...unchanged}).first, 32);
  near(smallest, 0.2, 0.03, 'smallest area');
  near(largest, 1, 0.05, 'largest area');
  near(mirrored, 0.5, 0.08, 'share of mirrored images');
});

test('RandAugment adds change, more with a larger magnitude; what comes from outside has the mean color', () => {
  const options = {size: 24, mean: [0.2, 0.5, 0.8], standardDeviation: [1, 1, 1]};
  const images = tf.fill([400, 24, 24, 3], 1) as tf.Tensor4D;
  const outside = (magnitude: number) =>
    tf.tidy(() => {
      const views = infoMinViews({...options, magnitude}).first(images, key(1));
      // normalized, the mean is 0
      return views.abs().max(3).less(1e-5).cast('float32').mean().dataSync()[0]!;
    });
  const [none, some, much] = [0, 4, 10].map(outside);
  assert.ok(none! < 0.002 && some! > 0.01 && much! > some! * 1.5, `${[none, some, much]}`);
});

test('the puzzle: crops of .6 to all, mirrored half of the time, which tiles cut as theirs', () => {
  const {smallest, largest, mirrored} = crops(infoMinPuzzle({size: 60, ...unchanged}), 60);
  near(smallest, 0.6, 0.03, 'smallest area');
  near(largest, 1, 0.05, 'largest area');
  near(mirrored, 0.5, 0.08, 'share of mirrored images');
  const cut = tf.tidy(
    () => tiles(infoMinPuzzle({size: 255, ...unchanged})(uniform(key(1), [1, 40, 40, 3]), key(2)), key(3)).shape,
  );
  assert.deepEqual(cut, [9, 64, 64, 3]);
});
