import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import type {Params} from '../../lib/module';
import {fromNames, leaves} from '../../lib/engine/params';
import {lars} from '../../lib/training/lars';
import {namedOptimizer} from '../../lib/training/namedOptimizer';
import type {Optimizer} from '../../lib/training/optimizer';
import {close} from '../close';
import {flat} from '../flat';
import {hashed} from '../reference/hashed';
import reference from '../reference/lars.json';

/** Parameters after steps with gradients and rates of one's own choice. */
function ended(
  optimizer: Optimizer,
  start: Params,
  steps: number,
  rateOf: (step: number) => number,
  gradientOf: (name: string, value: tf.Tensor, step: number) => tf.Tensor,
): Record<string, number[]> {
  return tf.tidy(() => {
    let params = start;
    let slots = optimizer.init(start);
    for (let i = 0; i < steps; i++) {
      const gradients = fromNames(leaves(params).map(([name, value]) => [name, gradientOf(name, value, i)]));
      const step = {
        key: key(0),
        index: tf.scalar(i, 'int32'),
        progress: tf.scalar(i / steps),
        stepsPerEpoch: steps,
        epochs: 1,
      };
      ({params, slots} = optimizer.update(params, gradients, slots, {rate: rateOf(i), peak: rateOf(0), step}));
    }
    return Object.fromEntries(leaves(params).map(([name, value]) => [name, [...value.dataSync()]]));
  });
}

test("30 steps at a falling rate as SimCLR's code and as MoCo v3's, which end apart", async () => {
  const shapes = {bias: [3], weight: [4, 3]};
  const results = await flat(async () =>
    (['steps', 'gradients'] as const).map(momentumOf =>
      tf.tidy(() =>
        ended(
          lars({momentumOf, decay: 0.01, trust: 0.1}),
          fromNames(Object.entries(shapes).map(([name, shape]) => [name, tf.tensor(hashed(name, shape), shape)])),
          30,
          i => (0.5 * (1 + Math.cos((Math.PI * i) / 30))) / 2,
          (name, value, i) =>
            value
              .sub(tf.tensor(hashed(`${name} target`, value.shape), value.shape))
              .add(tf.tensor(hashed(`${name} ${i}`, value.shape, 0.1), value.shape)),
        ),
      ),
    ),
  );
  const expected = [reference.inside, reference.outside];
  results.forEach((found, i) => {
    for (const name of ['bias', 'weight'] as const) close(found[name]!, expected[i]![name], 1e-5);
  });
  assert.ok(Math.abs(reference.inside.bias[0]! - reference.outside.bias[0]!) > 0.01);
});

test('closed form: under a constant gradient each gathers its own sum; at a constant rate both are the same', () => {
  const momentum = 0.9;
  const n = 30;
  const falling = (i: number) => 1 - i / n;
  const distance = (momentumOf: 'steps' | 'gradients', rateOf: (step: number) => number) =>
    -ended(lars({momentumOf, momentum, decay: 0}), {bias: tf.zeros([1])}, n, rateOf, () => tf.ones([1])).bias![0]!;
  let [steps, gradients] = [0, 0];
  for (let t = 0; t < n; t++) {
    for (let s = 0; s <= t; s++) {
      steps += momentum ** (t - s) * falling(s);
      gradients += momentum ** (t - s) * falling(t);
    }
  }
  close([distance('steps', falling), distance('gradients', falling)], [steps, gradients], 1e-5);
  assert.ok(steps / gradients > 1.4, `${steps} and ${gradients}`);
  close([distance('steps', () => 0.5)], [distance('gradients', () => 0.5)], 1e-5);
});

test('by name: as its settings say; a wrong one and one for another optimizer are refused', () => {
  const start = {bias: tf.zeros([1])};
  const gradientOf = () => tf.ones([1]);
  for (const momentumOf of ['steps', 'gradients'] as const) {
    const [named, own] = [
      namedOptimizer({name: 'lars', rate: 1, decay: 0, momentumOf}),
      lars({decay: 0, momentumOf}),
    ].map(optimizer => ended(optimizer, start, 5, i => 1 / (1 + i), gradientOf));
    assert.deepEqual(named, own);
  }
  assert.throws(
    () => lars({momentumOf: 'rates' as 'steps'}),
    /^RangeError: lars: expected momentum of 'steps' or 'gradients', got 'rates'/,
  );
  assert.throws(
    () => namedOptimizer({name: 'sgd', rate: 1, decay: 0, momentumOf: 'steps'}),
    /^RangeError: namedOptimizer: expected momentumOf for lars alone, got it for sgd/,
  );
});
