// Numbers of torch for MoCo and instance discrimination, see test/reference/contrastiveMethods.py,
// and what both languages make by themselves.

import fs from 'node:fs';
import path from 'node:path';
import {tf} from '../../../lib/engine/tf';
import {unit} from '../../../lib/layers/unit';
import {hashed} from '../../reference/hashed';

type Reference = {loss: number; gradient: number[]};

export const reference = JSON.parse(
  fs.readFileSync(path.join(__dirname, '../../reference/contrastiveMethods.json'), 'utf8'),
) as {moco: Reference & {queue: number[]}; instanceDiscrimination: Reference & {bank: number[]}};

export const images = (name: string) => tf.tensor4d(hashed(name, [6, 2, 2, 3]), [6, 2, 2, 3]);
export const linear1 = () => ({
  weight: tf.tensor2d(hashed('weight', [4, 12], 0.5), [4, 12]),
  bias: tf.tensor1d(hashed('bias', [4], 0.5)),
});
export const unitRows = (name: string, rows = 9) => unit(tf.tensor2d(hashed(name, [rows, 4]), [rows, 4]));
