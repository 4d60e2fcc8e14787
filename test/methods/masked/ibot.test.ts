// slow: trains

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {vit} from '../../../lib/backbones/vit';
import {valueAndGradients} from '../../../lib/engine/gradients';
import {key, uniform} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {attentionMask} from '../../../lib/masks/attentionMask';
import {blockMask} from '../../../lib/masks/blockMask';
import {masksOf, type MaskStrategy} from '../../../lib/masks/masks';
import {randomMask} from '../../../lib/masks/randomMask';
import {variedMask} from '../../../lib/masks/variedMask';
import {dino} from '../../../lib/methods/distillation/dino';
import {ibot, type IbotOptions, type IbotOutputs, type IbotState} from '../../../lib/methods/masked/ibot';
import {leaves, map} from '../../../lib/engine/params';
import {constant} from '../../../lib/schedules';
import {adamW} from '../../../lib/training/adamW';
import {clipped} from '../../../lib/training/clipped';
import {sgd} from '../../../lib/training/sgd';
import {train} from '../../../lib/training/train';
import {openTraining} from '../../../lib/training/training';
import {maskedCrops} from '../../../lib/views/sources/maskedCrops';
import {multiCrop} from '../../../lib/views/sources/multiCrop';
import {close} from '../../close';
import {flat} from '../../flat';
import reference from '../../reference/maskedTeachers.json';
import {hashed} from '../../reference/hashed';
import {continuesExactly} from '../continues';
import {compiledEqualsEager} from '../equal';
import {dataset, sameCompiled} from '../sameCompiled';
import {step} from '../step';
import {evenMask} from './evenMask';
import {plainCrops} from './plainCrops';
import {backbone, cropsOf, filled, type Gradients, masked, n, noGradient, sameGradients} from './weights';

const small = (options: Partial<IbotOptions> = {}) =>
  ibot({
    backbone,
    hidden: 32,
    bottleneck: 16,
    prototypes: 24,
    teacherTemperature: constant(0.05),
    patchTemperature: constant(0.07),
    ...options,
  });
const batch = (local = 0) => ({...cropsOf(local), masks: masksOf(masked())});
const paramsOf = (method: ReturnType<typeof small>) => filled(method.init(key(0)), 'student');
const stateOf = (method: ReturnType<typeof small>): IbotState => ({
  teacher: filled(method.initState!(method.init(key(0)), key(0)).teacher, 'teacher'),
  center: tf.tensor1d(hashed('centre', [24], 0.1)),
  patchCenter: tf.tensor1d(hashed('patchCentre', [24], 0.1)),
});

for (const {local, shared, gradients, ...expected} of reference.ibot) {
  test(`losses, gradients and centers equal torch's, with ${local} local crops and ${shared ? 'one last layer' : 'two last layers'}`, () =>
    tf.tidy(() => {
      const method = small({sharedHead: shared});
      const found = valueAndGradients(
        params => method.loss(params, batch(local), stateOf(method), step()),
        paramsOf(method),
      );
      close(found.loss.dataSync(), [expected.loss], 1e-4);
      close(found.outputs.classLoss.dataSync(), [expected.classLoss], 1e-4);
      close(found.outputs.patchLoss.dataSync(), [expected.patchLoss], 1e-4);
      sameGradients(found.gradients, gradients as Gradients);
      const after = method.afterStep!(paramsOf(method), stateOf(method), step(), found.outputs);
      close(after.center.dataSync(), expected.center, 1e-5);
      close(after.patchCenter.dataSync(), expected.patchCenter, 1e-5);
    }));
}

test('both centers are those of the steps before: the first step knows none; the teacher follows by its momentum', () =>
  tf.tidy(() => {
    const method = small({momentum: 0.9});
    const params = paramsOf(method);
    const start = method.initState!(params, key(0));
    close(start.center.add(start.patchCenter).dataSync(), Array(24).fill(0), 0);
    const losses = (state: IbotState) => method.loss(params, batch(), state, step()).outputs;
    const outputs = losses(start);
    const next = method.afterStep!(params, start, step(), outputs);
    close(next.patchCenter.dataSync(), outputs.patchMeanLogits.mul(0.1).dataSync(), 1e-6);
    for (const loss of ['classLoss', 'patchLoss'] as const)
      assert.ok(Math.abs(losses(next)[loss].dataSync()[0]! - outputs[loss].dataSync()[0]!) > 1e-4, loss);
    const moved = method.afterStep!(
      map(params, tensor => tf.zerosLike(tensor)),
      start,
      step(),
      outputs,
    );
    assert.deepEqual(
      leaves(moved.teacher).map(([name]) => name),
      leaves(params)
        .map(([name]) => name)
        .filter(name => name !== 'mask_token'),
    );
    const own = new Map(leaves(params));
    for (const [name, tensor] of leaves(moved.teacher))
      close(tensor.dataSync(), own.get(name)!.mul(0.9).dataSync(), 1e-6);
  }));

