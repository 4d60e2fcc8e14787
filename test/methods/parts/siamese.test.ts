// slow: trains

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {valueAndGradients} from '../../../lib/engine/gradients';
import {key, uniform} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {simclr} from '../../../lib/methods/contrastive/simclr';
import {siamese, type SiameseOptions, type SiameseParams} from '../../../lib/methods/parts/siamese';
import {leaves, map} from '../../../lib/engine/params';
import {constant, cosine} from '../../../lib/schedules';
import {sgd} from '../../../lib/training/sgd';
import {close} from '../../close';
import {flat} from '../../flat';
import {dense, findsViews} from '../negativeFree/findsViews';
import {backbone, batch, equalsReference, reference, type Siamese, stepAt, weightsOf} from '../negativeFree/reference';

const simsiamHeads = {projector: {widths: [6, 6, 4]}, predictor: {hidden: [3]}};
const byolHeads = {
  projector: {widths: [6, 4], last: 'nothing'},
  predictor: {hidden: [8], last: 'nothing'},
} satisfies Partial<SiameseOptions>;

const settings: Record<string, Omit<SiameseOptions, 'backbone'>> = {
  simsiam: simsiamHeads,
  withoutStopGradient: {...simsiamHeads, stopGradient: false},
  withoutPredictor: {...simsiamHeads, predictor: false},
  withoutBatchNorm: {
    projector: {widths: [6, 6, 4], batchNorm: false, last: 'bias'},
    predictor: {hidden: [3], batchNorm: false},
  },
  allBatchNorm: {projector: {widths: [6, 6, 4], last: 'batchNorm'}, predictor: {hidden: [3], last: 'batchNorm'}},
  byolWithNegatives: {...byolHeads, teacher: 0.9, negatives: {temperature: 0.3}},
  negatives: {...simsiamHeads, predictor: false, stopGradient: false, negatives: {temperature: 0.5}},
  negativesWithPredictor: {...simsiamHeads, stopGradient: false, negatives: {temperature: 0.5}},
  negativesWithPredictorAndStopGradient: {...simsiamHeads, negatives: {temperature: 0.5}},
  clusters: {...simsiamHeads, predictor: false, clusters: {prototypes: 5}},
  clustersWithPredictor: {...simsiamHeads, clusters: {prototypes: 5}},
  clustersWithoutSinkhorn: {...simsiamHeads, predictor: false, clusters: {prototypes: 5, iterations: 0}},
};
for (const [name, options] of Object.entries(settings))
  test(`${name}: loss and all gradients equal torch's`, () => equalsReference(siamese({backbone, ...options}), name));

test('what stop-gradient takes away is in the gradient without it; the loss is the same', () => {
  const [stopped, flowing] = [reference.cases.simsiam!, reference.cases.withoutStopGradient!];
  close([stopped.loss], [flowing.loss], 1e-7);
  const difference = Object.entries(stopped.gradients).map(
    ([name, values]) =>
      [name.split('.')[0], Math.max(...values.map((v, i) => Math.abs(v - flowing.gradients[name]![i]!)))] as const,
  );
  assert.ok(
    difference.every(([part, by]) => (part === 'predictor' ? by < 1e-6 : by > 1e-3)),
    `${difference.join(' ')}`,
  ); // targets reach the projector alone
});

test('parts that are out are missing', () => {
  const parts = (options: Omit<SiameseOptions, 'backbone'>) => {
    const method = siamese({backbone, ...simsiamHeads, ...options});
    const params = method.init(key(0));
    const state = method.initState?.(params, key(1)) ?? {};
    const {outputs} = method.loss(params, batch(), state, stepAt());
    return [
      ...Object.entries(params)
        .filter(([, part]) => leaves(part).length > 0)
        .map(([name]) => name),
      ...Object.keys(state).map(name => `state.${name}`),
      ...Object.keys(outputs),
    ];
  };
  const always = ['projection', 'prediction'];
  assert.deepEqual(parts({}), ['projector', 'predictor', ...always]);
  assert.deepEqual(parts({predictor: false}), ['projector', ...always]);
  assert.deepEqual(parts({teacher: 0.9}), ['projector', 'predictor', 'state.teacher', ...always, 'teacherDistance']);
  assert.deepEqual(parts({clusters: {prototypes: 3}}), ['projector', 'predictor', 'prototypes', ...always, 'teacher']);
});

