// slow: trains

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {valueAndGradients} from '../../../lib/engine/gradients';
import {key, uniform} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {masksOf} from '../../../lib/masks/masks';
import {randomMask} from '../../../lib/masks/randomMask';
import {msn, type MsnOptions, type MsnOutputs} from '../../../lib/methods/masked/msn';
import {leaves, map} from '../../../lib/engine/params';
import {constant} from '../../../lib/schedules';
import {adamW} from '../../../lib/training/adamW';
import {clipped} from '../../../lib/training/clipped';
import {sgd} from '../../../lib/training/sgd';
import {train} from '../../../lib/training/train';
import {openTraining} from '../../../lib/training/training';
import {maskedCrops, type MaskedCrops} from '../../../lib/views/sources/maskedCrops';
import {close} from '../../close';
import {flat} from '../../flat';
import reference from '../../reference/maskedTeachers.json';
import {compiledEqualsEager} from '../equal';
import {dataset} from '../sameCompiled';
import {step} from '../step';
import {plainCrops} from './plainCrops';
import {backbone, cropsOf, filled, n, noGradient, sameGradients} from './weights';

const small = (options: Partial<MsnOptions> = {}) =>
  msn({backbone, hidden: 32, output: 16, prototypes: 24, ...options});
const paramsOf = (method: ReturnType<typeof small>) => filled(method.init(key(0)), 'student');
const teacherOf = (method: ReturnType<typeof small>) => ({
  teacher: filled(method.initState!(method.init(key(0)), key(0)).teacher, 'teacher'),
});
/** What the second crop keeps as in the reference, and of the first other patches. */
const batch = (local = 2): MaskedCrops => {
  const kept = tf.tensor2d(reference.msn[0]!.kept, [n, 13], 'int32');
  return {
    ...cropsOf(local),
    masks: {
      kept: tf.concat([tf.range(0, 13, 1, 'int32').tile([n]).reshape<tf.Tensor2D>([n, 13]), kept]),
      masked: tf.zeros([2 * n, 16]),
    },
  };
};

for (const {sinkhorn, gradients, ...expected} of reference.msn) {
  test(`loss, targets and gradients equal torch's, ${sinkhorn ? 'with' : 'without'} Sinkhorn`, () =>
    tf.tidy(() => {
      const method = small({sinkhorn});
      const {
        loss,
        outputs,
        gradients: found,
      } = valueAndGradients(params => method.loss(params, batch(), teacherOf(method), step()), paramsOf(method));
      close(loss.dataSync(), [expected.loss], 1e-4);
      close(outputs.teacher.dataSync(), expected.targets, 1e-4);
      close(outputs.teacherEntropy.add(outputs.divergence).dataSync(), [expected.prediction], 1e-4);
      close(outputs.meanEntropy.dataSync(), [Math.log(24) - expected.maximum], 1e-4);
      assert.deepEqual(outputs.projection.shape, [3 * n, 16]);
      sameGradients(found, gradients);
    }));
}

test('the target is seen whole, whatever its mask; anchors only by what they keep', () =>
  tf.tidy(() => {
    const method = small();
    const loss = (given: MaskedCrops) =>
      method.loss(paramsOf(method), given, teacherOf(method), step()).loss.dataSync()[0]!;
    const {
      masks: {kept, masked},
      ...crops
    } = batch();
    const other = (from: number) =>
      tf.concat([
        kept.slice(0, from),
        kept.slice(from, n).add(1).mod(16).toInt() as tf.Tensor2D,
        kept.slice(from + n),
      ]) as tf.Tensor2D;
    assert.equal(loss({...crops, masks: {masked, kept: other(0)}}), loss(batch()));
    assert.ok(Math.abs(loss({...crops, masks: {masked, kept: other(n)}}) - loss(batch())) > 1e-4);
  }));

test('where images keep different numbers of patches, what fills up a row does not count', () =>
  tf.tidy(() => {
    const method = small();
    const loss = (masks: MaskedCrops['masks']) =>
      method.loss(paramsOf(method), {...batch(), masks}, teacherOf(method), step()).loss.dataSync();
    const {masked} = randomMask({grid: [4, 4], ratio: 0.5}).draw(key(2), 2 * n, {});
    close(loss(masksOf(masked)), loss(masksOf(masked, 8)), 1e-4);
  }));

test('weight of the entropy, sharpening and one temperature in closed form', () =>
  tf.tidy(() => {
    const outputsOf = (options: Partial<MsnOptions>) => {
      const method = small({sinkhorn: false, ...options});
      const {loss, outputs} = method.loss(paramsOf(method), batch(), teacherOf(method), step());
      return {
        loss: loss.dataSync()[0]!,
        prediction: outputs.teacherEntropy.add(outputs.divergence).dataSync()[0]!,
        entropy: outputs.meanEntropy.dataSync()[0]!,
        targets: outputs.teacher,
      };
    };
    const {loss, prediction, entropy} = outputsOf({entropyWeight: 3});
    close([loss], [prediction + 3 * (Math.log(24) - entropy)], 1e-5);
    close(
      outputsOf({temperature: 0.2, sharpening: 0.5}).targets.dataSync(),
      outputsOf({temperature: 0.1, sharpening: 1}).targets.dataSync(),
      1e-6,
    );
    close(outputsOf({temperature: 1e6}).targets.dataSync(), Array(24 * n).fill(1 / 24), 1e-5);
    close([outputsOf({temperature: 1e6}).prediction], [Math.log(24)], 1e-5);
  }));

