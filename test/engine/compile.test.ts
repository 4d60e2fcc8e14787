import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {bytes, gatherBytes} from '../../lib/engine/bytes';
import {compile, type CompileOptions} from '../../lib/engine/compile';
import type {InputType, StepFunction} from '../../lib/engine/step';
import {native} from '../../lib/engine/device';
import {valueAndGradients} from '../../lib/engine/gradients';
import {fold, key, normal} from '../../lib/engine/random';
import {stopGradient} from '../../lib/engine/stopGradient';
import {tf} from '../../lib/engine/tf';
import type {Params} from '../../lib/module';
import {dispose} from '../../lib/engine/params';
import {close} from '../close';

type State = {weight: tf.Tensor2D; count: tf.Scalar};
type Inputs = {x: tf.Tensor2D; index: tf.Scalar};

/**
 * Fits y = x with noise drawn in the step, by gradient descent: random keys, a gradient, a stopped
 * gradient, a state that moves in part.
 */
const fit: StepFunction<State, Inputs, {loss: tf.Scalar}> = ({weight, count}, {x, index}) => {
  const noise = normal(fold(key(5), index), x.shape).mul(0.1);
  const {loss, gradients} = valueAndGradients(
    ({weight: matrix}: {weight: tf.Tensor2D}) => {
      const y = x.add(noise).matMul(matrix);
      return {loss: y.sub(x).square().mean().add(stopGradient(y).abs().mean().mul(0.01)) as tf.Scalar, outputs: {}};
    },
    {weight},
  );
  return {
    state: {weight: weight.sub(gradients.weight.mul(0.3)), count: count.add(tf.scalar(1, 'int32'))},
    outputs: {loss},
  };
};
const inputs: {[name in keyof Inputs]: InputType} = {
  x: {dtype: 'float32', shape: [null, 3]},
  index: {dtype: 'int32', shape: []},
};
const start = (): State => ({
  weight: tf.tensor2d(
    [1, 2, 3, 4, 5, 6, 7, 8, 9].map(value => value / 9),
    [3, 3],
  ),
  count: tf.scalar(0, 'int32'),
});
const given = (i: number, n = 4): Inputs => ({
  x: tf.tensor2d(
    Array.from({length: 3 * n}, (_, j) => Math.sin(i + j)),
    [n, 3],
  ),
  index: tf.scalar(i, 'int32'),
});

const compileFit = (options?: CompileOptions) => {
  const state = start();
  const compiled = compile(fit, state, inputs, options);
  dispose(state);
  return compiled;
};

function lossOf(compiled: ReturnType<typeof compileFit>, i: number, n?: number): number {
  const fed = given(i, n);
  const {loss} = compiled.run(fed);
  const value = loss.dataSync()[0]!;
  tf.dispose([loss, fed]);
  return value;
}

test('a graph and the function itself give the same numbers, whatever the order of batch sizes', () => {
  const [graph, eager] = [compileFit(), compileFit({eager: true})];
  const sizes = [4, 4, 2, 4, 2, 2, 4];
  const losses = [graph, eager].map(compiled => sizes.map((n, i) => lossOf(compiled, i, n)));
  close(losses[0]!, losses[1]!, 1e-6);
  assert.ok(losses[0]!.at(-1)! < losses[0]![0]!);
  const [a, b] = [graph.read(), eager.read()];
  close(a.weight.dataSync(), b.weight.dataSync(), 1e-6);
  assert.equal(a.count.dataSync()[0], sizes.length);
  tf.dispose([a, b]);
  graph.dispose();
  eager.dispose();
});

test('what was read can be written back, also into another compiled step; reading changes nothing', () => {
  const [a, b] = [compileFit(), compileFit()];
  for (let i = 0; i < 3; i++) lossOf(a, i);
  const state = a.read();
  const next = lossOf(a, 3);
  b.write(state); // before its first run
  assert.equal(lossOf(b, 3), next);
  a.write(state);
  assert.equal(lossOf(a, 3), next);
  const wrong = {...state, weight: tf.zeros<tf.Rank.R2>([2, 3])};
  assert.throws(
    () => a.write(wrong),
    /^RangeError: compile: expected a state with weight: float32 \[3, 3\], got weight: float32 \[2, 3\]/,
  );
  tf.dispose([state, wrong.weight]);
  a.dispose();
  b.dispose();
});