test('projections and predictions of both views, the same without a predictor; codes are shares', () => {
  const outputsOf = (options: Omit<SiameseOptions, 'backbone'>) => {
    const method = siamese({backbone, ...simsiamHeads, ...options});
    const {params, state} = weightsOf(method);
    return {
      ...method.loss(params, batch(), state, stepAt()).outputs,
      ofFirst: method.embed(params, state, batch().first, {}).projection!,
    };
  };
  const {projection, prediction, ofFirst} = outputsOf({});
  assert.deepEqual(
    [projection.shape, prediction.shape],
    [
      [12, 4],
      [12, 4],
    ],
  );
  // each view with its own batch statistics
  close(projection.slice([0, 0], [6, 4]).dataSync(), ofFirst.dataSync(), 1e-6);
  assert.ok(projection.sub(prediction).abs().min().dataSync()[0]! > 0);
  const bare = outputsOf({predictor: false, clusters: {prototypes: 5}});
  close(bare.projection.dataSync(), bare.prediction.dataSync(), 0);
  close(bare.teacher!.sum(1).dataSync(), Array(12).fill(1), 1e-5);
});

test('negatives without predictor and stop-gradient are SimCLR, weight for weight', () => {
  const hub = siamese({
    backbone,
    projector: {widths: [4], last: 'bias'},
    predictor: false,
    stopGradient: false,
    negatives: {temperature: 0.3},
  });
  const named = simclr({backbone, projector: [4], temperature: 0.3});
  const [params, theirs] = [hub.init(key(5)), named.init(key(5))];
  leaves(theirs).forEach(([name, tensor], i) => {
    assert.equal(leaves(params)[i]![0], name);
    close(leaves(params)[i]![1].dataSync(), tensor.dataSync(), 0);
  });
  const [a, b] = [
    valueAndGradients(weights => hub.loss(weights, batch(), {}, stepAt()), params),
    valueAndGradients(weights => named.loss(weights, batch(), {}, stepAt()), theirs),
  ];
  close(a.loss.dataSync(), b.loss.dataSync(), 1e-6);
  leaves(b.gradients).forEach(([, gradient], i) =>
    close(leaves(a.gradients)[i]![1].dataSync(), gradient.dataSync(), 1e-6),
  );
});

test('the encoder starts alike whatever the parts', () => {
  const encoder = (options: Omit<SiameseOptions, 'backbone'>) =>
    leaves(siamese({backbone: dense, ...options}).init(key(3)))
      .filter(([name]) => /^(backbone|projector)\./.test(name))
      .flatMap(([, tensor]) => [...tensor.dataSync()]);
  for (const options of [
    {predictor: false},
    {teacher: 0.9},
    {clusters: {prototypes: 7}},
    {negatives: {temperature: 1}},
  ] satisfies Omit<SiameseOptions, 'backbone'>[])
    assert.deepEqual(encoder(options), encoder({}));
});

test("a teacher starts as a copy, 0 behind; at momentum 0 it is the last step's student, at 1 it stays", () => {
  const [follows, stays] = [0, 1].map(teacher => siamese({backbone, ...simsiamHeads, teacher}));
  const {params, state} = weightsOf(follows!);
  const started = follows!.initState!(params, key(0));
  close(follows!.loss(params, batch(), started, stepAt()).outputs.teacherDistance!.dataSync(), [0], 0);
  const {outputs} = follows!.loss(params, batch(), state, stepAt());
  const after = (method: Siamese) => method.afterStep!(params, state, stepAt(), outputs);
  leaves(after(follows!).teacher!).forEach(([, tensor], i) =>
    close(tensor.dataSync(), leaves(started.teacher!)[i]![1].dataSync(), 1e-7),
  );
  leaves(after(stays!).teacher!).forEach(([, tensor], i) =>
    close(tensor.dataSync(), leaves(state.teacher!)[i]![1].dataSync(), 1e-7),
  );

  const alone = siamese({backbone, ...simsiamHeads});
  const [a, b] = [
    valueAndGradients(weights => alone.loss(weights, batch(), {}, stepAt()), params),
    valueAndGradients(weights => follows!.loss(weights, batch(), after(follows!), stepAt()), params),
  ];
  close(a.loss.dataSync(), b.loss.dataSync(), 1e-6);
  leaves(a.gradients).forEach(([, gradient], i) =>
    close(gradient.dataSync(), leaves(b.gradients)[i]![1].dataSync(), 1e-6),
  );
});

