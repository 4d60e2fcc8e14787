// slow: trains

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {byol} from '../../../lib/methods/negativeFree/byol';
import {siamese} from '../../../lib/methods/parts/siamese';
import {leaves} from '../../../lib/engine/params';
import {cosine} from '../../../lib/schedules';
import {close} from '../../close';
import {flatten} from '../contrastive/flatten';
import {dense, findsViews} from './findsViews';
import {backbone, batch, equalsReference, stepAt, weightsOf} from './reference';

test("loss, all gradients and the target's distance equal torch's", () =>
  equalsReference(byol({backbone, projector: [6, 4], predictor: [8]}), 'byol'));

test("heads of ResNet-50 have the paper's sizes", () => {
  const params = byol({backbone: flatten(2048)}).init(key(0));
  assert.deepEqual(
    leaves(params).map(([name, {shape}]) => `${name} ${shape}`),
    [
      'predictor.bn1.bias 4096',
      'predictor.bn1.weight 4096',
      'predictor.linear1.weight 4096,256',
      'predictor.linear2.weight 256,4096',
      'projector.bn1.bias 4096',
      'projector.bn1.weight 4096',
      'projector.linear1.weight 4096,2048',
      'projector.linear2.weight 256,4096',
    ],
  );
});

test('it is the hub with a teacher: 4 · (1 + its loss)', () => {
  const named = byol({backbone, projector: [6, 4], predictor: [8], momentum: 0.9});
  const hub = siamese({
    backbone,
    projector: {widths: [6, 4], last: 'nothing'},
    predictor: {hidden: [8], last: 'nothing', rate: 1},
    teacher: 0.9,
  });
  const {params, state} = weightsOf(named);
  close(
    named.loss(params, batch(), state, stepAt()).loss.dataSync(),
    [4 * (1 + hub.loss(params, batch(), state, stepAt()).loss.dataSync()[0]!)],
    1e-6,
  );
  assert.deepEqual(named.rule!('predictor.linear1.weight', stepAt(), tf.ones([2, 2])), {rate: 1});
});

for (const [base, momentum] of [
  [0.996, undefined],
  [0.99, cosine({from: 0.99, to: 1})],
] as const) {
  test(`the target moves by 1 − (1 − ${base})(cos πt + 1)/2 at t = 0, ½, 1`, () => {
    const method = byol({backbone, projector: [6, 4], predictor: [8], momentum});
    const {params, state} = weightsOf(method);
    const {outputs} = method.loss(params, batch(), state, stepAt());
    for (const t of [0, 0.5, 1]) {
      const τ = 1 - ((1 - base) * (Math.cos(Math.PI * t) + 1)) / 2;
      const after = leaves(method.afterStep!(params, state, stepAt(t), outputs).teacher!);
      const online = new Map(leaves(params));
      assert.ok(after.length > 0);
      for (const [i, [name, tensor]] of leaves(state.teacher!).entries()) {
        const [before, target, now] = [tensor.dataSync(), online.get(name)!.dataSync(), after[i]![1].dataSync()];
        close(
          now.map((value, j) => (value - before[j]!) * 100),
          before.map((value, j) => (1 - τ) * (target[j]! - value) * 100),
          1e-4,
        ); // the step itself, not the weight
      }
    }
  });
}

test('a momentum out of range is refused', () => {
  for (const momentum of [-0.1, 1.01])
    assert.throws(
      () => byol({backbone, momentum}),
      new RegExp(`^RangeError: siamese: expected a teacher's momentum from 0 to 1, got ${momentum}$`),
    );
});

test('learns to find the other view', async () => {
  const {before, after} = await findsViews(byol({backbone: dense, momentum: cosine({from: 0.9, to: 1})}));
  assert.ok(before < 0.15 && after > 0.6, `${before} to ${after}`);
});
