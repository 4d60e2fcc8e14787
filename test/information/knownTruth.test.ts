import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {correlatedGaussians} from '../../lib/information/correlatedGaussians';
import {doubled, processed, type KnownTruth} from '../../lib/information/knownTruth';
import {flat} from '../flat';

const meanRatio = (truth: KnownTruth, dial: number): number =>
  tf.tidy(() => {
    const {x, y} = truth.sample(key(3), 3000, tf.scalar(dial));
    assert.deepEqual(
      [x.shape, y.shape],
      [
        [3000, truth.dimensions],
        [3000, truth.dimensions],
      ],
    );
    return truth.logRatio(x, y, tf.scalar(dial)).mul(tf.eye(3000)).sum(1).mean().dataSync()[0]!;
  });

test('functions of what was there tell nothing new, two pairs tell twice as much', async () => {
  const truth = correlatedGaussians({dimensions: 2});
  const dial = truth.dialOf(1);
  const [plain, more, two] = [truth, processed(truth), doubled(truth)].map(one => meanRatio(one, dial)) as [
    number,
    number,
    number,
  ];
  assert.ok(
    Math.abs(plain - 1) < 0.07 && Math.abs(more - 1) < 0.07 && Math.abs(two - 2) < 0.1,
    `${plain}, ${more}, ${two}`,
  );
  assert.equal(doubled(truth).dialOf(2), dial);
  assert.deepEqual([processed(truth).name, doubled(truth).name], ['two Gaussians, processed', 'two Gaussians, twice']);
  const scalar = tf.scalar(dial);
  const k = key(1);
  await flat(() => tf.dispose(Object.values(doubled(truth).sample(k, 8, scalar))));
});
