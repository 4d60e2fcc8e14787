// slow: computes for seconds

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {namedBackbone} from '../../lib/backbones/namedBackbone';
import {vit, type VitOptions} from '../../lib/backbones/vit';
import {compile} from '../../lib/engine/compile';
import {valueAndGradients} from '../../lib/engine/gradients';
import {key, normal} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import type {Params} from '../../lib/module';
import {count, dispose, leaves, map} from '../../lib/engine/params';
import {close} from '../close';
import {flat} from '../flat';
import {hashed} from '../reference/hashed';
import reference from '../reference/vit.json';
import {filled} from '../reference/vitWeights';
import {sameStep} from './sameStep';

const images = tf.tensor4d(hashed('images', [3, 16, 16, 3]), [3, 16, 16, 3]);
const distance = (a: ArrayLike<number>, b: number[]) =>
  Math.hypot(...b.map((value, i) => a[i]! - value)) / Math.hypot(...b);

for (const [name, {pool, positions, parameters, embedding, gradients: expected}] of Object.entries(reference.cases)) {
  test(`${name}: names, count, embedding and gradients as timm's`, () =>
    tf.tidy(() => {
      const f = vit({size: 'nano', image: 16, patch: 4, pool, positions} as VitOptions);
      const started = f.init(key(0));
      assert.equal(count(started), parameters);
      assert.deepEqual(
        leaves(started).map(([leaf]) => leaf),
        Object.keys(expected),
      );
      const params = map(started, ({shape}, leaf) => filled(leaf, shape));
      const {outputs, gradients} = valueAndGradients(weights => {
        const y = f.apply(weights, images, {});
        return {loss: y.mul(tf.tensor2d(hashed('dy', [3, 128]), [3, 128])).sum() as tf.Scalar, outputs: {y}};
      }, params);
      close(outputs.y.dataSync(), embedding, 1e-4);
      for (const [leaf, gradient] of leaves(gradients)) {
        const {norm, values} = expected[leaf as keyof typeof expected];
        const all = (gradient.rank === 4 ? gradient.transpose([3, 2, 0, 1]) : gradient).dataSync();
        const some = all.filter((_, i) => i % Math.ceil(all.length / 24) === 0);
        assert.ok(distance(some, values) < 1e-4, `${leaf}: values off by ${distance(some, values)} of their norm`);
        assert.ok(
          Math.abs(Math.hypot(...all) / norm - 1) < 1e-4,
          `${leaf}: norm ${Math.hypot(...all)}, expected ${norm}`,
        );
      }
    }));
}

for (const [name, {pool, positions, ...expected}] of Object.entries(reference.cases))
  if ('attention' in expected) {
    test(`${name}: the last block's attention of the class token as timm's`, async () => {
      const f = vit({size: 'nano', image: 16, patch: 4, pool, positions} as VitOptions);
      const params = tf.tidy(() => map(f.init(key(0)), ({shape}, leaf) => filled(leaf, shape)));
      const maps = await flat(() => f.attentionMaps(params, images), 1);
      assert.deepEqual(maps.shape, [3, 2, 4, 4]);
      close(maps.dataSync(), expected.attention, 1e-5);
      assert.ok(
        maps
          .sum([2, 3])
          .dataSync()
          .every(sum => sum < 1),
        'the token keeps some for itself',
      );
      tf.dispose([maps, params]);
    });
  }

test("fresh weights attend to all tokens nearly evenly; maps of other shapes have their images' rows and columns", () =>
  tf.tidy(() => {
    const f = vit({size: 'nano', patch: 4, positions: 'sinCos', channels: 1});
    const params = f.init(key(0));
    const maps = f.attentionMaps(params, normal(key(1), [2, 8, 32, 1]) as tf.Tensor4D);
    assert.deepEqual(maps.shape, [2, 2, 2, 8]);
    close(maps.dataSync(), Array(64).fill(1 / 17), 0.02);
    assert.throws(
      () => vit({size: 'nano', patch: 4, pool: 'mean', positions: 'sinCos'}).attentionMaps(params, images),
      /^RangeError: attentionMaps: expected a class token, .* take pool 'token'/,
    );
  }));

test('a compiled step equals the eager one, loss and gradients; tensors stay flat', async () => {
  const f = vit({size: 'nano', patch: 4, positions: 'sinCos'});
  const params = f.init(key(3));
  type Outputs = {loss: tf.Scalar; gradients: Params};
  const make = (eager: boolean) =>
    compile<Params, {images: tf.Tensor4D}, Outputs>(
      (state, {images: batch}) => {
        const {loss, gradients} = valueAndGradients(
          weights => ({
            loss: f.apply(weights, batch, {}).square().mul(tf.range(0, 128)).mean() as tf.Scalar,
            outputs: {},
          }),
          state,
        );
        return {
          state: map(state, (value, name) =>
            value.sub(
              leaves(gradients)
                .find(([other]) => other === name)![1]
                .mul(0.01),
            ),
          ),
          outputs: {loss, gradients},
        };
      },
      params,
      {images: {dtype: 'float32', shape: [3, 16, 16, 3]}},
      {eager},
    );
  const [graph, eager] = [make(false), make(true)];
  for (let step = 1; step <= 3; step++) sameStep(step, graph.run({images}), eager.run({images}));
  await flat(() => tf.dispose(graph.run({images})));
  graph.dispose();
  eager.dispose();
  dispose(params);
});

test('fixed positions take images of any size, learned ones only theirs; the sizes of the table', () =>
  tf.tidy(() => {
    const f = namedBackbone('vit-nano', 1);
    const params = f.init(key(0));
    for (const [h, w] of [
      [28, 28],
      [8, 32],
    ] as const)
      assert.deepEqual(f.apply(params, normal(key(1), [2, h, w, 1]), {}).shape, [2, 128]);
    const learned = vit({size: 'nano', patch: 4, image: 16});
    assert.throws(
      () => learned.apply(learned.init(key(0)), tf.zeros([1, 32, 32, 3]), {}),
      /^RangeError: vit: expected images of 16 px, whose positions are learned, got \[1,32,32,3\]/,
    );
    const parameters = (options: Partial<VitOptions>) =>
      count(vit({patch: 16, image: 224, size: 'tiny', ...options}).init(key(0)));
    // timm's vit_tiny_patch16_224 and vit_small_patch16_224 with num_classes=0
    assert.equal(parameters({}), 5_524_416);
    assert.equal(parameters({size: 'small'}), 21_665_664);
    assert.equal(namedBackbone('vit-micro', 3).width, 192);
  }));

test('wrong options are refused', () => {
  assert.throws(
    () => vit({size: 'giant' as 'nano', patch: 4, image: 32}),
    /^RangeError: vit: expected size nano, micro, tiny, small, base, large, huge, got 'giant'/,
  );
  assert.throws(
    () => vit({size: 'nano', patch: 4}),
    /^RangeError: vit: expected the size of the images, a multiple of the patch of 4 px, to learn positions for, got 0/,
  );
  assert.throws(
    () => vit({size: 'nano', patch: 4, image: 30}),
    /^RangeError: vit: expected the size of the images, a multiple of the patch of 4 px, to learn positions for, got 30/,
  );
});
