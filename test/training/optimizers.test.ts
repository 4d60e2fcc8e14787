import assert from 'node:assert/strict';
import {test} from 'node:test';
import {valueAndGradients} from '../../lib/engine/gradients';
import {key} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {mlp} from '../../lib/layers/mlp';
import type {Params, Rule, Step} from '../../lib/module';
import {dispose, fromNames, leaves} from '../../lib/engine/params';
import {adamW} from '../../lib/training/adamW';
import {clipped} from '../../lib/training/clipped';
import {lars} from '../../lib/training/lars';
import type {Optimizer} from '../../lib/training/optimizer';
import {sgd} from '../../lib/training/sgd';
import {close} from '../close';
import {hashed} from '../reference/hashed';
import reference from '../reference/optimizers.json';

const network = mlp([8, 6, 3]);
const x = tf.tensor2d(hashed('x', [16, 8]), [16, 8]);
const target = tf.tensor2d(hashed('target', [16, 3]), [16, 3]);
const start = () =>
  fromNames(
    leaves(network.init(key(0))).map(([name, {shape}]) => [
      name,
      tf.tensor(name === 'bn1.weight' ? hashed(name, shape).map(v => Math.abs(v) + 0.5) : hashed(name, shape), shape),
    ]),
  );
const at = (index: number): Step => ({
  key: key(0),
  index: tf.scalar(index, 'int32'),
  progress: tf.scalar(index / 20),
  stepsPerEpoch: 20,
  epochs: 1,
});
const gradientsOf = (params: Params) =>
  valueAndGradients(
    p => ({loss: network.apply(p, x, {}).sub(target).square().mean() as tf.Scalar, outputs: {}}),
    params,
  );

function steps(
  optimizer: Optimizer,
  rate: (step: number) => number | tf.Scalar,
  rule?: (name: string, step: Step) => Rule,
  n = 20,
) {
  let params = start();
  let slots = optimizer.init(params);
  const losses: number[] = [];
  for (let i = 0; i < n; i++) {
    const {loss, gradients} = gradientsOf(params);
    losses.push(loss.dataSync()[0]!);
    ({params, slots} = optimizer.update(params, gradients, slots, {rate: rate(i), peak: 0.3, step: at(i), rule}));
  }
  return {params, slots, losses};
}

const cases: [keyof typeof reference, Optimizer, (step: number) => number | tf.Scalar][] = [
  ['sgd', sgd({momentum: 0}), () => 0.1],
  ['momentum', sgd({decay: 0.01}), () => tf.scalar(0.05)],
  ['nesterov', sgd({nesterov: true, decay: 0.01}), () => 0.05],
  ['adamW', adamW({decay: 0.1}), () => tf.scalar(0.01)],
  ['lars', lars({decay: 0.01, trust: 0.1}), step => tf.scalar(0.1 * (step + 1))],
];
for (const [name, optimizer, rate] of cases) {
  test(`${name}: 20 steps as the reference's`, () => {
    const {params, losses} = steps(optimizer, rate);
    close(losses, reference[name].losses, 1e-5);
    assert.ok(losses[19]! < losses[0]! / 1.5, 'the loss falls');
    for (const [leaf, tensor] of leaves(params))
      close(tensor.dataSync(), reference[name].params[leaf as 'bn1.bias'], 1e-5);
  });
}

test('rules: a frozen parameter and its slots stay, a factor scales the rate, no decay where the rule says so', () => {
  const rules = new Map<string, Rule>([
    ['linear1.weight', {frozen: true}],
    ['linear2.weight', {rate: tf.scalar(0.5)}],
    ['bn1.weight', {rate: 2, decay: 0}],
  ]);
  const rule = (name: string) => rules.get(name) ?? {};
  for (const optimizer of [sgd({decay: 0.1}), adamW(), lars()]) {
    const once = steps(optimizer, () => 0.1, rule, 1);
    const plain = steps(optimizer, () => 0.1, undefined, 1);
    const first = start();
    const moved = (run: {params: Params}, [part, leaf]: [string, string]) => {
      const value = (tree: Params) => (tree[part] as Params)[leaf] as tf.Tensor;
      return value(run.params).sub(value(first)).dataSync();
    };
    close(moved(once, ['linear1', 'weight']), new Array(48).fill(0), 0);
    for (const [name, tensor] of leaves(once.slots))
      if (name.endsWith('linear1.weight')) close(tensor.dataSync(), new Array(48).fill(0), 0);
    close(
      moved(once, ['linear2', 'weight']),
      moved(plain, ['linear2', 'weight']).map(v => v / 2),
      1e-6,
    );
    close(moved(once, ['linear2', 'bias']), moved(plain, ['linear2', 'bias']), 1e-7);
  }
  const scale = (run: {params: Params}) => ((run.params.bn1 as Params).weight as tf.Tensor).dataSync();
  const without = steps(sgd({decay: 0.1, momentum: 0}), () => 0.1, rule, 1);
  const with0 = steps(sgd({decay: 0, momentum: 0}), () => 0.2, undefined, 1);
  close(scale(without), scale(with0), 1e-6);
});

