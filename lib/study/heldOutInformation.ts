// What two views tell of each other by a trained encoder, estimated twice on pairs that no training
// has seen.

import {tf} from '../engine/tf';
import {
  crossViewInformation,
  type CrossViewInformation,
  type CrossViewInformationOptions,
} from '../information/crossViewInformation';
import {donskerVaradhan} from '../information/donskerVaradhan';
import {unit} from '../layers/unit';
import type {EncodedPairs} from './encodedPairs';

/**
 * I_NCE in groups of K; and the same scores, of all pairs with each other, as {@link
 * donskerVaradhan} reads them: a second estimate, which log K does not bound. In nats.
 */
export type HeldOutInformation = CrossViewInformation & {donskerVaradhan: number};

/**
 * @param pairs Projections; they stay the caller's.
 * @throws RangeError as {@link crossViewInformation}.
 */
export function heldOutInformation(
  {first, second}: EncodedPairs,
  options: CrossViewInformationOptions,
): HeldOutInformation {
  const another = tf.tidy(
    () =>
      donskerVaradhan(
        tf.matMul(unit(first), unit(second), false, true).div<tf.Tensor2D>(options.temperature),
      ).dataSync()[0]!,
  );
  return {...crossViewInformation(first, second, options), donskerVaradhan: another};
}
