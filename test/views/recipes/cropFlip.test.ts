import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key, uniform} from '../../../lib/engine/random';
import type {tf} from '../../../lib/engine/tf';
import {horizontalFlip} from '../../../lib/views/flip';
import {normalize} from '../../../lib/views/normalize';
import {cropFlipViews} from '../../../lib/views/recipes/cropFlip';
import {close} from '../../close';
import {flat} from '../../flat';

const looks = {size: 8, mean: [0.4, 0.5, 0.6], standardDeviation: [0.2, 0.25, 0.3]};
const images = uniform(key(1), [40, 8, 8, 3]);
const whole = {...looks, area: [1, 1] as const};

test('of whole images: each as it is or mirrored, normalized, about half of them', () => {
  const {first} = cropFlipViews(whole);
  const [seen, same, mirrored] = [
    first(images, key(3)),
    normalize(looks)(images),
    normalize(looks)(horizontalFlip(images)),
  ];
  const apart = (other: tf.Tensor4D) =>
    [...seen.sub(other).abs().max([1, 2, 3]).dataSync()].map(distance => distance < 1e-5);
  const [kept, turned] = [apart(same), apart(mirrored)];
  assert.ok(kept.every((is, i) => is !== turned[i]));
  assert.ok(Math.abs(kept.filter(Boolean).length - 20) <= 10);
  close(
    cropFlipViews({...whole, flip: 0})
      .first(images, key(3))
      .dataSync(),
    same.dataSync(),
    1e-5,
  );
});

test('crops are drawn of the key and have the size that is asked for; leaves one tensor', async () => {
  const {first, second} = cropFlipViews({...looks, size: 5});
  const k = key(2);
  const seen = await flat(() => first(images, k), 1);
  assert.deepEqual(seen.shape, [40, 5, 5, 3]);
  assert.deepEqual(second(images, k).dataSync(), seen.dataSync());
  assert.notDeepEqual(first(images, key(4)).dataSync(), seen.dataSync());
});
