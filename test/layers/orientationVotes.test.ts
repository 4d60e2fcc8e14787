import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {tf} from '../../lib/engine/tf';
import {orientationVotes} from '../../lib/layers/orientationVotes';
import {close} from '../close';
import {flat} from '../flat';

test('one vote as strong as the gradient is long, for its angle; opposite directions are one', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({min: 2, max: 12}),
      fc.double({min: 0.01, max: 0.99, noNaN: true}),
      fc.double({min: 0.1, max: 9, noNaN: true}),
      fc.boolean(),
      fc.nat(),
      async (orientations, within, length, turned, at) => {
        const bin = at % orientations;
        const angle = ((bin + within) * Math.PI) / orientations + (turned ? Math.PI : 0);
        const [y, x] = [Math.sin(angle), Math.cos(angle)].map(part => tf.tensor2d([[length * part]]));
        const votes = await flat(() => orientationVotes(y!, x!, orientations), 1);
        assert.deepEqual(votes.shape, [1, 1, orientations]);
        close(
          votes.dataSync(),
          Array.from({length: orientations}, (_, i) => (i === bin ? length : 0)),
          1e-5,
        );
        tf.dispose([y, x, votes]);
      },
    ),
    {numRuns: 50},
  );
});

test('along the axes, the angle is exact: 0 and 180° are the first bin, 90° is the one that begins there', () => {
  for (let orientations = 2; orientations <= 24; orientations++) {
    const votes = orientationVotes(tf.tensor1d([0, 0, -0, 1, -1]), tf.tensor1d([1, -1, -1, 0, 0]), orientations);
    assert.deepEqual(
      [...votes.argMax(1).dataSync()],
      [0, 0, 0, Math.floor(orientations / 2), Math.floor(orientations / 2)],
      `${orientations} orientations`,
    );
  }
});

test('no gradient, no vote', () =>
  close(orientationVotes(tf.zeros([2, 3]), tf.zeros([2, 3]), 4).dataSync(), Array(24).fill(0), 0));
