// Weights, crops and masks for the masked methods, made by both languages; see
// test/reference/maskedTeachers.py.

import assert from 'node:assert/strict';
import {vit} from '../../../lib/backbones/vit';
import {tf} from '../../../lib/engine/tf';
import type {Params} from '../../../lib/module';
import {leaves, map} from '../../../lib/engine/params';
import {close} from '../../close';
import {hashed} from '../../reference/hashed';
import {filled as parameter} from '../../reference/vitWeights';

export const n = 6;
export const backbone = vit({size: 'nano', patch: 4, positions: 'sinCos'});

const images = (name: string, side: number) => tf.tensor4d(hashed(name, [n, side, side, 3], 2), [n, side, side, 3]);

/** Two crops of 16 px and some of 8. */
export const cropsOf = (local: number) => ({
  global: [images('first', 16), images('second', 16)],
  local: Array.from({length: local}, (_, i) => images(`local${i}`, 8)),
  index: tf.range(0, n, 1, 'int32'),
});

/**
 * [12, 16], 40 % of both global crops; nothing of image 1 in the first and of image 2 in the
 * second.
 */
export const masked = () =>
  tf.tidy(() =>
    tf
      .tensor2d(hashed('masked', [2 * n, 16]), [2 * n, 16])
      .greater(0.2)
      .toFloat()
      .mul(tf.tensor2d(Array.from({length: 2 * n}, (_, i) => [i === 1 || i === n + 2 ? 0 : 1]))),
  ) as tf.Tensor2D;

/** The same tree, each parameter as a function of its name. */
export const filled = <P extends Params>(params: P, owner: string): P =>
  map(params, ({shape}, name) => parameter(`${owner}.${name}`, shape));

export type Gradients = Record<string, {norm: number; values: number[]}>;

/** Norms, and the values that the reference keeps, to 1e-4 of the norm. */
export function sameGradients(gradients: Params, expected: Gradients): void {
  const found = new Map(leaves(gradients));
  for (const [name, {norm, values}] of Object.entries(expected)) {
    const gradient = found.get(name)!;
    const all = (gradient.rank === 4 ? gradient.transpose([3, 2, 0, 1]) : gradient).dataSync();
    assert.ok(Math.abs(Math.hypot(...all) / norm - 1) < 1e-4, `${name}: norm ${Math.hypot(...all)}, expected ${norm}`);
    const some = all.filter((_, i) => i % Math.ceil(all.length / 24) === 0);
    assert.equal(some.length, values.length);
    const off = Math.hypot(...some.map((value, i) => value - values[i]!)) / Math.hypot(...values);
    assert.ok(off < 1e-4, `${name}: values off by ${off} of their norm`);
  }
}

/** Nothing flows into any tensor of the tree. */
export function noGradient(gradients: Params): void {
  for (const [, gradient] of leaves(gradients)) close(gradient.dataSync(), Array(gradient.size).fill(0), 0);
}
