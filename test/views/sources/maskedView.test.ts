import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key, uniform} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {attentionMask} from '../../../lib/masks/attentionMask';
import {blockMask} from '../../../lib/masks/blockMask';
import {contrastMask} from '../../../lib/masks/contrastMask';
import {drawMasks} from '../../../lib/masks/drawMasks';
import {multiBlockMask} from '../../../lib/masks/multiBlockMask';
import {randomMask} from '../../../lib/masks/randomMask';
import {compose} from '../../../lib/views/compose';
import {maskedView} from '../../../lib/views/sources/maskedView';
import {oneView} from '../../../lib/views/sources/oneView';
import type {View} from '../../../lib/views/view';
import {flat} from '../../flat';
import {tinyDataset} from '../../study/tinyDataset';

const dataset = tinyDataset(16);
const noise: View = (images, k) => tf.tidy(() => images.add(uniform(k, images.shape)));
const recipe = {first: noise, second: compose({})};
const indices = Int32Array.of(3, 0, 7);

test('the view is that of oneView; masks are drawn from a key of their own; the key decides both', async () => {
  await flat(() => {
    const [source, plain] = [
      maskedView({dataset, recipe, mask: randomMask({grid: [4, 4]})}),
      oneView({dataset, recipe}),
    ];
    assert.equal(source.host, undefined);
    tf.tidy(() => {
      const at = tf.tensor1d(indices, 'int32');
      const draw = (seed: number) => source.batch(at, key(seed), {});
      const [a, b, other] = [draw(1), draw(1), draw(2)];
      assert.deepEqual(a.view.dataSync(), plain.batch(at, key(1), {}).view.dataSync());
      assert.deepEqual(
        [a.masks.masked.shape, a.masks.kept.shape, [...a.index.dataSync()]],
        [
          [3, 16],
          [3, 4],
          [3, 0, 7],
        ],
      );
      assert.deepEqual(a.masks.kept.dataSync(), b.masks.kept.dataSync());
      assert.notDeepEqual(a.masks.kept.dataSync(), other.masks.kept.dataSync());
    });
    source.dispose();
    plain.dispose();
  });
});

test('what masks draw on the host is fed in; a seed draws the same, wherever the images lie', async () => {
  // beside images that are fed in, or with those on the device
  await flat(async () => {
    const batches = [undefined, 0].map(deviceBytes =>
      maskedView({dataset, recipe, mask: blockMask({grid: [8, 8]}), deviceBytes}),
    );
    assert.deepEqual(
      batches.map(({host}) => Object.keys(host!.inputs)),
      [['masked'], ['images', 'masked']],
    );
    const drawn = await Promise.all(
      [...batches.map(source => [source, 5] as const), [batches[0]!, 6] as const].map(async ([source, seed]) => {
        const [inputs, at, own] = [await source.host!.draw(indices, seed), tf.tensor1d(indices, 'int32'), key(5)];
        const {view, masks, index} = source.batch(at, own, inputs);
        const values = [...[view, masks.masked, masks.kept, masks.valid!].map(tensor => [...tensor.dataSync()])];
        tf.dispose([inputs, at, own, view, masks, index]);
        return values;
      }),
    );
    for (const source of batches) source.dispose();
    const [held, fed, other] = drawn;
    assert.deepEqual(held, fed);
    assert.ok(held![1]!.includes(1));
    assert.deepEqual(other![0], held![0]); // the key is the same, and so is the view
    assert.notDeepEqual(other![1], held![1]);
  });
});

test('a strategy that looks at the images is given the views as the method sees them', async () => {
  const mask = contrastMask({grid: [4, 4], mode: 'high', ratio: 0.5});
  await flat(async () => {
    for (const deviceBytes of [undefined, 0]) {
      const source = maskedView({dataset, recipe, mask, deviceBytes});
      assert.deepEqual(Object.keys(source.host?.inputs ?? {}), deviceBytes === 0 ? ['images'] : []);
      const inputs = (await source.host?.draw(indices, 5)) ?? {};
      tf.tidy(() => {
        const {view, masks} = source.batch(tf.tensor1d(indices, 'int32'), key(1), inputs);
        // by its noise no two patches are alike
        assert.deepEqual(masks.masked.arraySync(), drawMasks(mask, 3, 9, {view}).masked.arraySync());
      });
      tf.dispose(inputs);
      source.dispose();
    }
  });
});

test('a batch owns its tensors', async () => {
  const source = maskedView({dataset, recipe, mask: multiBlockMask({grid: [8, 8]})});
  const [inputs, at, own] = [await source.host!.draw(indices, 1), tf.tensor1d(indices, 'int32'), key(1)];
  const {targets} = (await flat(() => source.batch(at, own, inputs), 7)).masks;
  assert.deepEqual(targets.shape.slice(0, 2), [3, 4]);
  assert.equal(inputs.masked.isDisposed, false);
});

test('patches that do not divide the view, and masks that only a method can draw, are refused', () => {
  const batch = (source: {batch(index: tf.Tensor1D, key: tf.Tensor1D, inputs: never): unknown}) =>
    source.batch(tf.tensor1d(indices, 'int32'), key(1), {} as never);
  assert.throws(
    () => batch(maskedView({dataset, recipe, mask: randomMask({grid: [5, 4]})})),
    /^RangeError: maskedView: expected views that a grid of 5 × 4 patches divides, got 16 × 16 pixels: take a grid of the view's size over the patch's/,
  );
  assert.throws(
    () => batch(maskedView({dataset, recipe, mask: attentionMask({grid: [4, 4]})})),
    /^RangeError: attentionMask: expected the attention of a teacher, got none/,
  );
});