test('weights count the parts; without the loss on patches and without masks it is DINO', () =>
  tf.tidy(() => {
    const [method, classes] = [small({classWeight: 2, patchWeight: 0.5}), small({patchWeight: 0})];
    const {
      loss,
      outputs: {classLoss, patchLoss},
    } = method.loss(paramsOf(method), batch(2), stateOf(method), step());
    close(loss.dataSync(), [2 * classLoss.dataSync()[0]! + patchLoss.dataSync()[0]! / 2], 1e-6);
    const whole = {...cropsOf(2), masks: masksOf(tf.zeros([2 * n, 16]))};
    const alone = dino({backbone, hidden: 32, bottleneck: 16, prototypes: 24, teacherTemperature: constant(0.05)});
    const {patch_last_layer: _, mask_token: __, ...params} = paramsOf(method);
    const {
      teacher: {patch_last_layer: ___, ...teacher},
      center,
    } = stateOf(method);
    const expected = alone.loss(params, whole, {teacher, center}, step());
    const got = classes.loss(paramsOf(method), whole, stateOf(method), step());
    close(got.loss.dataSync(), expected.loss.dataSync(), 1e-5);
    for (const name of ['projection', 'teacher', 'meanLogits', 'teacherEntropy', 'divergence'] as const)
      close(got.outputs[name].dataSync(), expected.outputs[name].dataSync(), 1e-5);
  }));

test("masks come of the class token's attention in the teacher, which sees the crops whole", () =>
  tf.tidy(() => {
    const seen: tf.Tensor2D[] = [];
    const most: MaskStrategy<{attention: tf.Tensor2D}> = {
      grid: [4, 4],
      draw(_key, count, {attention}) {
        assert.equal(count, 2 * n);
        seen.push(tf.keep(attention.clone()));
        return masksOf(attention.greater(1 / 17).toFloat() as tf.Tensor2D);
      },
    };
    const method = small({attentionMask: most});
    const {masks: _, ...crops} = batch(2);
    const state = stateOf(method);
    const {outputs} = method.loss(paramsOf(method), crops, state, step());
    const [attention] = seen as [tf.Tensor2D];
    close(
      attention.dataSync(),
      backbone.attentionMaps(state.teacher.backbone, tf.concat(crops.global)).mean(1).dataSync(),
      1e-5,
    );
    close(
      outputs.masked.dataSync(),
      attention
        .greater(1 / 17)
        .toFloat()
        .dataSync(),
      0,
    );
    const given = small().loss(paramsOf(method), {...crops, masks: masksOf(outputs.masked)}, state, step());
    close(given.outputs.patchLoss.dataSync(), outputs.patchLoss.dataSync(), 1e-6);
    attention.dispose();
  }));

test('nothing is left in memory, and nothing flows into teacher and centers', async () => {
  const method = small({sharedHead: false});
  const [params, state, at, given] = [paramsOf(method), stateOf(method), step(), batch(1)];
  await flat(() => tf.tidy(() => void method.loss(params, given, state, at)));
  noGradient(valueAndGradients(variables => method.loss(params, given, variables, at), state).gradients);
});

test('the teacher is the result; neither last layer moves in the first epoch; biases do not decay', () =>
  tf.tidy(() => {
    const method = small({sharedHead: false});
    const [params, state] = [paramsOf(method), stateOf(method)];
    assert.equal(method.backbone!(params, state), state.teacher.backbone);
    const images = uniform(key(3), [2, 16, 16, 3]);
    const {embedding, projection} = method.embed(params, state, images, {});
    close(embedding.dataSync(), backbone.apply(state.teacher.backbone, images, {}).dataSync(), 0);
    assert.deepEqual(projection!.shape, [2, 16]);
    for (const [index, frozen] of [
      [2, 1],
      [3, 0],
    ] as const) {
      for (const layer of ['last_layer', 'patch_last_layer'])
        close(
          (
            method.rule!(
              `${layer}.weight_v`,
              step({index: tf.scalar(index, 'int32'), stepsPerEpoch: 3}),
              tf.ones([24, 16]),
            ).frozen as tf.Scalar
          ).dataSync(),
          [frozen],
          0,
        );
    }
    assert.equal(method.rule!('mask_token', step(), tf.ones([1, 1, 128])).frozen, undefined);
    assert.equal(method.rule!('projector.linear1.bias', step(), tf.ones([32])).decay, 0);
  }));

const task = (options: Partial<IbotOptions> = {}) => ({
  method: ibot({backbone, hidden: 32, bottleneck: 16, prototypes: 16, momentum: 0.9, ...options}),
  source: maskedCrops({
    dataset,
    recipe: plainCrops(1),
    mask: blockMask({grid: [4, 4], ratio: [0.1, 0.5], probability: 0.5}),
  }),
  optimizer: clipped(adamW({decay: 0.04}), 3),
  schedule: constant(1e-3),
  epochs: 4,
  batch: 16,
  seed: 4,
});

