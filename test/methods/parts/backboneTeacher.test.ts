import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {backboneTeacher, type BackboneTeacherOptions} from '../../../lib/methods/parts/backboneTeacher';
import {cosine, ramp} from '../../../lib/schedules';
import {close} from '../../close';
import {flat} from '../../flat';
import {step} from '../step';

const student = {backbone: {a: {weight: tf.tensor1d([1, -2])}, bias: tf.scalar(4)}, head: {weight: tf.ones([3])}};
const at = (index: number, {stepsPerEpoch, epochs}: {stepsPerEpoch: number; epochs: number}) =>
  step({
    index: tf.scalar(index, 'int32'),
    progress: tf.scalar(index / (stepsPerEpoch * epochs)),
    stepsPerEpoch,
    epochs,
  });
/** The teacher's bias after each step, from 0, while the student's stays 4. */
function path(options: BackboneTeacherOptions, run: {stepsPerEpoch: number; epochs: number}): number[] {
  const {initState, afterStep} = backboneTeacher('test', options);
  let state = initState({backbone: {a: {weight: tf.zeros([2])}, bias: tf.scalar(0)}}, key(0));
  return Array.from({length: run.stepsPerEpoch * run.epochs}, (_, i) => {
    state = afterStep(student, state, at(i, run), {});
    return (state.teacher.bias as tf.Scalar).dataSync()[0]!;
  });
}

test('starts as a copy of the backbone, and follows it by the momentum of each step', () => {
  const {teacher} = backboneTeacher('test', {momentum: 0.5}).initState(student, key(0));
  assert.deepEqual(Object.keys(teacher), ['a', 'bias']);
  close((teacher.bias as tf.Tensor).dataSync(), [4], 0);
  close(path({momentum: 0.5}, {stepsPerEpoch: 3, epochs: 1}), [2, 3, 3.5], 1e-6);
  // momenta 0.5 and 0.75
  close(path({momentum: ramp({from: 0.5, to: 1, share: 1})}, {stepsPerEpoch: 2, epochs: 1}), [2, 2.5], 1e-6);
});

test("by epochs: still within one, then by the momentum of the epoch's number as in SdAE's code", () => {
  // final + ½(base − final)(1 + cos π·epoch/epochs)
  const m = (epoch: number) => 0.99 + 0.5 * (0.5 - 0.99) * (1 + Math.cos((Math.PI * epoch) / 3));
  const first = 4 * (1 - m(0));
  const second = 4 + (first - 4) * m(1);
  const third = 4 + (second - 4) * m(2);
  close(
    path({momentum: cosine({from: 0.5, to: 0.99}), every: 'epoch'}, {stepsPerEpoch: 3, epochs: 3}),
    [0, 0, first, first, first, second, second, second, third],
    1e-6,
  );
  close(path({momentum: 0.5, every: 'epoch'}, {stepsPerEpoch: 1, epochs: 2}), [2, 3], 1e-6);
});

test('returns new tensors, and nothing else is left', async () => {
  for (const every of ['step', 'epoch'] as const) {
    const {initState, afterStep} = backboneTeacher('test', {momentum: 0.5, every});
    const [state, now] = [initState(student, key(0)), at(0, {stepsPerEpoch: 2, epochs: 1})];
    const next = await flat(
      () => tf.tidy(() => afterStep(student, state, now, {}) as never) as {teacher: {bias: tf.Tensor}},
      2,
    );
    assert.notEqual(next.teacher.bias, state.teacher.bias);
  }
});

test('a momentum that leaves 0 to 1 and another rhythm are refused, in the name of the method', () => {
  assert.throws(
    () => backboneTeacher('iJepa', {momentum: 1.1}),
    /^RangeError: iJepa: expected momentum from 0 to 1, got 1.1$/,
  );
  assert.throws(
    () => backboneTeacher('iJepa', {momentum: -0.1}),
    /^RangeError: iJepa: expected momentum from 0 to 1, got -0.1$/,
  );
  assert.throws(
    () => backboneTeacher('sdae', {momentum: ramp({from: 0.9, to: 1.5, share: 1})}),
    /^RangeError: sdae: expected momentum from 0 to 1, got a schedule up to 1.5$/,
  );
  assert.throws(
    () => backboneTeacher('sdae', {momentum: 0.9, every: 'day' as 'step'}),
    /^RangeError: sdae: expected a teacher that moves every 'step' or 'epoch', got 'day'$/,
  );
});