test('nothing flows into a teacher, through codes, or into the prototypes that made them', () => {
  const follows = siamese({backbone, ...byolHeads, teacher: 0.9});
  const {params, state} = weightsOf(follows);
  const {gradients} = valueAndGradients(teacher => follows.loss(params, batch(), {teacher}, stepAt()), state.teacher!);
  for (const [, gradient] of leaves(gradients)) close(gradient.dataSync(), Array(gradient.size).fill(0), 0);
  for (const iterations of [0, 3]) {
    const clustered = siamese({backbone, ...simsiamHeads, clusters: {prototypes: 5, iterations}});
    const weights = weightsOf(clustered);
    const code = valueAndGradients(
      network => ({
        loss: clustered.loss(network, batch(), {}, stepAt()).outputs.teacher!.square().sum() as tf.Scalar,
        outputs: {},
      }),
      weights.params,
    );
    for (const [, gradient] of leaves(code.gradients)) close(gradient.dataSync(), Array(gradient.size).fill(0), 0);
  }
});

test("the predictor's rate: steady, scaled, or none, and only the predictor's", () => {
  const moved = (rate: NonNullable<Exclude<SiameseOptions['predictor'], false | undefined>>['rate']) => {
    const method = siamese({backbone, ...simsiamHeads, predictor: {hidden: [3], rate}});
    const {params} = weightsOf(method);
    const {gradients} = valueAndGradients(weights => method.loss(weights, batch(), {}, stepAt()), params);
    const optimizer = sgd({decay: 0.1, momentum: 0});
    const {params: next} = optimizer.update(params, gradients, optimizer.init(params), {
      rate: 0.1,
      peak: 0.5,
      step: stepAt(),
      rule: method.rule,
    });
    const length = (part: 'projector' | 'predictor', tree: SiameseParams) =>
      leaves(map(tree[part], (tensor, name) => tensor.sub(leaves(params[part]).find(([own]) => own === name)![1]))).map(
        ([, tensor]) => tensor.norm().dataSync()[0]!,
      );
    return {projector: length('projector', next), predictor: length('predictor', next)};
  };
  const plain = moved(1);
  for (const [rate, factor] of [
    ['steady', 5],
    [10, 10],
    ['fixed', 0],
  ] as const) {
    const {projector, predictor} = moved(rate);
    close(projector, plain.projector, 1e-6);
    close(
      predictor,
      plain.predictor.map(length => length * factor),
      1e-5,
    );
  }
});

test('prototypes start and stay of length 1', () => {
  const method = siamese({backbone, ...simsiamHeads, clusters: {prototypes: 5}});
  const params = method.init(key(0));
  const lengths = ({prototypes}: SiameseParams) => (prototypes.weight as tf.Tensor2D).norm('euclidean', 1).dataSync();
  close(lengths(params), Array(5).fill(1), 1e-6);
  close(
    lengths(method.constrain!({...params, prototypes: {weight: (params.prototypes.weight as tf.Tensor).mul(3)}})),
    Array(5).fill(1),
    1e-6,
  );
  assert.equal(siamese({backbone}).constrain, undefined);
});

test('nothing is left in memory', async () => {
  for (const options of [
    {},
    {teacher: cosine({from: 0.9, to: 1}), negatives: {temperature: 0.2, among: 'otherView'}},
    {clusters: {prototypes: 5}},
  ] satisfies Omit<SiameseOptions, 'backbone'>[]) {
    const method = siamese({backbone, ...simsiamHeads, ...options});
    const {params, state} = weightsOf(method);
    const [given, step] = [batch(), stepAt(0.5)];
    await flat(() =>
      tf.tidy(() => {
        const {outputs} = method.loss(params, given, state, step);
        method.afterStep?.(params, state, step, outputs);
      }),
    );
  }
});

