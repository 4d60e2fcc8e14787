import assert from 'node:assert/strict';
import {test} from 'node:test';
import {native} from '../../lib/engine/device';
import {key} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {convolution, convolve} from '../../lib/layers/convolution';
import {close} from '../close';
import {hashed} from '../reference/hashed';
import reference from '../reference/layers.json';

const tensor4 = (name: string, shape: [number, number, number, number]) => tf.tensor4d(hashed(name, shape), shape);

for (const name of ['3x3', '3x3 stride 2', '3x3 stride 2, odd size', '7x7 stride 2', '1x1 stride 2', '1x1'] as const) {
  test(`${name}: output and gradients as torch's`, () => {
    const {kernel, stride, size, shape, y, dx, dw, db} = reference[name];
    const module = convolution(3, 4, {kernel, stride, bias: true});
    const x = tensor4(`${name} x`, [2, size, size, 3]);
    // OIHW → HWIO
    const weight = tensor4(`${name} w`, [4, 3, kernel, kernel]).transpose([2, 3, 1, 0]) as tf.Tensor4D;
    const bias = tf.tensor1d(hashed(`${name} b`, [4]));
    const out = module.apply({weight, bias}, x, {});
    assert.deepEqual(out.shape, shape);
    close(out.dataSync(), y, 2e-6);
    const f = (input: tf.Tensor, filters: tf.Tensor, shift: tf.Tensor) =>
      module.apply({weight: filters, bias: shift}, input as tf.Tensor4D, {});
    const [gx, gw, gb] = tf.grads(f)(
      [x, weight, bias],
      tf.tensor4d(hashed(`${name} dy`, shape), shape as [number, number, number, number]),
    );
    close(gx!.dataSync(), dx, 2e-6);
    close(gw!.transpose([3, 2, 0, 1]).dataSync(), dw, 5e-6);
    close(gb!.dataSync(), db, 5e-6);
  });
}

test('gradients by finite differences, and as those of tfjs', () => {
  const x = tensor4('x', [2, 5, 5, 3]);
  const weight = tensor4('w', [3, 3, 3, 4]);
  const dy = tensor4('dy', [2, 5, 5, 4]);
  const [gx, gw] = tf.grads((input, w) => convolve(input as tf.Tensor4D, w as tf.Tensor4D))([x, weight], dy);
  const [tx, tw] = tf.grads((input, w) => tf.conv2d(input as tf.Tensor4D, w as tf.Tensor4D, 1, 'same'))(
    [x, weight],
    dy,
  );
  close(gx!.dataSync(), tx!.dataSync(), 2e-6);
  close(gw!.dataSync(), tw!.dataSync(), 5e-6);
  const loss = (input: tf.Tensor4D, w: tf.Tensor4D) => convolve(input, w).mul(dy).sum().dataSync()[0]!;
  for (const [tensor, gradient, at] of [
    [x, gx!, 37],
    [x, gx!, 149],
    [weight, gw!, 0],
    [weight, gw!, 107],
  ] as const) {
    const moved = (by: number) => {
      const values = tensor.dataSync().slice();
      values[at]! += by;
      const other = tf.tensor4d(values, tensor.shape);
      return tensor === x ? loss(other, weight) : loss(x, other);
    };
    const slope = moved(0.5) - moved(-0.5); // the loss is linear in each: any step gives the slope
    close([gradient.dataSync()[at]!], [slope], 1e-4);
  }
});

test('the gradient by the images is computed only when something behind them is trained', context => {
  const weight = tensor4('w', [3, 3, 3, 4]);
  const images = tensor4('x', [2, 6, 6, 3]);
  const executed = context.mock.method(native, 'executeSingleOutput').mock;
  const convolutions = () => executed.calls.map(call => call.arguments[0]).filter(name => name.startsWith('Conv2D'));
  tf.grad(w => convolve(images, w as tf.Tensor4D, 2).sum())(weight);
  assert.deepEqual(convolutions(), ['Conv2D', 'Conv2DBackpropFilter']);
  executed.resetCalls();
  tf.grad(x => convolve(x as tf.Tensor4D, weight, 2).sum())(images);
  assert.deepEqual(convolutions(), ['Conv2D', 'Conv2DBackpropInput']);
});

test('no kernel of one pixel and a stride has its gradient computed: oneDNN writes past its memory', context => {
  const executed = context.mock.method(native, 'executeSingleOutput').mock;
  const images = tensor4('x', [2, 6, 6, 3]);
  const steps = (kernel: number) => {
    executed.resetCalls();
    tf.grad(w => convolve(images, w as tf.Tensor4D, 2).sum())(tensor4('w', [kernel, kernel, 3, 4]));
    const call = executed.calls.find(({arguments: [name]}) => name === 'Conv2DBackpropFilter')!;
    return call.arguments[1].find(({name}) => name === 'strides')!.value;
  };
  assert.deepEqual(steps(1), [1, 1, 1, 1]);
  assert.deepEqual(steps(3), [1, 2, 2, 1]);
});

test('starts like torch: even, of variance 1/(3 · fan-in)', () => {
  const {weight} = convolution(16, 32).init(key(0)) as {weight: tf.Tensor4D};
  assert.deepEqual(weight.shape, [3, 3, 16, 32]);
  const bound = 1 / Math.sqrt(16 * 9);
  assert.ok(weight.abs().max().dataSync()[0]! <= bound);
  assert.ok(Math.abs(weight.square().mean().dataSync()[0]! / (bound ** 2 / 3) - 1) < 0.05);
});

test('wrong input is refused', () => {
  assert.throws(() => convolution(3, 4, {kernel: 2}), /^RangeError: convolution: expected an odd kernel, got 2/);
  const module = convolution(3, 4);
  assert.throws(
    () => module.apply(module.init(key(0)), tf.zeros([1, 4, 4, 2]), {}),
    /^RangeError: convolution: expected \[n, h, w, 3\], got \[1,4,4,2\]/,
  );
});