test('tensors are flat over runs; nothing is left at the end', () => {
  const before = tf.memory().numTensors;
  const compiled = compileFit();
  const counts = Array.from({length: 20}, (_, i) => (lossOf(compiled, i), tf.memory().numTensors));
  assert.equal(new Set(counts).size, 1, `${counts}`);
  compiled.dispose();
  assert.equal(tf.memory().numTensors, before);
});

test("a disposed step's graph serves the next of the same graph, which knows nothing of the first", () => {
  const models = () => native.binding.getNumOfSavedModels();
  const first = compileFit();
  const losses = [0, 1, 2].map(i => lossOf(first, i, 7)); // a shape of this test alone
  first.dispose();
  const loaded = models();
  const [second, third] = [compileFit(), compileFit()];
  assert.deepEqual(
    [0, 1, 2].map(i => lossOf(second, i, 7)),
    losses,
  );
  assert.equal(models(), loaded);
  lossOf(third, 0, 7); // the second has the graph
  assert.equal(models(), loaded + 1);
  second.dispose();
  third.dispose();
});

test('a step that was disposed is refused, and frees nothing twice', () => {
  const [first, fed] = [compileFit(), given(0, 9)];
  tf.dispose(first.run(fed));
  first.dispose();
  first.dispose();
  const [second, third] = [compileFit(), compileFit()];
  const expected = lossOf(second, 0, 9);
  assert.throws(() => first.run(fed), /^Error: compile: expected a step in use, got one that was disposed/);
  assert.equal(lossOf(third, 0, 9), expected); // has not the graph of the second
  assert.notEqual(lossOf(second, 1, 9), expected);
  second.dispose();
  third.dispose();
  tf.dispose(fed);
});

test('few graphs stay loaded that nobody uses', () => {
  const counts = Array.from({length: 20}, (_, i) => {
    const compiled = compile<{}, {x: tf.Scalar}, {y: tf.Scalar}>(
      (_state, {x: one}) => ({outputs: {y: one.add(i)}}),
      {},
      {
        x: {dtype: 'float32', shape: []},
      },
    );
    tf.dispose(tf.tidy(() => compiled.run({x: tf.scalar(1)})));
    compiled.dispose();
    return native.binding.getNumOfSavedModels();
  });
  assert.equal(counts.at(-1), counts[9], `${counts}`);
});

test('draws of an operation that goes on where it stopped begin anew with every compiled step', () => {
  const draws = () => {
    const compiled = compile<{}, {logits: tf.Tensor1D}, {drawn: tf.Tensor}>(
      (_state, {logits}) => ({outputs: {drawn: tf.multinomial(logits, 64, 3)}}),
      {},
      {logits: {dtype: 'float32', shape: [4]}},
    );
    const drawn = tf.tidy(() => [...compiled.run({logits: tf.zeros<tf.Rank.R1>([4])}).drawn.dataSync()]);
    compiled.dispose();
    return drawn;
  };
  assert.deepEqual(draws(), draws());
});

test('what the step holds may be large and may be bytes', () => {
  const store = bytes(
    Uint8Array.from({length: 100_000}, (_, i) => i % 251),
    [1000, 100],
  );
  const step: StepFunction<{}, {indices: tf.Tensor1D}, {sums: tf.Tensor}> = (_state, {indices}) => ({
    outputs: {sums: gatherBytes(store, indices).mul(255).sum(1)},
  });
  const compiled = compile(step, {}, {indices: {dtype: 'int32', shape: [2]}}, {holds: {store}});
  const indices = tf.tensor1d([3, 7], 'int32');
  const expected = [3, 7].map(row =>
    Array.from({length: 100}, (_, i) => (row * 100 + i) % 251).reduce((sum, value) => sum + value),
  );
  for (let i = 0; i < 3; i++) close(compiled.run({indices}).sums.dataSync(), expected, 1e-2);
  compiled.dispose();
  const captures = compile(step, {}, {indices: {dtype: 'int32', shape: [2]}});
  assert.throws(
    () => captures.run({indices}),
    /^Error: compile: expected bytes to be declared, got some \[1000,100\] captured at .*compile\.test\.ts/,
  );
});

