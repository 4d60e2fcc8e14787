// Masks that keep given patches, and the mask token of test/reference/maskedMethods.py.

import {tf} from '../../../lib/engine/tf';
import type {Masks} from '../../../lib/masks/masks';
import {hashed} from '../../reference/hashed';
import {padded} from './predictors';

/** Of 16 patches. Rows of different lengths are filled up with `filler` to `width`. */
export function masksKeeping(rows: number[][], options?: Parameters<typeof padded>[1]): Masks {
  const masked = tf.tensor2d(rows.map(row => Array.from({length: 16}, (_, place) => Number(!row.includes(place)))));
  const {places: kept, valid} = padded(rows, options);
  return {masked, kept, ...(options && {valid})};
}

export const maskToken = () => tf.tensor3d(hashed('mask_token', [1, 1, 128]), [1, 1, 128]);
