// slow: computes for seconds

import {test} from 'node:test';
import {key} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {pirlViews} from '../../../lib/views/recipes/pirl';
import type {View} from '../../../lib/views/view';
import {behaves, colors, near, unchanged} from './measure';

test('views are in [0, 1] before they are normalized, a function of the key, and recordable', () => behaves(pirlViews));

test('both: jitter .4 and hue .2 to every image, a fifth gray', () => {
  for (const view of Object.values(pirlViews({size: 32, ...unchanged}))) {
    const {gray, jittered, brightness, turn} = colors(view);
    near(brightness, 0.4, 0.01, 'brightness');
    near(jittered, 1, 0.03, 'share of jittered images');
    near(turn, 0.2, 0.005, 'hue');
    near(gray, 0.2, 0.03, 'share of gray images');
  }
});

test('the first shows 8 % of an image or more, the second 60 % or more', () => {
  // stripes: how many edges a view shows tells its height or width, whatever its colors are
  const line = tf.range(0, 64).mod(tf.scalar(8)).less(4).cast('float32').mul(0.5).add(0.25);
  const edges = (view: View, images: tf.Tensor, axis: 1 | 2) =>
    tf.tidy(() => {
      // [1000, 64]
      const means = view(images as tf.Tensor4D, key(3)).mean([axis, 3]) as tf.Tensor2D;
      const bright = means.greater(means.mean(1, true)).cast('float32');
      return bright
        .slice([0, 1], [1000, 63])
        .sub(bright.slice([0, 0], [1000, 63]))
        .abs()
        .sum(1)
        .dataSync();
    });
  const {first, second} = pirlViews({size: 64, ...unchanged});
  for (const [view, smallest] of [
    [first, 0.08],
    [second, 0.6],
  ] as const) {
    // the same key, the same boxes
    const heights = edges(view, tf.tile(line.reshape([1, 64, 1, 1]), [1000, 1, 64, 3]), 2);
    const widths = edges(view, tf.tile(line.reshape([1, 1, 64, 1]), [1000, 64, 1, 3]), 1);
    const areas = Array.from(heights, (height, i) => (height * widths[i]!) / 16 ** 2).sort((a, b) => a - b);
    near(areas[50]!, smallest + 0.05 * (1 - smallest), 0.08, 'twentieth part of the areas');
  }
});
