// Methods whose parts against collapse are taken out, and the same methods whole: each illness is
// named, and nothing is said of the sound ones.
// slow: trains

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {illness} from '../../lib/studies/methods/illness';
import type {MethodSettings} from '../../lib/methods/catalogue';
import {methodTask} from '../../lib/study/methodTask';
import {trainingDefaults, type TrainingSettings} from '../../lib/study/trainingSettings';
import {train} from '../../lib/training/train';
import {openTraining} from '../../lib/training/training';
import type {Course} from '../../lib/training/trainRun';
import {blocks} from './blocks';

/** 96 steps. */
const settings: TrainingSettings = {
  ...trainingDefaults,
  epochs: 12,
  batch: 32,
  views: {strength: 0.25, blur: 0, smallestArea: 0.6},
};
const dinoOptimizer = {name: 'adamW', rate: 1e-3, decay: 0.04, clip: 3} as const;

/** What is said after a training of so many squares an image, by the means over its last epoch. */
async function said(method: MethodSettings, across: 2 | 4 | 8): Promise<string> {
  const dataset = blocks(across);
  const chosen = {...settings, ...(method.method === 'dino' && {optimizer: dinoOptimizer})};
  const {task} = methodTask({dataset, method, seed: 1, ...chosen});
  const training = openTraining(task);
  const images = dataset.splits.pretrain.length;
  const last: Course = [];
  try {
    for await (const {epoch, loss, metrics} of train(task, training))
      if (epoch === settings.epochs - 1) last.push({loss, ...metrics});
  } finally {
    training.dispose();
    task.source.dispose();
  }
  const mean = Object.fromEntries(
    Object.keys(last[0]!).map(name => [name, last.reduce((sum, numbers) => sum + numbers[name]! / last.length, 0)]),
  ) as Course[number];
  return illness({course: Array.from({length: settings.epochs}, () => mean), settings: {...chosen, method}}, {images});
}

const widths = [64, 32];
const clusters = {prototypes: 64};
const dino = {hidden: 128, bottleneck: 32, prototypes: 64, momentum: 0.95} as const;
const runs: [name: string, across: 2 | 4 | 8, method: MethodSettings, said: RegExp][] = [
  ['SimSiam', 8, {method: 'simsiam', options: {projector: [64, 64]}}, /^$/],
  [
    'SimSiam without stop-gradient',
    8,
    {method: 'siamese', options: {projector: {widths: [64, 64]}, stopGradient: false}},
    /^Collapse: all projections lie on one line/,
  ],
  ['BYOL', 4, {method: 'byol', options: {projector: widths, predictor: [64], momentum: 0.95}}, /^$/],
  [
    'BYOL without predictor and moving average',
    4,
    {method: 'siamese', options: {projector: {widths, last: 'nothing'}, predictor: false}},
    /^Collapse: all projections are nearly alike/,
  ],
  ['Barlow Twins', 4, {method: 'barlowTwins', options: {projector: [64, 64]}}, /^$/],
  [
    'Barlow Twins with λ = 0',
    4,
    {method: 'barlowTwins', options: {projector: [64, 64], redundancy: 0}},
    /^Dimensional collapse/,
  ],
  [
    'SwAV as a siamese network',
    2,
    {method: 'siamese', options: {projector: {widths}, predictor: false, clusters}},
    /^$/,
  ],
  [
    'SwAV without Sinkhorn-Knopp',
    2,
    {method: 'siamese', options: {projector: {widths}, predictor: false, clusters: {...clusters, iterations: 0}}},
    /^One prototype takes all images, or very few do.* Sinkhorn-Knopp/,
  ],
  ['DINO', 2, {method: 'dino', options: dino}, /^$/],
  [
    'DINO without centering',
    2,
    {method: 'dino', options: {...dino, centering: false}},
    /^One prototype takes all images.* centering/,
  ],
  [
    'DINO without sharpening',
    2,
    {method: 'dino', options: {...dino, sharpening: false}},
    /^The teacher says the same of all prototypes.* sharpening/,
  ],
];

for (const [name, across, method, expected] of runs) {
  test(`${name}: ${expected.source === '^$' ? 'nothing is said' : 'the illness is named'}`, async () =>
    assert.match(await said(method, across), expected));
}
