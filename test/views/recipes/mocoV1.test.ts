import {test} from 'node:test';
import {key} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {mocoV1Views} from '../../../lib/views/recipes/mocoV1';
import {behaves, colors, near, share, unchanged} from './measure';

test('views are in [0, 1] before they are normalized, a function of the key, and recordable', () =>
  behaves(mocoV1Views));

test('jitter .4 and hue .4 to every image, a fifth gray, half mirrored', () => {
  const {first} = mocoV1Views({size: 32, ...unchanged});
  const {gray, jittered, brightness, turn} = colors(first);
  near(brightness, 0.4, 0.01, 'brightness');
  near(jittered, 1, 0.03, 'share of jittered images');
  near(turn, 0.4, 0.01, 'hue');
  near(gray, 0.2, 0.03, 'share of gray images');
  // grows to the right, whatever brightness and contrast are
  const ramp = tf.tile(tf.range(0, 32).add(16).div(96).reshape([1, 1, 32, 1]), [1000, 32, 1, 3]) as tf.Tensor4D;
  const growth = first(ramp, key(2)).slice([0, 16, 0, 0], [-1, 1, -1, 1]).reshape([1000, 32]);
  const rising = growth
    .slice([0, 31], [-1, 1])
    .sub(growth.slice([0, 0], [-1, 1]))
    .dataSync();
  near(
    share([...rising], value => value < 0),
    0.5,
    0.06,
    'share of mirrored images',
  );
});