/** A step without state that returns what `f` makes of x [4, 4]. */
function of(f: (x: tf.Tensor2D) => tf.Tensor, options?: CompileOptions) {
  const compiled = compile<{}, {x: tf.Tensor2D}, {y: tf.Tensor}>(
    (_state, {x}) => ({outputs: {y: f(x)}}),
    {},
    {x: {dtype: 'float32', shape: [4, 4]}},
    options,
  );
  return (x: tf.Tensor2D) => compiled.run({x}).y;
}
const x = tf.tensor2d(
  Array.from({length: 16}, (_, i) => Math.cos(3 * i)),
  [4, 4],
);

test('numbers of the host that change are refused, with the line that uses them', () => {
  const {binding} = native;
  assert.throws(
    () => of(input => input.mul(Math.random()))(x),
    /^Error: compile: expected the same operations at every step, got the number 0\.\d+ at .*compile\.test\.ts:\d+:\d+.* where the number 0\.\d+ was before: a random or changing number must be an input/,
  );
  let rate = 1;
  const changing = of(input => input.mul(rate));
  changing(x).dispose();
  rate = 0.5;
  for (let i = 0; i < 3; i++)
    // and again: a second try must not slip through
    assert.throws(() => changing(x), /got the number 0\.5 at .*compile\.test\.ts.* where the number 1 was before/);
  let more = false;
  const branching = of(input => (more ? input.exp() : input.sin()));
  branching(x).dispose();
  more = true;
  assert.throws(() => branching(x), /got Exp at .*compile\.test\.ts.* where Sin was before/);
  assert.equal(native.binding, binding);
});

test('reading inside a step and large captured tensors are refused, with the line', () => {
  assert.throws(
    () => of(input => input.mul(input.dataSync()[0]!))(x),
    /^Error: compile: expected a step whose numbers stay on the device, got one that reads a tensor at .*compile\.test\.ts/,
  );
  const teacher = tf.tensor1d(Float32Array.from({length: 20_000}, (_, i) => i));
  assert.throws(
    () => of(input => input.add(teacher.slice(0, 4)))(x),
    /^Error: compile: expected constants of at most 64 kB, got \[20000\] with 80 kB at .*compile\.test\.ts/,
  );
  const small = tf.tensor1d([1, 2, 3, 4]);
  // equal values may be many
  close(of(input => input.add(small).add(tf.zeros([200, 4, 4]).sum(0)))(x).dataSync(), x.add(small).dataSync(), 1e-6);
});

test('inputs and states of another name, type or shape are refused', () => {
  const compiled = compileFit();
  const {x: good, index} = given(0);
  const refused = (fed: object, message: RegExp) => assert.throws(() => compiled.run(fed as Inputs), message);
  refused({index}, /^RangeError: compile: expected a tensor as input x, got undefined/);
  refused(
    {x: tf.zeros([4, 2]), index},
    /^RangeError: compile: expected input x to be float32 \[any, 3\], got float32 \[4, 2\]/,
  );
  refused(
    {x: tf.zeros([3]), index},
    /^RangeError: compile: expected input x to be float32 \[any, 3\], got float32 \[3\]/,
  );
  refused(
    {x: good, index: tf.scalar(1)},
    /^RangeError: compile: expected input index to be int32 \[\], got float32 \[\]/,
  );
  refused({x: good, index, y: index}, /^RangeError: compile: expected the inputs x, index, got y as well/);
  compiled.dispose();
  for (const eager of [false, true]) {
    const shrinking = compile<Params, {x: tf.Tensor2D}, {}>(
      (_state, {x: input}) => ({state: {w: input.sum(0)}, outputs: {}}),
      {w: x},
      {x: {dtype: 'float32', shape: [4, 4]}},
      {eager},
    );
    assert.throws(
      () => shrinking.run({x}),
      /^RangeError: compile: expected the step to return its state with w \[4,4\], got w \[4\] there/,
    );
  }
});

test('tensors that share data at the first run are told apart: clones in the state, one tensor fed twice', async () => {
  const shared = tf.scalar(1);
  const compiled = compile<{student: tf.Tensor; teacher: tf.Tensor}, {a: tf.Tensor; b: tf.Tensor}, {sum: tf.Tensor}>(
    ({student, teacher}, {a, b}) => ({
      state: {student: student.add(a), teacher},
      outputs: {sum: student.mul(100).add(teacher.mul(10)).add(a.sub(b))},
    }),
    {student: shared, teacher: shared.clone()},
    {a: {dtype: 'float32', shape: []}, b: {dtype: 'float32', shape: []}},
  );
  const one = tf.scalar(1);
  const sums = [
    [one, one],
    [one, tf.scalar(3)],
    [tf.scalar(4), one],
  ].map(([a, b]) => compiled.run({a: a!, b: b!}).sum.dataSync()[0]);
  assert.deepEqual(sums, [110, 208, 313]);
  compiled.dispose();
});

