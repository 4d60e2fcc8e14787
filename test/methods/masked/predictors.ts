// Images, masks and laws of the methods that predict features of masked tokens; see
// test/reference/maskedPredictors.py.

import {vit} from '../../../lib/backbones/vit';
import {valueAndGradients} from '../../../lib/engine/gradients';
import {tf} from '../../../lib/engine/tf';
import type {Method, Params} from '../../../lib/module';
import {flat} from '../../flat';
import {hashed} from '../../reference/hashed';
import {step} from '../step';
import {noGradient} from './weights';

export const images = tf.tensor4d(hashed('images', [3, 16, 16, 3]), [3, 16, 16, 3]);
export const index = tf.range(0, 3, 1, 'int32');
/** Four blocks, [4, 4] patches, no class token. */
export const meanBackbone = vit({size: 'nano', patch: 4, pool: 'mean', positions: 'sinCos'});

/** Rows of different lengths, filled up with `filler` to `width`, and which of them count. */
export function padded(
  rows: number[][],
  {width = Math.max(...rows.map(row => row.length)), filler = 0} = {},
): {places: tf.Tensor2D; valid: tf.Tensor2D} {
  return {
    places: tf.tensor2d(
      rows.map(row => [...row, ...Array<number>(width - row.length).fill(filler)]),
      undefined,
      'int32',
    ),
    valid: tf.tensor2d(rows.map(row => Array.from({length: width}, (_, i) => Number(i < row.length)))),
  };
}

/** Nothing flows into the method's state, and a loss leaves nothing in memory. */
export async function leavesStateAlone<Batch, P extends Params, S extends Params, O extends Params>(
  method: Method<Batch, P, S, O>,
  params: P,
  batch: Batch,
  state: S,
): Promise<void> {
  const now = step();
  await flat(() => tf.tidy(() => void method.loss(params, batch, state, now)));
  noGradient(valueAndGradients(variables => method.loss(params, batch, variables, now), state).gradients);
}
