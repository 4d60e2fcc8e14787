// What PIL makes of small images by the changes of RandAugment: test/reference/randAugment.json,
// written by randAugment.py.

import fs from 'node:fs';
import path from 'node:path';
import {tf} from '../../lib/engine/tf';
import {change, changes, type Change} from '../../lib/views/randAugment';

type Result = {change: Change; magnitude: number; sign: number; images: string};

const {shape, fill, images, results} = JSON.parse(
  fs.readFileSync(path.join(__dirname, '../reference/randAugment.json'), 'utf8'),
) as {
  shape: [number, number, number, number];
  fill: number[];
  images: string;
  results: Result[];
};

export const references = results;

/** The images before any change, in [0, 1]. */
export const original = () =>
  tf.tensor4d(
    Float32Array.from(Buffer.from(images, 'base64'), level => level / 255),
    shape,
  );

/** How far our change is from PIL's, in levels: the largest difference. */
export function furthest({change: name, magnitude, sign, images: expected}: Result): number {
  const values = tf.tidy(() => {
    const of = (value: number) => tf.fill([shape[0]], value) as tf.Tensor1D;
    return change(
      original(),
      of(changes.indexOf(name)),
      of(magnitude / 10),
      of(sign),
      fill.map(level => level / 255),
    )
      .mul(255)
      .dataSync<'float32'>();
  });
  const levels = Buffer.from(expected, 'base64');
  return values.reduce((largest, value, i) => Math.max(largest, Math.abs(value - levels[i]!)), 0);
}