// Random small programs: each instruction makes another [4, 4] out of those before it.
type Pool = tf.Tensor2D[];
const instructions: Record<string, (a: tf.Tensor2D, b: tf.Tensor2D) => tf.Tensor> = {
  add: (a, b) => a.add(b),
  sub: (a, b) => a.sub(b),
  mul: (a, b) => a.mul(b),
  matMul: (a, b) => tf.matMul(a, b, true),
  maximum: (a, b) => a.maximum(b),
  squaredDifference: (a, b) => tf.squaredDifference(a, b),
  tanh: a => a.tanh(),
  sigmoid: a => a.sigmoid(),
  relu: a => a.relu(),
  abs: a => a.abs(),
  square: a => a.square(),
  softmax: a => a.softmax(),
  logSumExp: a => a.logSumExp(1, true).tile([1, 4]),
  meanOfColumns: a => a.sub(a.mean(0)),
  reverse: a => a.reverse(1),
  transpose: a => a.transpose(),
  pad: a =>
    a.slice([0, 1], [4, 2]).pad([
      [0, 0],
      [1, 1],
    ]),
  cumsum: a => a.cumsum(1),
  concat: (a, b) => tf.concat([a.slice([0, 0], [2, 4]), b.slice([1, 0], [2, 4])]),
  gather: (a, b) => tf.gather(a, b.argMax(1).toInt()),
  where: (a, b) => tf.where(a.greater(b), a, b.neg()),
  oneHot: a => tf.oneHot(a.argMin(0).toInt(), 4).toFloat(),
  expandDims: a => a.expandDims(1).sum(1),
  stack: (a, b) => tf.stack([a, b]).max(0),
  unstack: a => tf.stack(tf.unstack(a, 1)),
  eye: a => a.add(tf.eye(4)),
  gradient: (a, b) =>
    tf.grad(v =>
      v
        .mul(b)
        .tanh()
        .matMul(v as tf.Tensor2D)
        .sum(),
    )(a),
  logical: (a, b) => tf.logicalAnd(a.greater(0), tf.logicalNot(b.less(0))).toFloat(),
  bias: (a, b) => tf.div(a, tf.add(b.square(), 1)),
};
const names = Object.keys(instructions);

test('random programs: compiled equals eager, on inputs that were not recorded', () => {
  const instruction = fc.record({name: fc.constantFrom(...names), a: fc.nat(7), b: fc.nat(7)});
  fc.assert(
    fc.property(fc.array(instruction, {minLength: 1, maxLength: 8}), program => {
      const run = (input: tf.Tensor2D) => {
        const pool: Pool = [input];
        for (const {name, a, b} of program)
          pool.push(
            instructions[name]!(pool[a % pool.length]!, pool[b % pool.length]!).clipByValue(-10, 10) as tf.Tensor2D,
          );
        return tf.concat(pool);
      };
      const compiled = compile<{}, {x: tf.Tensor2D}, {y: tf.Tensor}>(
        (_state, {x: input}) => ({outputs: {y: run(input)}}),
        {},
        {x: {dtype: 'float32', shape: [4, 4]}},
      );
      tf.tidy(() => {
        for (const other of [x, x.mul(-0.7).add(0.1) as tf.Tensor2D, x.reverse(0)])
          close(compiled.run({x: other}).y.dataSync(), run(other).dataSync(), 1e-4);
      });
      compiled.dispose();
    }),
    {numRuns: 40},
  );
});

test('a number that changes later is refused later', () => {
  let scale = 1;
  const f = of(input => input.mul(scale));
  for (let i = 0; i < 4; i++) f(x).dispose();
  scale = 2;
  assert.throws(() => {
    for (let i = 0; i < 4; i++) f(x).dispose();
  }, /got the number 2 at .*compile\.test\.ts.* where the number 1 was before/);
});
