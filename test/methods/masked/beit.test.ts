// slow: trains

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {vit} from '../../../lib/backbones/vit';
import {valueAndGradients} from '../../../lib/engine/gradients';
import {key, uniform} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {masksOf} from '../../../lib/masks/masks';
import {beit, type BeitOutputs} from '../../../lib/methods/masked/beit';
import {tokenizer, type TokenizerOptions} from '../../../lib/methods/masked/tokenizer';
import {constant} from '../../../lib/schedules';
import {adamW} from '../../../lib/training/adamW';
import {train} from '../../../lib/training/train';
import {openTraining} from '../../../lib/training/training';
import {maskedView} from '../../../lib/views/sources/maskedView';
import {close} from '../../close';
import {flat} from '../../flat';
import {hashed} from '../../reference/hashed';
import reference from '../../reference/maskedTeachers.json';
import {continuesExactly} from '../continues';
import {dataset, recipe, sameCompiled} from '../sameCompiled';
import {step} from '../step';
import {evenMask} from './evenMask';
import {backbone, cropsOf, filled, masked, n, noGradient, sameGradients} from './weights';

const centers = () => tf.tensor2d(hashed('centres', [20, 48], 2), [20, 48]);
const small = () => beit({backbone, tokenizer: tokenizer({patch: 4, vocabulary: 20})});
const batch = () => ({
  view: cropsOf(0).global[0]!,
  masks: masksOf(masked().slice(0, n)),
  index: tf.range(0, n, 1, 'int32'),
});
const state = () => ({tokenizer: {centers: centers()}});

test("tokens, loss and gradients equal torch's", () =>
  tf.tidy(() => {
    const method = small();
    const {loss, outputs, gradients} = valueAndGradients(
      params => method.loss(params, batch(), state(), step()),
      filled(method.init(key(0)), 'student'),
    );
    assert.deepEqual([...outputs.tokens.dataSync()], reference.beit.tokens);
    close(loss.dataSync(), [reference.beit.loss], 1e-4);
    close(outputs.accuracy.dataSync(), [reference.beit.accuracy], 1e-6);
    sameGradients(gradients, reference.beit.gradients);
  }));

test('only masked patches count, and all of them alike; tokens that are known give accuracy 1', () =>
  tf.tidy(() => {
    const method = small();
    const params = filled(method.init(key(0)), 'student');
    const {
      loss,
      outputs: {logits, tokens},
    } = method.loss(params, batch(), state(), step());
    const [log, own, hidden] = [logits.logSoftmax().arraySync(), tokens.arraySync(), masked().arraySync()];
    const each = own.flatMap((row, i) => row.flatMap((token, j) => (hidden[i]![j] ? [-log[i]![j]![token]!] : [])));
    close(loss.dataSync(), [each.reduce((a, b) => a + b) / each.length], 1e-5);
    const sure = {
      ...params,
      lm_head: {weight: tf.zeros([20, 128]), bias: tf.oneHot(tf.scalar(7, 'int32'), 20).mul(20) as tf.Tensor},
    };
    const one = {
      tokenizer: {centers: tf.concat([tf.fill([7, 48], 9), tf.zeros([1, 48]), tf.fill([12, 48], 9)]) as tf.Tensor2D},
    };
    const {
      loss: least,
      outputs: {accuracy},
    } = method.loss(sure, batch(), one, step());
    close([least.dataSync()[0]!, accuracy.dataSync()[0]!], [0, 1], 1e-4);
  }));

test('nothing is left, nothing flows into the tokenizer, and the encoder does not see what is hidden', async () => {
  const method = small();
  const [params, at, given, own] = [filled(method.init(key(0)), 'student'), step(), batch(), state()];
  await flat(() => tf.tidy(() => void method.loss(params, given, own, at)));
  noGradient(valueAndGradients(variables => method.loss(params, given, variables, at), own).gradients);
  const {patches} = backbone.tokens(
    params.backbone,
    given.view,
    {},
    {masked: given.masks.masked, maskToken: params.mask_token},
  );
  const changed = tf.tidy(() =>
    given.view.add(given.masks.masked.reshape<tf.Tensor4D>([n, 4, 4, 1]).resizeNearestNeighbor([16, 16]).mul(5)),
  ) as tf.Tensor4D;
  close(
    backbone
      .tokens(params.backbone, changed, {}, {masked: given.masks.masked, maskToken: params.mask_token})
      .patches.dataSync(),
    patches.dataSync(),
    1e-5,
  );
});

