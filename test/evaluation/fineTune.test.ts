// slow: trains

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import {smallConv} from '../../lib/backbones/smallConv';
import {key} from '../../lib/engine/random';
import type {tf} from '../../lib/engine/tf';
import {embedSplits} from '../../lib/evaluation/evaluateEncoder';
import {fineTune, fineTuneProtocol, type FineTuned, type FineTuneOptions} from '../../lib/evaluation/fineTune';
import {linearProbe} from '../../lib/evaluation/linearProbe';
import {encoderOf} from '../../lib/embedding/encoderOf';
import {openRun} from '../../lib/training/run';
import {cropFlipViews} from '../../lib/views/recipes/cropFlip';
import {close} from '../close';
import {flat} from '../flat';
import {tinyDataset} from '../study/tinyDataset';
import {stripes} from './stripes';

const backbone = smallConv({width: 16});
const start = backbone.init(key(3));
const tiny = tinyDataset(16);
/** More to train on: several steps an epoch. */
const dataset = {...tiny, splits: {...tiny.splits, train: Int32Array.from({length: 100}, (_, i) => i)}};
const few: FineTuneOptions = {backbone, start, dataset, seed: 7, epochs: 3, batch: 24, rate: 3e-3, evaluations: 3};

/** All but the minutes, and the losses, which are compared by value. */
const numbers = ({measured, chosen, last, protocol}: FineTuned) => ({measured, chosen, last, protocol});
const losses = ({course}: FineTuned) => course.map(({loss}) => loss);

let first: Promise<FineTuned> | undefined;
/** What `few` gives, trained once. */
const whole = () => (first ??= flat(() => fineTune(few)));

test('reads what a linear probe of the same start cannot', async () => {
  const hard = stripes();
  const {encoder, dispose: release} = await encoderOf(
    {embed: (params, _state, images, mode) => ({embedding: backbone.apply(params.backbone, images, mode)})},
    {read: () => ({params: {backbone: backbone.init(key(3))}, state: {}})},
    hard,
  );
  const splits = await embedSplits(encoder, hard);
  const labeled = ({embedding, labels}: {embedding: tf.Tensor2D; labels: Int32Array}) => ({
    features: embedding,
    labels,
  });
  const probe = await linearProbe(labeled(splits.train), labeled(splits.validation), labeled(splits.test));
  release();
  const recipe = cropFlipViews({size: 16, mean: hard.mean, standardDeviation: hard.standardDeviation, area: [0.8, 1]});
  const {last, chosen} = await fineTune({
    backbone,
    start,
    dataset: hard,
    seed: 1,
    epochs: 16,
    batch: 32,
    rate: 1e-2,
    recipe,
    evaluations: 2,
  });
  assert.ok(probe.accuracy < 0.8, `the linear probe reads ${probe.accuracy}`);
  for (const {accuracy} of [last, chosen])
    assert.ok(
      accuracy > 0.95 && accuracy > probe.accuracy + 0.2,
      `${accuracy} after fine-tuning, ${probe.accuracy} before`,
    );
});

test('test labels are only measured on; the same seed gives the same numbers; no tensor is left', async () => {
  // another seed gives others
  const original = await whole();
  const labels = dataset.labels.slice();
  for (const index of dataset.splits.test) labels[index] = (labels[index]! + 1) % 4;
  const other = await fineTune({...few, dataset: {...dataset, labels}});
  assert.deepEqual(
    other.measured.map(({accuracy: _, ...rest}) => rest),
    original.measured.map(({accuracy: _, ...rest}) => rest),
  );
  close(losses(other), losses(original), 1e-6);
  assert.equal(other.chosen.epoch, original.chosen.epoch);
  assert.notEqual(other.last.accuracy, original.last.accuracy);
  const right = [...original.last.predictions].filter(
    (prediction, i) => prediction === dataset.labels[dataset.splits.test[i]!],
  ).length;
  assert.equal(original.last.accuracy, right / dataset.splits.test.length);
  assert.notDeepEqual(losses(await fineTune({...few, seed: 8})), losses(original));
});

