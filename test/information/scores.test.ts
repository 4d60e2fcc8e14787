import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tf} from '../../lib/engine/tf';
import {club} from '../../lib/information/club';
import {donskerVaradhan} from '../../lib/information/donskerVaradhan';
import {infoNce} from '../../lib/information/infoNce';
import {interpolated} from '../../lib/information/interpolated';
import {jensenShannon} from '../../lib/information/jensenShannon';
import {nwj} from '../../lib/information/nwj';
import {smile} from '../../lib/information/smile';
import {tuba} from '../../lib/information/tuba';
import {flat} from '../flat';

for (const [name, estimate] of Object.entries({
  infoNce,
  nwj,
  donskerVaradhan,
  tuba,
  jensenShannon,
  smile,
  club,
  interpolated: (scores: tf.Tensor2D) => interpolated(scores, {alpha: 0.5}, tf.zeros([3])),
})) {
  test(`${name} refuses scores that are no numbers in one line`, () => {
    for (const value of [NaN, Infinity])
      assert.throws(
        () =>
          estimate(
            tf.tensor2d([
              [1, 2, 3],
              [4, value, 6],
              [7, 8, 9],
            ]),
          ),
        /^RangeError: \w+: expected finite scores, got NaN or infinity: the critic has run away/,
      );
  });
}

test('looking whether scores are finite leaves nothing in memory', async () => {
  const scores = tf.tensor2d([
    [1, 2],
    [3, 4],
  ]);
  await flat(() => infoNce(scores), 1);
});
