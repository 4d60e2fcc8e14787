// slow: trains

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {smallConv} from '../../../lib/backbones/smallConv';
import {valueAndGradients} from '../../../lib/engine/gradients';
import {fold, key, normal} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {couplingFlow} from '../../../lib/layers/couplingFlow';
import {cmc} from '../../../lib/methods/contrastive/cmc';
import {
  flowViews,
  learnedViews,
  type LearnedViewsBatch,
  type LearnedViewsParams,
} from '../../../lib/methods/contrastive/learnedViews';
import type {Params, Source} from '../../../lib/module';
import {leaves, map} from '../../../lib/engine/params';
import {constant} from '../../../lib/schedules';
import {adamW} from '../../../lib/training/adamW';
import {train} from '../../../lib/training/train';
import {openTraining} from '../../../lib/training/training';
import {labeledView} from '../../../lib/views/sources/labeledView';
import {oneView} from '../../../lib/views/sources/oneView';
import {close} from '../../close';
import {flat} from '../../flat';
import {dataset, recipe, sameCompiled} from '../sameCompiled';
import {step} from '../step';

const backbone = (channels: number) => smallConv({width: 16, channels});
const flow = {hidden: 4, couplings: 2};
const images = () => normal(key(3), [8, 8, 8, 3]) as tf.Tensor4D;
const label = () => tf.tensor1d([0, 1, 2, 0, 1, 2, 0, 1], 'int32');
const moved = <P extends Params>(params: P): P =>
  map(params, (tensor, name) =>
    name.startsWith('flow.') ? tensor.add(normal(fold(key(5), name), tensor.shape).mul(0.5)) : tensor.clone(),
  ) as P;

test("the encoders learn what CMC's learn on these views, and the flow the opposite", () => {
  const method = learnedViews({backbone, projector: [8], flow, temperature: 0.3});
  const params = moved(method.init(key(0)));
  const own = couplingFlow(flow);
  const {loss, gradients, outputs} = valueAndGradients(
    weights => method.loss(weights, {view: images()}, {}, step()),
    params,
  );
  const fixed = valueAndGradients(
    (weights: LearnedViewsParams) =>
      cmc({views: flowViews(own, weights.flow), backbone, projector: [8], temperature: 0.3}).loss(
        weights,
        {view: images(), index: label()},
        {},
        step(),
      ),
    params,
  );
  close(loss.dataSync(), fixed.loss.dataSync(), 1e-5);
  close(outputs.information.dataSync(), [Math.log(8) - loss.dataSync()[0]!], 1e-5);
  const expected = new Map(leaves(fixed.gradients));
  let largest = 0;
  for (const [name, gradient] of leaves(gradients)) {
    close(
      gradient.dataSync(),
      expected
        .get(name)!
        .mul(name.startsWith('flow.') ? -1 : 1)
        .dataSync(),
      1e-4,
    );
    if (name.startsWith('flow.')) largest = Math.max(largest, gradient.abs().max().dataSync()[0]!);
  }
  assert.ok(largest > 1e-3, 'expected the flow to learn, got no gradient');
});

test("with labels: InfoNCE and both views' cross-entropies, and no gradient of a class is turned round", () => {
  const method = learnedViews({backbone, projector: [8], flow, classes: 3});
  const params = moved(method.init(key(0)));
  const batch = {view: images(), label: label()};
  const {loss, outputs} = method.loss(params, batch, {}, step());
  close(
    loss.dataSync(),
    [Math.log(8) - outputs.information.dataSync()[0]! + 2 * outputs.classification!.dataSync()[0]!],
    1e-5,
  );
  const flowGradient = (of: (params: LearnedViewsParams) => tf.Scalar) =>
    leaves(
      valueAndGradients((weights: LearnedViewsParams) => ({loss: of(weights), outputs: {}}), params).gradients,
    ).filter(([name]) => name.startsWith('flow.'));
  const parts = [
    (weights: LearnedViewsParams) => method.loss(weights, batch, {}, step()).loss,
    (weights: LearnedViewsParams) => method.loss(weights, batch, {}, step()).outputs.information,
    (weights: LearnedViewsParams) => method.loss(weights, batch, {}, step()).outputs.classification!,
  ] as const;
  const [whole, information, classification] = parts.map(part => flowGradient(part));
  whole!.forEach(([, gradient], i) =>
    close(gradient.dataSync(), classification![i]![1].mul(2).sub(information![i]![1]).dataSync(), 1e-4),
  );
});

for (const classes of [undefined, 4]) {
  const name = classes ? 'with labels' : 'without labels';
  const source = () =>
    (classes
      ? labeledView({dataset, recipe, split: 'pretrain'})
      : oneView({dataset, recipe})) as Source<LearnedViewsBatch>;
  const method = () => learnedViews({backbone, projector: [8], flow, classes});

  test(`${name}: compiled equals eager`, () => sameCompiled(method(), {source}));

  test(`${name}: a training goes its way, and nothing is left in memory`, async () => {
    const task = {
      method: method(),
      source: source(),
      optimizer: adamW(),
      schedule: constant(3e-3),
      epochs: 6,
      batch: 32,
      seed: 0,
      watch: ({information, classification}: {information: tf.Scalar; classification?: tf.Scalar}) => ({
        information,
        ...(classification && {classification}),
      }),
    };
    await flat(async () => {
      const training = openTraining(task);
      const seen: Record<string, number>[] = [];
      for await (const {metrics} of train(task, training)) seen.push(metrics);
      training.dispose();
      assert.ok(seen.every(({information}) => information! <= Math.log(32) + 1e-4));
      if (classes)
        assert.ok(
          seen.at(-1)!.classification! < seen[0]!.classification! - 0.3,
          `expected classes to be learned, got ${seen[0]!.classification} and ${seen.at(-1)!.classification} nats`,
        );
    });
    task.source.dispose();
  });
}

test('a temperature of 0, one class and a batch without labels are refused', () => {
  assert.throws(
    () => learnedViews({backbone, temperature: 0}),
    /^RangeError: learnedViews: expected temperature > 0, got 0/,
  );
  assert.throws(() => learnedViews({backbone, flowRate: 0}), /^RangeError: learnedViews: expected flowRate > 0, got 0/);
  assert.throws(
    () => learnedViews({backbone, classes: 1}),
    /^RangeError: learnedViews: expected at least 2 classes, got 1/,
  );
  const method = learnedViews({backbone, projector: [8], classes: 3});
  assert.throws(
    () => method.loss(method.init(key(0)), {view: images()}, {}, step()),
    /^RangeError: learnedViews: expected a batch with labels, got none/,
  );
});
