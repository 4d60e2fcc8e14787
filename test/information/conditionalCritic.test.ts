import {test} from 'node:test';
import {key, normal} from '../../lib/engine/random';
import type {tf} from '../../lib/engine/tf';
import {conditionalCritic} from '../../lib/information/conditionalCritic';
import {network} from '../../lib/information/critic';
import {close} from '../close';
import {flat} from '../flat';

test('scores are log densities of the Gaussian that the network names', async () => {
  const critic = conditionalCritic({widths: [3, 2], hidden: 8, layers: 1});
  const params = critic.init(key(0));
  const [x, y] = [normal(key(1), [4, 3]), normal(key(2), [5, 2])] as [tf.Tensor2D, tf.Tensor2D];
  const out = network(3, 4, {hidden: 8, layers: 1}).apply(params, x, {}).arraySync();
  const points = y.arraySync();
  const expected = out.flatMap(([m0, m1, s0, s1]) =>
    points.map(point =>
      [
        [m0!, s0!],
        [m1!, s1!],
      ].reduce((sum, [mean, raw], d) => {
        const variance = Math.exp(Math.tanh(raw!));
        return sum - ((point[d]! - mean!) ** 2 / variance + Math.log(2 * Math.PI * variance)) / 2;
      }, 0),
    ),
  );
  close(critic.scores(params, x, y).dataSync(), expected, 1e-5);
  await flat(() => critic.scores(params, x, y), 1);
});