test('the student is the result; biases, norms, class token and positions do not decay', () =>
  tf.tidy(() => {
    const method = beit({
      backbone: vit({size: 'nano', patch: 4, image: 16}),
      tokenizer: tokenizer({patch: 4, vocabulary: 20}),
    });
    const params = method.init(key(0));
    const images = uniform(key(1), [2, 16, 16, 3]);
    close(
      method.embed(params, state(), images, {}).embedding.dataSync(),
      vit({size: 'nano', patch: 4, image: 16}).apply(params.backbone, images, {}).dataSync(),
      0,
    );
    const decay = (name: string, shape: number[]) => method.rule!(name, step(), tf.ones(shape)).decay;
    assert.deepEqual(
      [
        decay('backbone.pos_embed', [1, 17, 128]),
        decay('backbone.cls_token', [1, 1, 128]),
        decay('lm_head.bias', [20]),
        decay('mask_token', [1, 1, 128]),
        decay('lm_head.weight', [20, 128]),
      ],
      [0, 0, 0, 1, 1],
    );
  }));

const task = (options: Partial<TokenizerOptions> = {}) => ({
  method: beit({
    backbone: vit({size: 'nano', patch: 4, positions: 'sinCos'}),
    tokenizer: tokenizer({patch: 4, vocabulary: 8, ...options}),
  }),
  source: maskedView({dataset, recipe, mask: evenMask([4, 4], 0.5)}),
  optimizer: adamW(),
  schedule: constant(1e-3),
  epochs: 3,
  batch: 16,
  seed: 2,
});

test('learns the tokens of hidden patches, on which the color of the image tells', async () => {
  const given = {...task(), watch: ({accuracy}: BeitOutputs) => ({accuracy})};
  const training = openTraining(given);
  const told: {loss: number; accuracy: number}[] = [];
  for await (const {loss, metrics} of train(given, training)) told.push({loss, accuracy: metrics.accuracy!});
  training.dispose();
  given.source.dispose();
  const mean = (name: 'loss' | 'accuracy', from: number, to?: number) =>
    told.slice(from, to).reduce((sum, values) => sum + values[name], 0) / told.slice(from, to).length;
  assert.ok(mean('loss', -4) < mean('loss', 0, 4) - 0.3, `loss from ${mean('loss', 0, 4)} to ${mean('loss', -4)}`);
  assert.ok(
    mean('accuracy', -4) > mean('accuracy', 0, 4) + 0.1,
    `accuracy from ${mean('accuracy', 0, 4)} to ${mean('accuracy', -4)}`,
  );
});

test('continued from a checkpoint, between epochs or within one: same tokens and numbers, none left', async () => {
  const t = {...task(), epochs: 2, batch: 40};
  const {losses, values} = await continuesExactly(t, [2, 4]);
  assert.equal(losses.length, 8);
  assert.ok(new Set(values['state.tokenizer.centers']).size > 300, 'centers were found');
  t.source.dispose();
});

test('compiled equals eager', () => {
  const {method} = task();
  return sameCompiled(method, {source: () => maskedView({dataset, recipe, mask: evenMask([4, 4], 0.5)}), steps: 12});
});

test('a tokenizer of other patches, masks of another grid and images of another size are refused', () =>
  tf.tidy(() => {
    assert.throws(
      () => beit({backbone, tokenizer: tokenizer({patch: 8})}),
      /^RangeError: beit: expected a tokenizer of the backbone's patches of 4 px, got one of 8 px$/,
    );
    const method = small();
    const params = method.init(key(0));
    assert.throws(
      () => method.loss(params, {...batch(), masks: masksOf(tf.ones([n, 25]))}, state(), step()),
      /^RangeError: beit: expected masks \[6,16\] of the patches, got \[6,25\]$/,
    );
    assert.throws(
      () => method.loss(params, {...batch(), view: tf.zeros([n, 18, 18, 3])}, state(), step()),
      /^RangeError: patches: expected a height and a width that are multiples of 4, got \[6,18,18,3\]$/,
    );
  }));
