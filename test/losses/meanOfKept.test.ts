import {test} from 'node:test';
import {tf} from '../../lib/engine/tf';
import {meanOfKept} from '../../lib/losses/meanOfKept';
import {close} from '../close';

test('the mean over what counts; 0 where nothing does', () => {
  const values = tf.tensor2d([
    [1, 2, 6],
    [4, 5, 9],
    [7, 8, 9],
    [3, 2, 1],
  ]);
  close(
    meanOfKept(values, tf.tensor2d([1, 0, 1, 0, 0, 0, 1, 1, 1, 0, 1, 0], [4, 3], 'bool')).dataSync(),
    [3.5, 0, 8, 2],
    1e-6,
  );
});
