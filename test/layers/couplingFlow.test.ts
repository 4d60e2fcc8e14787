import assert from 'node:assert/strict';
import {test} from 'node:test';
import {fold, key, normal} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {couplingFlow} from '../../lib/layers/couplingFlow';
import type {Params} from '../../lib/module';
import {leaves, map} from '../../lib/engine/params';
import {close} from '../close';
import {flat} from '../flat';
import {slopes} from '../slopes';

/** Weights that are far from the identity. */
const moved = (params: Params) =>
  map(params, (tensor, name) => tensor.add(normal(fold(key(5), name), tensor.shape).mul(0.7)));
const pixels = () => normal(key(2), [2, 3, 4, 3]) as tf.Tensor4D;

/** Volume that a flow makes of a unit of volume at one pixel: the determinant of its Jacobian. */
function volume(apply: (x: tf.Tensor4D) => tf.Tensor4D, pixel: number[]): number {
  const [a, b, c] = [0, 1, 2].map(out =>
    Array.from(
      tf
        .grad(x =>
          apply(x as tf.Tensor4D)
            .reshape([3])
            .slice(out, 1)
            .sum(),
        )(tf.tensor4d(pixel, [1, 1, 1, 3]))
        .dataSync(),
    ),
  ) as [number[], number[], number[]];
  const cross = [b[1]! * c[2]! - b[2]! * c[1]!, b[2]! * c[0]! - b[0]! * c[2]!, b[0]! * c[1]! - b[1]! * c[0]!];
  return a.reduce((sum, value, i) => sum + value * cross[i]!, 0);
}

for (const volumePreserving of [true, false]) {
  const flow = couplingFlow({volumePreserving});
  const name = volumePreserving ? 'volume-preserving' : 'scaling';

  test(`${name}: starts as the identity, and is taken back wherever its weights are`, () => {
    const fresh = flow.init(key(0));
    close(flow.apply(fresh, pixels(), {}).dataSync(), pixels().dataSync(), 1e-6);
    const params = moved(fresh);
    const y = flow.apply(params, pixels(), {});
    assert.ok(y.sub(pixels()).abs().mean().dataSync()[0]! > 0.3, 'expected another image, got the same');
    close(flow.inverse(params, y).dataSync(), pixels().dataSync(), 1e-4);
  });

  test(`${name}: what happens to volumes is what its name says`, () => {
    const params = moved(flow.init(key(0)));
    const volumes = [
      [0.1, 0.2, 0.3],
      [-1, 0.5, 2],
    ].map(pixel => volume(x => flow.apply(params, x, {}), pixel));
    if (volumePreserving) close(volumes, [1, 1], 1e-4);
    else
      assert.ok(
        volumes.some(v => Math.abs(v - 1) > 0.05),
        `expected volumes that change, got ${volumes}`,
      );
  });
}

test('a pixel does not depend on another one, gradients are slopes, and nothing is left in memory', async () => {
  const flow = couplingFlow({volumePreserving: false, hidden: 3});
  const params = moved(flow.init(key(0)));
  const first = pixels().slice([0, 0, 0, 0], [1, 1, 1, 3]);
  close(
    flow.apply(params, pixels(), {}).slice([0, 0, 0, 0], [1, 1, 1, 3]).dataSync(),
    flow.apply(params, first, {}).dataSync(),
    1e-6,
  );
  slopes(x => flow.apply(params, x as tf.Tensor4D, {}), first, [0, 1, 2], {tolerance: 1e-2});
  const own = pixels();
  await flat(() => flow.apply(params, own, {}), 1);
  await flat(() => flow.inverse(params, own), 1);
  assert.equal(leaves(params).length, 16);
});

test('too few channels, no coupling and images of other channels are refused', () => {
  assert.throws(
    () => couplingFlow({channels: 1}),
    /^RangeError: couplingFlow: expected channels a whole number from 2, got 1/,
  );
  assert.throws(
    () => couplingFlow({couplings: 0}),
    /^RangeError: couplingFlow: expected couplings a whole number from 1, got 0/,
  );
  const flow = couplingFlow();
  assert.throws(
    () => flow.apply(flow.init(key(0)), tf.zeros([1, 2, 2, 1]), {}),
    /^RangeError: couplingFlow: expected images of 3 channels, got \[1,2,2,1\]/,
  );
});
