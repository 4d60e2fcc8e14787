import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key, normal} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {decoder, type Known, twoThirdsOf} from '../../../lib/methods/masked/decoder';
import {leaves} from '../../../lib/engine/params';
import {close} from '../../close';
import {flat} from '../../flat';
import {padded} from './predictors';
import {filled} from './weights';

// Its numbers are compared with torch's, in both of its uses, by the tests of I-JEPA and SdAE.
const decode = decoder({inputs: 6, outputs: 5, width: 8, depth: 2, heads: 2});
const params = filled(decode.init(key(0)), 'decoder');
const patches = normal(key(1), [2, 3, 6]);
const kept = tf.tensor2d(
  [
    [0, 5, 7],
    [1, 2, 6],
  ],
  undefined,
  'int32',
);
const asked = tf.tensor2d(
  [
    [1, 2, 3, 4],
    [0, 3, 4, 5],
  ],
  undefined,
  'int32',
);
const run = (known: Partial<Known> = {}, {places = asked, valid}: {places?: tf.Tensor2D; valid?: tf.Tensor2D} = {}) =>
  decode.apply(params, {patches, kept, ...known}, {places, valid}, [2, 4], {});

test('says as many values as it is told of each place, and leaves one tensor', async () => {
  assert.deepEqual((await flat(() => run(), 1)).shape, [2, 4, 5]);
  assert.deepEqual(
    leaves(decoder({inputs: 6, outputs: 5, width: 64, depth: 1}).init(key(0)))
      .filter(([name]) => /embed|pred|mask|qkv.w/.test(name))
      .map(([name, {shape}]) => `${name} ${shape}`),
    [
      'blocks.0.attn.qkv.weight 192,64',
      'embed.bias 64',
      'embed.weight 64,6',
      'mask_token 1,1,64',
      'pred.bias 5',
      'pred.weight 5,64',
    ],
  );
});

test('positions tell places apart: another order gives the same answers in it; known tokens in any order', () => {
  close(run({}, {places: asked.reverse(1)}).dataSync(), run().reverse(1).dataSync(), 1e-5);
  close(run({patches: patches.reverse(1), kept: kept.reverse(1)}).dataSync(), run().dataSync(), 1e-5);
  const [first, second] = tf.split(run(), [1, 3], 1);
  assert.ok(first!.sub(second!).abs().max(2).min().dataSync()[0]! > 1e-3);
});

test('another place of a known token, and another grid, change the answer', () => {
  const apart = (other: tf.Tensor) => other.sub(run()).abs().max().dataSync()[0]!;
  assert.ok(
    apart(
      run({
        kept: tf.tensor2d(
          [
            [0, 5, 6],
            [1, 2, 7],
          ],
          undefined,
          'int32',
        ),
      }),
    ) > 1e-3,
  );
  assert.ok(apart(decode.apply(params, {patches, kept}, {places: asked}, [4, 2], {})) > 1e-3);
});

test('what only fills up a row changes nothing, in the known tokens and in the places', () => {
  const [{places: known, valid}, {places, valid: counted}] = [
    padded(
      [
        [0, 5, 7],
        [1, 2, 6],
      ],
      {width: 5, filler: 3},
    ),
    padded(
      [
        [1, 2, 3, 4],
        [0, 3, 4, 5],
      ],
      {width: 6, filler: 7},
    ),
  ];
  const more = tf.concat([patches, normal(key(2), [2, 2, 6]).mul(50)], 1) as tf.Tensor3D;
  close(
    run({patches: more, kept: known, valid}, {places, valid: counted}).slice([0, 0], [2, 4]).dataSync(),
    run().dataSync(),
    1e-5,
  );
});

test('tokens without a place take part', () => {
  const prefix = normal(key(3), [2, 1, 6]);
  assert.ok(run({prefix}).sub(run()).abs().max().dataSync()[0]! > 1e-3);
  assert.deepEqual(run({prefix}).shape, [2, 4, 5]);
});

test('everywhere: the same at the places asked for, and an answer at known ones; none need be asked for', async () => {
  const prefix = normal(key(3), [2, 1, 6]);
  const {known, asked: said} = await flat(
    () => decode.everywhere(params, {patches, kept, prefix}, {places: asked}, [2, 4], {}),
    2,
  );
  close(said!.dataSync(), run({prefix}).dataSync(), 1e-6);
  assert.deepEqual(known.shape, [2, 3, 5]);
  const turned = decode.everywhere(
    params,
    {patches: patches.reverse(1), kept: kept.reverse(1), prefix},
    {places: asked},
    [2, 4],
    {},
  ).known;
  close(turned.dataSync(), known.reverse(1).dataSync(), 1e-5);
  const alone = decode.everywhere(params, {patches, kept}, undefined, [2, 4], {});
  assert.deepEqual([alone.known.shape, alone.asked], [[2, 3, 5], undefined]);
  assert.ok(alone.known.sub(known).abs().max().dataSync()[0]! > 1e-3);
});

test("two thirds of ViT-B are MAE's and SdAE's decoder, of small ones at least one block of a head", () => {
  assert.deepEqual(
    [
      {width: 768, depth: 12},
      {width: 128, depth: 4},
      {width: 32, depth: 1},
    ].map(twoThirdsOf),
    [
      {width: 512, depth: 8},
      {width: 96, depth: 3},
      {width: 32, depth: 1},
    ],
  );
});

test('no block, and a width that does not fit its heads or its positions, are refused', () => {
  const of = (size: {width: number; depth: number; heads?: number}) => () => decoder({inputs: 6, outputs: 5, ...size});
  assert.throws(of({width: 64, depth: 0}), /^RangeError: decoder: expected depth a whole number from 1, got 0$/);
  assert.throws(
    of({width: 48, depth: 1}),
    /^RangeError: decoder: expected a width that is a multiple of 4 and of the heads \(width\/32 unless told\), got 48 and 1.5$/,
  );
  assert.throws(
    of({width: 6, depth: 1, heads: 2}),
    /^RangeError: decoder: expected a width that is a multiple of 4 and of the heads \(width\/32 unless told\), got 6 and 2$/,
  );
});
