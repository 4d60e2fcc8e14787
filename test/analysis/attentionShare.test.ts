import assert from 'node:assert/strict';
import {test} from 'node:test';
import {attentionShare} from '../../lib/analysis/attentionShare';
import {tf} from '../../lib/engine/tf';
import {close} from '../close';
import {flat} from '../flat';
import {hashed} from '../reference/hashed';

const maps = tf.tensor4d(hashed('maps', [2, 3, 4, 5]).map(Math.abs), [2, 3, 4, 5]);
const part = tf.tensor3d(hashed('part', [2, 4, 5]).map(Math.abs), [2, 4, 5]);

test('as two loops have it, whatever the maps sum to', async () => {
  const [a, b] = [maps.arraySync(), part.arraySync()];
  const expected = a.flatMap((heads, i) =>
    heads.map(map => {
      const all = map.flat();
      const of = b[i]!.flat();
      return all.reduce((sum, value, p) => sum + value * of[p]!, 0) / all.reduce((sum, value) => sum + value);
    }),
  );
  const share = await flat(() => attentionShare(maps, part), 1);
  assert.deepEqual(share.shape, [2, 3]);
  close(share.dataSync(), expected, 1e-6);
  close(attentionShare(maps.mul(0.3), part).dataSync(), expected, 1e-6);
});

test('even attention gives the share of the area; all of it on one patch gives that patch', () => {
  const area = part.mean<tf.Tensor1D>([1, 2]).arraySync();
  close(
    attentionShare(tf.ones([2, 3, 4, 5]), part).dataSync(),
    area.flatMap(share => [share, share, share]),
    1e-6,
  );
  const one = tf
    .oneHot(tf.tensor1d([7, 7], 'int32'), 20)
    .reshape<tf.Tensor4D>([2, 1, 4, 5])
    .toFloat<tf.Tensor4D>();
  close(attentionShare(one, part).dataSync(), part.reshape([2, 20]).slice([0, 7], [2, 1]).dataSync(), 1e-6);
});

test('a part of other patches is refused', () => {
  assert.throws(
    () => attentionShare(maps, part.slice([0, 0, 0], [2, 4, 4])),
    /^RangeError: attentionShare: expected how much of each patch belongs to the part, \[2,4,5\], got \[2,4,4\]/,
  );
});