test('a steady parameter goes at the peak of the schedule, whatever the rate is now', () => {
  const rules = new Map<string, Rule>([
    ['linear1.weight', {steady: true}],
    ['linear2.weight', {steady: true, rate: 0.5}],
  ]);
  for (const optimizer of [sgd({decay: 0.1}), adamW(), lars()]) {
    const steady = steps(
      optimizer,
      () => tf.scalar(0.1),
      name => rules.get(name) ?? {},
      1,
    );
    const [atPeak, now] = [0.3, 0.1].map(rate => new Map(leaves(steps(optimizer, () => rate, undefined, 1).params)));
    const first = new Map(leaves(start()));
    const moved = (value: tf.Tensor, name: string) => value.sub(first.get(name)!).dataSync();
    for (const [name, tensor] of leaves(steady.params)) {
      const expected = moved((name.startsWith('linear') && name.endsWith('weight') ? atPeak : now)!.get(name)!, name);
      close(moved(tensor, name), name === 'linear2.weight' ? expected.map(v => v / 2) : expected, 1e-6);
    }
  }
});

test('frozen for some steps: as if they had not been, then as any other; decay by a tensor', () => {
  const frozen = tf.scalar(true, 'bool');
  const free = tf.scalar(false, 'bool');
  for (const optimizer of [sgd({decay: 0.1}), adamW(), lars()]) {
    const held = steps(
      optimizer,
      () => 0.1,
      name => (name.startsWith('linear2') ? {frozen} : {}),
      2,
    );
    const always = steps(
      optimizer,
      () => 0.1,
      name => (name.startsWith('linear2') ? {frozen: true} : {}),
      2,
    );
    for (const tree of ['params', 'slots'] as const)
      leaves(held[tree]).forEach(([, tensor], i) =>
        close(tensor.dataSync(), leaves(always[tree])[i]![1].dataSync(), 0),
      );
    const plain = steps(
      optimizer,
      () => 0.1,
      () => ({decay: 2}),
      3,
    );
    const same = steps(
      optimizer,
      () => 0.1,
      () => ({frozen: free, decay: tf.scalar(2)}),
      3,
    );
    leaves(plain.params).forEach(([, tensor], i) =>
      close(tensor.dataSync(), leaves(same.params)[i]![1].dataSync(), 1e-6),
    );
  }
});

test('clipped: long gradients get the norm, short ones stay, each parameter on its own', () => {
  const params = {long: tf.zeros([2]), short: tf.zeros([2])};
  const optimizer = clipped(sgd({momentum: 0}), 3);
  const {params: next} = optimizer.update(
    params,
    {long: tf.tensor1d([30, -40]), short: tf.tensor1d([1, 2])},
    optimizer.init(params),
    {rate: 1, peak: 1, step: at(0)},
  );
  close(next.long.dataSync(), [-1.8, 2.4], 1e-6);
  close(next.short.dataSync(), [-1, -2], 1e-6);
});

test('LARS: rules decide over adaptation; a zero weight moves by its gradient', () => {
  const params = {a: tf.tensor2d([[3, 4]]), b: tf.tensor1d([3, 4]), zero: tf.zeros([1, 2])};
  const gradients = {a: tf.tensor2d([[0, 2]]), b: tf.tensor1d([0, 2]), zero: tf.tensor2d([[1, -1]])};
  const optimizer = lars({momentum: 0, decay: 0, trust: 0.1});
  const moved = (rule?: (name: string) => Rule) => {
    const {params: next} = optimizer.update(params, gradients, optimizer.init(params), {
      rate: 1,
      peak: 1,
      step: at(0),
      rule,
    });
    return {a: [...next.a.dataSync()], b: [...next.b.dataSync()], zero: [...next.zero.dataSync()]};
  };
  assert.deepEqual(moved(), {a: [3, 3.5], b: [3, 2], zero: [-1, 1]}); // 0.1 · 5/2 · 2 = 0.5
  assert.deepEqual(
    moved(name => ({adapt: name === 'b'})),
    {a: [3, 2], b: [3, 3.5], zero: [-1, 1]},
  );
});

test('AdamW: the first step is rate · sign of the gradient; the count is a tensor of the slots', () => {
  const params = {w: tf.zeros([3])};
  const optimizer = adamW({decay: 0});
  const slots = optimizer.init(params);
  const next = optimizer.update(params, {w: tf.tensor1d([1, -5, 100])}, slots, {rate: 1, peak: 1, step: at(0)});
  close(next.params.w.dataSync(), [-1, 1, -1], 5e-7);
  assert.deepEqual(
    [(next.slots.count as tf.Scalar).dtype, next.slots.count instanceof tf.Tensor && next.slots.count.dataSync()[0]],
    ['int32', 1],
  );
});

test('an update makes only its result and frees nothing it was given', () => {
  for (const optimizer of [sgd(), adamW(), lars(), clipped(adamW(), 0.1)]) {
    const params = start();
    const slots = optimizer.init(params);
    const {gradients} = gradientsOf(params);
    const step = at(0);
    const before = tf.memory().numTensors;
    const next = optimizer.update(params, gradients, slots, {
      rate: 0.1,
      peak: 0.1,
      step,
      rule: name => (name === 'linear1.weight' ? {frozen: true} : {}),
    });
    dispose(params);
    dispose(slots);
    for (const [, tensor] of [...leaves(next.params), ...leaves(next.slots)]) tensor.dataSync();
    assert.equal(tf.memory().numTensors, before);
  }
});

test('wrong settings are refused', () => {
  assert.throws(() => sgd({momentum: 1}), /^RangeError: sgd: expected momentum from 0 to below 1, got 1/);
  assert.throws(() => adamW({beta2: 1}), /^RangeError: adamW: expected beta1 and beta2/);
  assert.throws(() => clipped(sgd(), 0), /^RangeError: clipped: expected norm > 0, got 0/);
  assert.throws(() => lars({trust: 0}), /^RangeError: lars: expected decay ≥ 0 and trust > 0/);
});
