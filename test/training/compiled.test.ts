// A compiled training gives the numbers of the same training run eagerly: views, loss, gradients,
// BatchNorm, optimizer and schedule in one graph.
// slow: trains

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {health} from '../../lib/analysis/health';
import {smallConv} from '../../lib/backbones/smallConv';
import {key, normal} from '../../lib/engine/random';
import {instanceDiscrimination} from '../../lib/methods/contrastive/instanceDiscrimination';
import {moco} from '../../lib/methods/contrastive/moco';
import {mocoV3} from '../../lib/methods/contrastive/mocoV3';
import {simclr} from '../../lib/methods/contrastive/simclr';
import {linearTeacher, simclrDistillation} from '../../lib/methods/distillation/simclrDistillation';
import {byol} from '../../lib/methods/negativeFree/byol';
import {simsiam} from '../../lib/methods/negativeFree/simsiam';
import {siamese} from '../../lib/methods/parts/siamese';
import type {Params} from '../../lib/module';
import {leaves} from '../../lib/engine/params';
import {adamW} from '../../lib/training/adamW';
import {lars} from '../../lib/training/lars';
import type {Optimizer} from '../../lib/training/optimizer';
import {constant, warmupCosine} from '../../lib/schedules';
import {sgd} from '../../lib/training/sgd';
import {train} from '../../lib/training/train';
import {disposeState, initialState, openTraining} from '../../lib/training/training';
import type {Recipe} from '../../lib/views/recipe';
import {byolViews} from '../../lib/views/recipes/byol';
import {mocoV2Views} from '../../lib/views/recipes/mocoV2';
import {simclrViews} from '../../lib/views/recipes/simclr';
import {oneView} from '../../lib/views/sources/oneView';
import {twoViews} from '../../lib/views/sources/twoViews';
import {close} from '../close';
import {tinyDataset} from '../study/tinyDataset';

const dataset = tinyDataset(16);
const looks = {size: 16, mean: dataset.mean, standardDeviation: dataset.standardDeviation};
const tiny = simclr({backbone: smallConv({width: 16}), projector: [16, 8], temperature: 0.2});

const taskOf = ({recipe = simclrViews(looks), optimizer = sgd(), schedule = constant(0.01), method = tiny} = {}) => ({
  method,
  source: twoViews({dataset, recipe}),
  optimizer,
  schedule,
  epochs: 20,
  batch: 16,
  seed: 4,
  watch: health,
});

/** Losses and metrics of some steps, and the parameters before and after. */
async function trained(task: ReturnType<typeof taskOf>, steps: number, eager: boolean) {
  const training = openTraining(task, {eager});
  const numbers: number[][] = [];
  for await (const {loss, learningRate, metrics} of train(task, training))
    if (numbers.push([loss, learningRate, ...Object.values(metrics)]) === steps) break;
  const state = training.read();
  const params = leaves(state.params).flatMap(([, tensor]) => [...tensor.dataSync()]);
  disposeState(state);
  training.dispose();
  task.source.dispose();
  return {numbers, params};
}

for (const [name, recipe] of Object.entries({
  simclr: simclrViews(looks),
  mocoV2: mocoV2Views(looks),
  byol: byolViews(looks),
} satisfies Record<string, Recipe>)) {
  test(`views of ${name}: loss, health and parameters under SGD, at step 1 and over 10 steps`, async () => {
    const [graph, eager] = [await trained(taskOf({recipe}), 10, false), await trained(taskOf({recipe}), 10, true)];
    close(graph.numbers[0]!, eager.numbers[0]!, 1e-5);
    for (const [i, numbers] of graph.numbers.entries()) close(numbers.slice(0, 1), eager.numbers[i]!.slice(0, 1), 1e-4);
    close(graph.params, eager.params, 1e-3);
  });
}

for (const [name, optimizer] of Object.entries({
  adamW: adamW(),
  lars: lars({trust: 0.02}),
  'lars of gradients': lars({trust: 0.02, momentumOf: 'gradients'}),
  nesterov: sgd({nesterov: true, decay: 1e-3}),
} satisfies Record<string, Optimizer>)) {
  test(`${name} with warm-up and a rule of the method`, async () => {
    const method: typeof tiny = {
      ...tiny,
      rule: leaf => {
        if (leaf.endsWith('bias')) return {decay: 0, adapt: false};
        return leaf.startsWith('projector') ? {rate: 0.5} : {};
      },
    };
    const changes = () => ({optimizer, schedule: warmupCosine({peak: 0.01, warmup: 0.2}), method});
    const [graph, eager] = [await trained(taskOf(changes()), 10, false), await trained(taskOf(changes()), 10, true)];
    close(graph.numbers[0]!, eager.numbers[0]!, 1e-5);
    for (const [i, [loss]] of graph.numbers.entries()) close([loss!], [eager.numbers[i]![0]!], 1e-4);
  });
}