test('the teacher follows evenly toward 1, and is the result; prototypes do not decay', () =>
  tf.tidy(() => {
    const method = small({momentum: 0.5});
    const [params, state] = [paramsOf(method), teacherOf(method)];
    const {outputs} = method.loss(params, batch(), state, step());
    for (const [progress, momentum, decay] of [
      [0, 0.5, 1],
      [0.5, 0.7, 5.5 - 4.5 * Math.cos(0.4 * Math.PI)],
      [1, 0.9, 5.5 - 4.5 * Math.cos(0.8 * Math.PI)],
    ] as const) {
      const at = step({progress: tf.scalar(progress)});
      const {teacher} = method.afterStep!(
        map(params, tensor => tf.zerosLike(tensor)),
        state,
        at,
        outputs,
      );
      const own = new Map(leaves(state.teacher));
      for (const [name, tensor] of leaves(teacher))
        close(tensor.dataSync(), own.get(name)!.mul(momentum).dataSync(), 1e-6);
      close(
        (method.rule!('projector.linear1.weight', at, tf.ones([32, 128])).decay as tf.Scalar).dataSync(),
        [decay],
        1e-5,
      );
      for (const name of ['prototypes.weight', 'projector.bn1.weight'])
        assert.equal(method.rule!(name, at, tf.ones(name === 'prototypes.weight' ? [24, 16] : [32])).decay, 0);
    }
    assert.equal(method.backbone!(params, state), state.teacher.backbone);
    const images = uniform(key(3), [4, 16, 16, 3]);
    const {embedding, projection} = method.embed(params, state, images, {});
    close(embedding.dataSync(), backbone.apply(state.teacher.backbone, images, {}).dataSync(), 0);
    assert.deepEqual(projection!.shape, [4, 16]);
  }));

test('nothing is left in memory, and nothing flows into the teacher, nor through targets into prototypes', async () => {
  const method = small({sinkhorn: false}); // which lets no gradient through by itself
  const [params, state, at, given] = [paramsOf(method), teacherOf(method), step(), batch()];
  await flat(() => tf.tidy(() => void method.loss(params, given, state, at)));
  noGradient(valueAndGradients(variables => method.loss(params, given, variables, at), state).gradients);
});

const task = (options: Partial<MsnOptions> = {}) => ({
  method: msn({backbone, hidden: 32, output: 16, prototypes: 16, momentum: 0.9, ...options}),
  source: maskedCrops({dataset, recipe: plainCrops(2), mask: randomMask({grid: [4, 4], ratio: 0.15})}),
  optimizer: clipped(adamW({decay: 0.04}), 3),
  schedule: constant(1e-3),
  epochs: 4,
  batch: 16,
  seed: 4,
});

test('learns: anchors come to be assigned as their target, and all prototypes stay in use', async () => {
  const given = {...task(), watch: ({divergence, meanEntropy}: MsnOutputs) => ({divergence, meanEntropy})};
  const training = openTraining(given);
  const told: Record<string, number>[] = [];
  for await (const {loss, metrics} of train(given, training)) told.push({loss, ...metrics});
  training.dispose();
  given.source.dispose();
  const average = (name: string, from: number, to?: number) =>
    told.slice(from, to).reduce((sum, metrics) => sum + metrics[name]!, 0) / told.slice(from, to).length;
  assert.ok(
    average('loss', -4) < average('loss', 0, 4) - 0.3,
    `loss from ${average('loss', 0, 4)} to ${average('loss', -4)}`,
  );
  assert.ok(
    average('meanEntropy', -4) > 0.8 * Math.log(16),
    `entropy of the mean prediction ${average('meanEntropy', -4)} of ${Math.log(16)}`,
  );
});

test('compiled equals eager: kept patches, crops of two sizes', () =>
  compiledEqualsEager(() => ({...task(), optimizer: sgd(), schedule: constant(1e-3)})));

test('one prototype, one global crop, sharpening, momentum and weight out of range and τ ≤ 0 are refused', () =>
  tf.tidy(() => {
    const method = small();
    const {global, ...rest} = batch();
    assert.throws(
      () => method.loss(paramsOf(method), {...rest, global: global.slice(1)}, teacherOf(method), step()),
      /^RangeError: msn: expected at least two global crops of each image, a target and an anchor, got 1$/,
    );
    assert.throws(
      () =>
        method.loss(paramsOf(method), {...rest, global, masks: masksOf(tf.ones([n, 16]))}, teacherOf(method), step()),
      /^RangeError: msn: expected masks \[12,16\] of all global crops, got \[6,16\]$/,
    );
    assert.throws(() => small({prototypes: 1}), /^RangeError: msn: expected prototypes a whole number from 2, got 1$/);
    for (const sharpening of [0, 1.5])
      assert.throws(
        () => small({sharpening}),
        new RegExp(`^RangeError: msn: expected sharpening above 0, at most 1, got ${sharpening}$`),
      );
    assert.throws(() => small({momentum: -1}), /^RangeError: msn: expected momentum from 0 to 1, got -1$/);
    assert.throws(() => small({entropyWeight: -1}), /^RangeError: msn: expected entropyWeight ≥ 0, got -1$/);
    assert.throws(() => small({temperature: 0}), /^RangeError: msn: expected temperature > 0, got 0$/);
  }));
