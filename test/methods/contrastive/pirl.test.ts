// slow: trains

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {smallConv} from '../../../lib/backbones/smallConv';
import {valueAndGradients} from '../../../lib/engine/gradients';
import {key} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {pirl, type PirlParams} from '../../../lib/methods/contrastive/pirl';
import {leaves} from '../../../lib/engine/params';
import {twoViews} from '../../../lib/views/sources/twoViews';
import {close} from '../../close';
import {flat} from '../../flat';
import {hashed} from '../../reference/hashed';
import reference from '../../reference/instanceMethods.json';
import {learns} from '../learns';
import {dataset, recipe, sameCompiled} from '../sameCompiled';
import {step} from '../step';
import {flatten} from './flatten';
import {images, linear1, unitRows} from './reference';

const head = (name: string, inputs: number) => ({
  linear1: {
    weight: tf.tensor2d(hashed(`${name} weight`, [4, inputs], 0.5), [4, inputs]),
    bias: tf.tensor1d(hashed(`${name} bias`, [4], 0.5)),
  },
});
/** Images of one color: every tile of 9×9 is then the same 2×2, and so is every turned one. */
const plain = (side: number) =>
  tf.tensor4d(hashed('colours', [6, 3]), [6, 1, 1, 3]).tile([1, side, side, 1]) as tf.Tensor4D;
const index = () => tf.tensor1d([3, 0, 8, 5, 1, 7], 'int32');
const state = () => ({bank: unitRows('bank')});

for (const [transform, side] of [
  ['jigsaw', 9],
  ['rotation', 2],
] as const) {
  test(`${transform}: loss, gradients and bank equal torch's`, () => {
    const method = pirl({
      backbone: flatten(12),
      size: 9,
      width: 4,
      share: 0.3,
      temperature: 0.2,
      momentum: 0.4,
      transform,
    });
    const params: PirlParams = {
      backbone: {},
      projector: {linear1: linear1()},
      pretext: {each: head('each', 12), ...(transform === 'jigsaw' && {joined: head('joined', 36)})},
    };
    assert.deepEqual(
      leaves(method.init(key(0))).map(([name, {shape}]) => [name, shape]),
      leaves(params).map(([name, {shape}]) => [name, shape]),
    );
    const batch = {first: images('first'), second: plain(side), index: index()};
    const {loss, gradients, outputs} = valueAndGradients(
      weights => method.loss(weights, batch, state(), step()),
      params,
    );
    const expected = reference[transform] as typeof reference.jigsaw;
    const gradient = new Map(leaves(gradients));
    close(loss.dataSync(), [expected.loss], 1e-5);
    close(gradient.get('projector.linear1.weight')!.dataSync(), expected.view, 1e-5);
    close(gradient.get('pretext.each.linear1.weight')!.dataSync(), expected.each, 1e-5);
    if (transform === 'jigsaw') close(gradient.get('pretext.joined.linear1.weight')!.dataSync(), expected.joined, 1e-5);
    const [, remembered] = tf.split(outputs.projection, 2) as [tf.Tensor2D, tf.Tensor2D];
    close(remembered.dataSync(), state().bank.gather(index()).dataSync(), 0);
    const after = method.afterStep!(params, state(), step(), outputs);
    close(after.bank.dataSync(), expected.bank, 1e-5);
  });
}

test('nothing flows into the bank, and nothing is left in memory', async () => {
  const method = pirl({backbone: flatten(12), size: 9, width: 4});
  const params = method.init(key(0));
  const [at, batch, own] = [step(), {first: images('first'), second: plain(9), index: index()}, state()];
  await flat(() => tf.tidy(() => void method.loss(params, batch, own, at)));
  const initial = await flat(() => method.initState!(params, at.key), 1);
  assert.deepEqual(initial.bank.shape, [9, 4]);
});

for (const transform of ['jigsaw', 'rotation'] as const) {
  test(`${transform}: learns to find an image's transformed self`, () =>
    learns(pirl({backbone: smallConv({width: 16}), size: 64, width: 16, transform}), 2));

  test(`${transform}: compiled equals eager`, () =>
    sameCompiled(
      pirl({
        backbone: smallConv({width: 16}),
        size: dataset.splits.pretrain.length,
        width: 8,
        temperature: 0.5,
        transform,
      }),
      {source: () => twoViews({dataset, recipe})},
    ));
}

test('a bank of one image, a share above 1 and images that are no puzzle are refused', () => {
  assert.throws(
    () => pirl({backbone: flatten(12), size: 1}),
    /^RangeError: pirl: expected the number of images, at least 2, got 1/,
  );
  assert.throws(
    () => pirl({backbone: flatten(12), size: 9, share: 1.5}),
    /^RangeError: pirl: expected a share from 0 to 1, got 1.5/,
  );
  assert.throws(
    () => pirl({backbone: flatten(12), size: 9, temperature: 0}),
    /^RangeError: pirl: expected temperature > 0, got 0/,
  );
  const method = pirl({backbone: flatten(12), size: 9, width: 4});
  const batch = {first: images('first'), second: images('second'), index: index()};
  assert.throws(
    () => method.loss(method.init(key(0)), batch, state(), step()),
    /^RangeError: tiles: expected tiles of 1 to 0 pixels for 3 a side of \[6,2,2,3\], got 0/,
  );
});