test('learns: the student says of crops and hidden patches what the teacher says, who tells images apart', async () => {
  const given = {
    ...task({momentum: 0.98, teacherTemperature: constant(0.05)}),
    epochs: 5,
    source: maskedCrops({
      dataset,
      recipe: plainCrops(1),
      mask: variedMask({strategy: ratio => randomMask({grid: [4, 4], ratio})}),
    }),
    watch: ({classLoss, patchLoss, divergence, teacherEntropy, teacher}: IbotOutputs) => ({
      classLoss,
      patchLoss,
      divergence,
      teacherEntropy,
      overall: tf.tidy(() => teacher.mean(0).mul(teacher.mean(0).add(1e-9).log()).sum().neg() as tf.Scalar),
    }),
  };
  const training = openTraining(given);
  const told: Record<string, number>[] = [];
  for await (const {metrics} of train(given, training)) told.push(metrics);
  training.dispose();
  given.source.dispose();
  const end = (name: string) => told.slice(-8).reduce((sum, metrics) => sum + metrics[name]! / 8, 0);
  for (const name of ['classLoss', 'patchLoss', 'divergence'])
    assert.ok(end(name) < 0.6 * told[0]![name]!, `${name} from ${told[0]![name]} to ${end(name)}`);
  // four classes: at most log 4
  assert.ok(end('overall') - end('teacherEntropy') > 0.7, `entropy ${end('teacherEntropy')} of ${end('overall')}`);
});

test('AttMask: compiled equals eager, the teacher decides inside the step; refused without a teacher', async () => {
  const mask = attentionMask({grid: [4, 4], ratio: [0.2, 0.5]});
  await sameCompiled(task({attentionMask: mask}).method, {
    source: () => multiCrop({dataset, recipe: plainCrops(0)}),
    rate: 0.01,
    steps: 3,
  });
  const source = maskedCrops({dataset, recipe: plainCrops(0), mask});
  assert.throws(
    () => source.batch(tf.tensor1d([0, 1], 'int32'), key(0), {} as {attention: tf.Tensor2D}),
    /^RangeError: attentionMask: expected the attention of a teacher, got none/,
  );
  source.dispose();
});

test('compiled equals eager: masks that the host draws, local crops, last layers that thaw', () =>
  compiledEqualsEager(() => ({...task({sharedHead: false}), optimizer: sgd(), schedule: constant(0.01)})));

test('a training that is continued from a checkpoint ends in the same numbers', async () => {
  const t = {...task(), epochs: 1, batch: 40};
  assert.equal((await continuesExactly(t, [2])).losses.length, 4);
  t.source.dispose();
});

test('refused: no masks, one global crop, no class token for attention, weights all 0, and what DINO refuses', () =>
  tf.tidy(() => {
    const run = (
      given: Partial<IbotOptions>,
      change: (b: ReturnType<typeof batch>) => Partial<ReturnType<typeof batch>> = b => b,
    ) => {
      const method = small(given);
      return method.loss(paramsOf(method), change(batch()) as ReturnType<typeof batch>, stateOf(method), step());
    };
    assert.throws(
      () => run({}, ({masks: _, ...rest}) => rest),
      /^RangeError: ibot: expected masks in the batch, got none: take maskedCrops, or an attentionMask$/,
    );
    assert.throws(
      () => run({}, b => ({...b, global: b.global.slice(1)})),
      /^RangeError: ibot: expected two global crops of each image, got 1$/,
    );
    assert.throws(
      () => run({}, b => ({...b, masks: masksOf(tf.ones([n, 16]))})),
      /^RangeError: ibot: expected masks \[12,16\] of both global crops, got \[6,16\]$/,
    );
    assert.throws(
      () =>
        run({
          backbone: vit({size: 'nano', patch: 4, positions: 'sinCos', pool: 'mean'}),
          attentionMask: evenMask([4, 4], 0.5),
        }),
      /^RangeError: ibot: expected a class token, whose attention in the teacher says what is masked, got a transformer without one$/,
    );
    assert.throws(
      () => run({classWeight: 0, patchWeight: 0}),
      /^RangeError: ibot: expected weights ≥ 0, not both 0, got 0 and 0$/,
    );
    assert.throws(() => run({patchWeight: -1}), /^RangeError: ibot: expected weights ≥ 0, not both 0, got 1 and -1$/);
    assert.throws(() => run({prototypes: 1}), /^RangeError: dino: expected prototypes a whole number from 2, got 1$/);
    assert.throws(() => run({momentum: 2}), /^RangeError: dino: expected momentum from 0 to 1, got 2$/);
    assert.throws(() => run({temperature: 0}), /^RangeError: teacherCrossEntropy: expected temperature > 0, got 0$/);
  }));