test('chosen is the first of the epochs best on validation, last the last; both come with their protocol', async () => {
  const {measured, chosen, last, protocol, course} = await fineTune({...few, mixup: 0.8, cutmix: 1, smoothing: 0});
  assert.deepEqual(
    measured.map(({epoch}) => epoch),
    [1, 2, 3],
  );
  assert.equal(last, measured[2]);
  assert.equal(
    chosen,
    measured.find(
      ({validationAccuracy}) =>
        validationAccuracy === Math.max(...measured.map(({validationAccuracy: other}) => other)),
    ),
  );
  assert.equal(course.length, 3);
  assert.equal(
    protocol,
    'fine-tune: 3 epochs of batches of 24, AdamW, rate 0.003, decay 0.05, warm-up 0.05 and cosine, mixup ' +
      '0.8, cutmix 1; best of 3 epochs by validation; 100 training, 40 validation, 40 test images',
  );
  assert.equal(
    fineTuneProtocol({layerDecay: {decay: 0.65, layers: 5, layerOf: () => 0}}),
    'fine-tune: 20 epochs of batches of 64, AdamW, rate 0.001, decay 0.05, warm-up 0.05 and cosine, ' +
      'layer decay 0.65, label smoothing 0.1',
  );
});

test('layers of a small rate stay near their start', async () => {
  const still = await fineTune({...few, evaluations: 1, layerDecay: {decay: 1e-9, layers: 1, layerOf: () => 0}});
  const [[stays], [learns]] = [losses(still).slice(-1), losses(await whole()).slice(-1)];
  assert.ok(stays! > learns! + 0.005, `loss of ${stays} with a backbone that stays, ${learns} with one that learns`);
});

test('goes on after an interruption as if there had been none', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'fineTune-'));
  const options = {seed: 7};
  try {
    const ended = new AbortController();
    const interrupted = await openRun(folder, options, {});
    const onEvent = ({step}: {step: number}) => {
      if (step === 6) ended.abort(new Error('enough'));
    };
    await flat(() => assert.rejects(fineTune({...few, run: interrupted, onEvent, signal: ended.signal}), /enough/));
    interrupted.close();
    const continued = await openRun(folder, options, {});
    const steps: number[] = [];
    const again = await fineTune({...few, run: continued, onEvent: ({step}) => steps.push(step)});
    continued.close();
    assert.equal(steps[0], 5, 'from the checkpoint after the first epoch');
    assert.deepEqual(numbers(again), numbers(await whole()));
    close(losses(again), losses(await whole()), 1e-6);
  } finally {
    fs.rmSync(folder, {recursive: true});
  }
});

test('what cannot be fine-tuned is refused in one line, before anything is trained', async () => {
  const refused = (changes: Partial<FineTuneOptions>, message: RegExp) =>
    flat(() => assert.rejects(fineTune({...few, ...changes, onEvent: () => assert.fail('it trained')}), message));
  const splits = (changes: Partial<typeof dataset.splits>) => ({
    dataset: {...dataset, splits: {...dataset.splits, ...changes}},
  });
  await refused(
    splits({test: new Int32Array()}),
    /^RangeError: fineTune: expected images in the split 'test' of tiny, got none$/,
  );
  await refused(
    {dataset: {...dataset, classes: ['red']}},
    /^RangeError: fineTune: expected at least 2 classes, tiny has 1$/,
  );
  await refused(
    splits({train: dataset.splits.train.filter(index => dataset.labels[index] !== 2)}),
    /^RangeError: fineTune: expected at least 2 training images of every class of tiny, got 0 of 'blue'/,
  );
  await refused(
    {start: smallConv({width: 20}).init(key(0))},
    /^RangeError: fineTuning: expected bn1.bias of shape \[4\], got \[5\]/,
  );
  await refused({batch: 200}, /^RangeError: train: expected at least one batch of 200 samples, the source has 100/);
  await refused(
    {batch: 25, mixup: 1},
    /^RangeError: mixedView: expected batches of an even number of images, .* got 25$/,
  );
  await refused({mixup: -1}, /^RangeError: mixedView: expected α of mixup from 0, got -1$/);
  await refused({smoothing: 1}, /^RangeError: supervised: expected label smoothing from 0 to below 1, got 1$/);
  await refused({evaluations: 0}, /^RangeError: fineTune: expected evaluations a whole number from 1, got 0$/);
  await refused({epochs: 0}, /^RangeError: train: expected epochs a whole number from 1, got 0$/);
  await refused({rate: 0}, /^RangeError: warmupCosine: expected peak > 0 and end ≥ 0, got 0 and 0$/);
  await refused(
    {layerDecay: {decay: 2, layers: 1, layerOf: () => 0}},
    /^RangeError: layerDecay: expected a decay above 0 and at most 1, got 2$/,
  );
});
