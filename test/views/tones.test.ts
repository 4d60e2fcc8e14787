// That these are PIL's, randAugment.test.ts says.

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key, uniform} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {autoContrast, equalize, invert, posterize, solarizeAdd, solarizeFrom} from '../../lib/views/tones';
import {close} from '../close';
import {flat} from '../flat';

const of = (...levels: number[]) =>
  tf.tensor4d(
    levels.map(level => level / 255),
    [1, 1, levels.length, 1],
  );
const levels = (images: tf.Tensor4D) => [...images.mul(255).dataSync()];

test('closed forms on levels of 255', () => {
  close(levels(autoContrast(of(50, 100, 150))), [0, 127.5, 255], 1e-4);
  close(levels(autoContrast(of(80, 80))), [80, 80], 1e-4);
  close(levels(invert(of(0, 40, 255))), [255, 215, 0], 1e-4);
  close(levels(posterize(of(0, 17, 200, 255), tf.tensor1d([4]))), [0, 16, 192, 240], 1e-4);
  close(levels(posterize(of(0, 17, 255), tf.tensor1d([0]))), [0, 0, 0], 1e-4);
  close(levels(posterize(of(0, 17, 255), tf.tensor1d([8]))), [0, 17, 255], 1e-4);
  close(levels(solarizeFrom(of(127, 128, 255), tf.tensor1d([128]))), [127, 127, 0], 1e-4);
  close(levels(solarizeFrom(of(0, 255), tf.tensor1d([256]))), [0, 255], 1e-4);
  close(levels(solarizeAdd(of(0, 127, 128, 255), tf.tensor1d([110]))), [110, 237, 128, 255], 1e-4);
});

test('equalize: levels that are there equally often come to lie evenly from 0 to 255; those of one color stay', () => {
  // 20 to 147, eight pixels each
  const seen = tf.range(0, 1024).floorDiv(4).mul(0.5).floor().add(20).reshape([1, 32, 32, 1]) as tf.Tensor4D;
  const evened = levels(equalize(seen.div(255)));
  close(
    evened,
    [...seen.dataSync()].map(level => Math.floor(((level - 20) * 8 + 1) / 3)).map(level => Math.min(level, 255)),
    1e-4,
  ); // step ⌊1016 / 255⌋ = 3
  close(levels(equalize(tf.fill([2, 32, 32, 3], 0.4))), Array(6144).fill(102), 1e-4);
});

test('equalize keeps the order of levels; stretched stays; inverted twice is as before; no tensor left', async () => {
  const images = uniform(key(1), [3, 20, 20, 3]);
  await flat(() =>
    tf.tidy(() => {
      const stretched = autoContrast(images);
      close(autoContrast(stretched).dataSync(), stretched.dataSync(), 1e-5);
      close(invert(invert(images)).dataSync(), images.dataSync(), 1e-6);
      const evened = equalize(images).transpose([0, 3, 1, 2]).reshape([9, 400]).arraySync() as number[][];
      const before = images.transpose([0, 3, 1, 2]).reshape([9, 400]).arraySync() as number[][];
      before.forEach((plane, row) => {
        const order = [...plane.keys()].sort((a, b) => plane[a]! - plane[b]!);
        for (let i = 1; i < order.length; i++) assert.ok(evened[row]![order[i]!]! >= evened[row]![order[i - 1]!]!);
      });
    }),
  );
});