test('stop-gradient finds the views; without it few directions are left, without BatchNorm none', async () => {
  // directions of the projections, and the BatchNorm at their end
  const told = ({losses: _, ...rest}: Awaited<ReturnType<typeof findsViews>>) => JSON.stringify(rest);
  const sound = await findsViews(siamese({backbone: dense, predictor: {hidden: [64]}}));
  assert.ok(sound.after > 0.6 && sound.before < 0.15 && sound.collapse > 0.9, told(sound));
  const flowing = await findsViews(siamese({backbone: dense, predictor: {hidden: [64]}, stopGradient: false}));
  assert.ok(flowing.after < sound.after - 0.2 && flowing.dimensions < sound.dimensions / 2, told(flowing));
  const bare = await findsViews(
    siamese({backbone: dense, projector: {last: 'nothing'}, predictor: false, stopGradient: false}),
  );
  assert.ok(bare.collapse < 0.5, told(bare));
});

test('without a predictor stop-gradient only halves the gradient: both views are targets alike', () => {
  const [stopped, flowing] = [true, false].map(stopGradient => {
    const method = siamese({backbone, ...simsiamHeads, predictor: false, stopGradient});
    return leaves(
      valueAndGradients(params => method.loss(params, batch(), {}, stepAt()), weightsOf(method).params).gradients,
    );
  });
  stopped!.forEach(([, gradient], i) => close(gradient.mul(2).dataSync(), flowing![i]![1].dataSync(), 1e-6));
});

test('clusters find the views', async () => {
  const {after, before} = await findsViews(siamese({backbone: dense, predictor: false, clusters: {prototypes: 32}}));
  assert.ok(after > 0.6 && before < 0.15, `${before} to ${after}`);
});

test('combinations and numbers that make no sense are refused in one line each', () => {
  const refused = (options: Omit<SiameseOptions, 'backbone'>, message: RegExp) =>
    assert.throws(() => siamese({backbone, ...options}), message);
  refused(
    {negatives: {temperature: 0.5}, clusters: {prototypes: 5}},
    /^RangeError: siamese: expected negatives or clusters, got both: each is a loss of its own$/,
  );
  refused(
    {teacher: 0.9, stopGradient: false},
    /^RangeError: siamese: expected stopGradient with a teacher, got none: a teacher is never trained by gradients$/,
  );
  refused(
    {clusters: {prototypes: 5}, stopGradient: false},
    /^RangeError: siamese: expected stopGradient with clusters, got none: Sinkhorn-Knopp has no gradient$/,
  );
  refused({teacher: 1.5}, /^RangeError: siamese: expected a teacher's momentum from 0 to 1, got 1.5$/);
  refused({teacher: -0.1}, /^RangeError: siamese: expected a teacher's momentum from 0 to 1, got -0.1$/);
  refused(
    {teacher: constant(2)},
    /^RangeError: siamese: expected a teacher's momentum from 0 to 1, got a schedule up to 2$/,
  );
  refused({negatives: {temperature: 0}}, /^RangeError: siamese: expected temperature > 0, got 0$/);
  refused({clusters: {prototypes: 1}}, /^RangeError: siamese: expected prototypes a whole number from 2, got 1$/);
  refused(
    {clusters: {prototypes: 5, iterations: -1}},
    /^RangeError: siamese: expected epsilon > 0 and a whole number of iterations from 0, got 0.05 and -1$/,
  );
  refused(
    {predictor: {rate: 'frozen' as 'fixed'}},
    /^RangeError: siamese: expected the predictor's rate 'steady', 'fixed' or a factor ≥ 0, got 'frozen'$/,
  );
  const method = siamese({backbone, ...simsiamHeads});
  const one = uniform(key(0), [1, 2, 2, 3]);
  assert.throws(
    () => method.loss(method.init(key(0)), {first: one, second: one, index: tf.tensor1d([0], 'int32')}, {}, stepAt()),
    /^RangeError: batchNorm: expected more than one value a channel/,
  );
});
