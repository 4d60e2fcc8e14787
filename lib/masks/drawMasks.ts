// Masks outside a training: for pictures, statistics and tests.

import {key} from '../engine/random';
import {tf} from '../engine/tf';
import type {Masks, MaskStrategy} from './masks';

/**
 * Masks of n images, on the host and on the device as the strategy has it.
 *
 * @param inputs What a strategy needs that draws nothing on the host: `{attention}`, `{view}`.
 * @returns New tensors; the same for the same seed.
 */
export function drawMasks<Inputs extends Record<string, tf.Tensor>, M extends Masks>(
  strategy: MaskStrategy<Inputs, M>,
  n: number,
  seed: number,
  inputs?: Inputs,
): M {
  const drawn = strategy.host?.draw(n, seed);
  try {
    return tf.tidy(() => strategy.draw(key(seed), n, drawn ?? inputs ?? ({} as Inputs)));
  } finally {
    tf.dispose(drawn);
  }
}