for (const [name, {method, source}] of Object.entries({
  moco: {
    method: moco({
      backbone: smallConv({width: 16}),
      projector: [16, 8],
      queue: 48,
      momentum: 0.9,
      groups: 2,
      temperature: {schedule: 'cosine', from: 0.5, to: 0.1, periods: 0.5},
    }),
    source: () => twoViews({dataset, recipe: simclrViews(looks)}),
  },
  instanceDiscrimination: {
    method: instanceDiscrimination({
      backbone: smallConv({width: 16}),
      size: dataset.splits.pretrain.length,
      projector: [8],
      temperature: {schedule: 'learned', start: 0.2},
    }),
    source: () => oneView({dataset, recipe: simclrViews(looks)}),
  },
})) {
  test(`${name}: queue, bank and key encoder, drawn orders, a temperature that moves`, async () => {
    const task = () => ({...taskOf(), method, source: source()}) as unknown as ReturnType<typeof taskOf>;
    const [graph, eager] = [await trained(task(), 10, false), await trained(task(), 10, true)];
    close(graph.numbers[0]!, eager.numbers[0]!, 1e-5);
    for (const [i, numbers] of graph.numbers.entries()) close(numbers.slice(0, 1), eager.numbers[i]!.slice(0, 1), 1e-4);
    close(graph.params, eager.params, 1e-3);
  });
}

const backbone = smallConv({width: 16});
for (const [name, method] of Object.entries({
  simsiam: simsiam({backbone}),
  byol: byol({backbone, projector: [32, 16]}),
  mocoV3: mocoV3({backbone, width: 16}),
  clusters: siamese({backbone, predictor: {rate: 'fixed'}, clusters: {prototypes: 8}}),
})) {
  test(`${name}: predictors, teachers by a schedule, prototypes, under a warm-up that a steady rate leaves out`, async () => {
    // at a rate ten times as high MoCo v3's training is chaotic: weights that differ by 3e-7 give
    // losses that differ by 3e-3 after 20 steps, eager or not
    const task = () =>
      ({
        ...taskOf({recipe: byolViews(looks), schedule: warmupCosine({peak: 0.001, warmup: 0.2})}),
        method,
      }) as unknown as ReturnType<typeof taskOf>;
    const [graph, eager] = [await trained(task(), 10, false), await trained(task(), 10, true)];
    close(graph.numbers[0]!, eager.numbers[0]!, 1e-5);
    for (const [i, numbers] of graph.numbers.entries()) close(numbers.slice(0, 1), eager.numbers[i]!.slice(0, 1), 1e-4);
    close(graph.params, eager.params, 1e-3);
  });
}

test('simclrDistillation: a teacher in the state, with BatchNorm statistics of its own', async () => {
  const encoder = smallConv({width: 16});
  const params = encoder.init(key(1));
  const statistics = Object.fromEntries(
    Object.entries(params)
      .filter(([name]) => name.startsWith('bn'))
      .map(([name, part]) => [name, {running_mean: (part as Params).bias!, running_var: (part as Params).weight!}]),
  ); // 0 and 1
  const classifier = {weight: normal(key(2), [4, 16]), bias: normal(key(3), [4])};
  const method = simclrDistillation({
    backbone: smallConv({width: 16}),
    classes: 4,
    teacher: linearTeacher({backbone: encoder, params, statistics, classifier}),
  });
  const task = () =>
    ({
      ...taskOf(),
      watch: undefined,
      method,
      source: oneView({dataset, recipe: simclrViews(looks)}),
    }) as unknown as ReturnType<typeof taskOf>;
  const [graph, eager] = [await trained(task(), 10, false), await trained(task(), 10, true)];
  close(graph.numbers[0]!, eager.numbers[0]!, 1e-5);
  for (const [i, [loss]] of graph.numbers.entries()) close([loss!], [eager.numbers[i]![0]!], 1e-4);
  close(graph.params, eager.params, 1e-3);
});

test('gradients at step 1 are equal to 1e-5 of their norm', async () => {
  const gradient = async (eager: boolean) => {
    const task = taskOf({optimizer: sgd({momentum: 0}), schedule: constant(1)});
    const start = initialState(task);
    const before = leaves(start.params).flatMap(([, tensor]) => [...tensor.dataSync()]);
    disposeState(start);
    const {params} = await trained(task, 1, eager);
    return before.map((value, i) => value - params[i]!);
  };
  const [graph, eager] = [await gradient(false), await gradient(true)];
  const norm = (values: number[]) => Math.hypot(...values);
  assert.ok(
    norm(graph.map((value, i) => value - eager[i]!)) <= 1e-5 * norm(eager),
    `${norm(graph.map((value, i) => value - eager[i]!))} of ${norm(eager)}`,
  );
});
