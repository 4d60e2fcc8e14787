import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key, uniform} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {maskedImages, previewMasks} from '../../lib/figures/maskFigure';
import {pictures} from '../../lib/figures/pictures';
import {attentionMask} from '../../lib/masks/attentionMask';
import {blockMask} from '../../lib/masks/blockMask';
import {contrastMask} from '../../lib/masks/contrastMask';
import {masksOf} from '../../lib/masks/masks';
import {multiBlockMask} from '../../lib/masks/multiBlockMask';
import {randomMask} from '../../lib/masks/randomMask';
import {close} from '../close';
import {flat} from '../flat';
import {isSound, matchesSnapshot} from './snapshot';

test('masked tokens are gray, targets tinted, what is kept is the image; gray images become colored', () => {
  const images = uniform(key(1), [1, 4, 6, 1]);
  const masks = {
    ...masksOf(tf.tensor2d([[1, 0, 1, 0, 1, 1]]), 2),
    targets: tf.tensor3d(
      [
        [
          [0, 3],
          [4, 0],
        ],
      ],
      [1, 2, 2],
      'int32',
    ),
    targetsValid: tf.tensor3d([
      [
        [1, 0],
        [1, 0],
      ],
    ]),
  };
  const shown = maskedImages(images, masks, [2, 3]);
  const token = (row: number, column: number) => shown.slice([0, 2 * row, 2 * column, 0], [1, 2, 2, 3]).dataSync();
  const own = (row: number, column: number) =>
    images
      .slice([0, 2 * row, 2 * column, 0], [1, 2, 2, 1])
      .tile([1, 1, 1, 3])
      .dataSync();
  for (const [row, column] of [
    [0, 1],
    [1, 0],
  ] as const)
    assert.deepEqual(token(row, column), own(row, column));
  for (const [row, column] of [
    [0, 2],
    [1, 2],
  ] as const)
    close(token(row, column), Array(12).fill(0.78), 1e-6);
  for (const [row, column, color] of [
    [0, 0, [0, 0x72, 0xb2]],
    [1, 1, [0xd5, 0x5e, 0]],
  ] as const) {
    close(
      token(row, column),
      own(row, column).map((value, i) => 0.45 * value + (0.55 * color[i % 3]!) / 255),
      1e-5,
    );
  }
});

test('a row for each strategy, each picture with the share that is masked', async () => {
  const images = uniform(key(3), [2, 16, 16, 3]);
  const figure = await flat(() =>
    previewMasks(
      images,
      {
        random: randomMask({grid: [4, 4]}),
        'blocks, 40 %': blockMask({grid: [8, 8], ratio: 0.4}),
        'multi-block': multiBlockMask({grid: [8, 8]}),
      },
      {labels: ['cat', 'dog'], credits: ['somebody']},
    ),
  );
  isSound(figure);
  assert.ok(
    (figure.layout.images as {source: string}[]).every(({source}) => source.startsWith('data:image/png;base64,')),
  );
  matchesSnapshot(
    {
      ...figure,
      layout: {
        ...figure.layout,
        images: (figure.layout.images as {source: string}[]).map(image => ({...image, source: 'data:'})),
      },
    },
    __dirname,
    'maskFigure',
  );
});

test('strategies that look at the images are given them', async () => {
  const half = tf.concat([tf.zeros([1, 8, 4, 3]), uniform(key(1), [1, 8, 4, 3])], 2) as tf.Tensor4D;
  const {layout} = await previewMasks(half, {
    high: contrastMask({grid: [1, 2], mode: 'high', ratio: 0.5}),
    low: contrastMask({grid: [1, 2], ratio: 0.5}),
  });
  const [, high, low] = (layout.images as {source: string}[]).map(({source}) => source);
  const gray = (where: number) =>
    pictures(
      tf.concat(
        [
          where === 0 ? tf.fill([1, 8, 4, 3], 0.78) : half.slice([0, 0, 0], [1, 8, 4]),
          where === 1 ? tf.fill([1, 8, 4, 3], 0.78) : half.slice([0, 0, 4], [1, 8, 4]),
        ],
        2,
      ),
    );
  assert.deepEqual([high, low], [(await gray(1))[0]!.png, (await gray(0))[0]!.png]);
});

test('strategies that need a teacher are drawn by its attention, and refused without', async () => {
  const images = tf.zeros<tf.Rank.R4>([2, 8, 8, 3]);
  const strategies = {high: attentionMask({grid: [4, 4], ratio: 0.5, probability: 1})};
  const {rows} = await previewMasks(images, strategies, {attention: uniform(key(1), [2, 16])});
  assert.deepEqual(
    rows.filter(({row}) => row === 'high').map(({label}) => label),
    ['50 %', '50 %'],
  );
  await assert.rejects(
    previewMasks(images, strategies),
    /^RangeError: attentionMask: expected the attention of a teacher, got none/,
  );
  await assert.rejects(
    previewMasks(images, {random: randomMask({grid: [3, 4]})}),
    /^RangeError: maskedImages: expected images that a grid of 3 × 4 tokens divides, got 8 × 8 pixels/,
  );
});
