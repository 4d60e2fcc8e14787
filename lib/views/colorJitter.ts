// Color jitter: brightness, contrast, saturation and hue of each image changed by random amounts
// in random order. Howard 2013, "Some Improvements on Deep Convolutional Neural Network Based Image
// Classification", arXiv:1312.5402; the distribution is that of torchvision's ColorJitter.

import {check} from '../check';
import {fold, uniform} from '../engine/random';
import {tf} from '../engine/tf';
import type {Key} from '../module';
import {adjustColors} from './color';
import type {View} from './view';

/** Options of {@link colorJitter}. */
export interface ColorJitterOptions {
  /** The factor is drawn evenly from max(0, 1 − brightness) to 1 + brightness. @default 0 */
  brightness?: number;
  /** The same for the contrast. @default 0 */
  contrast?: number;
  /** The same for the saturation. @default 0 */
  saturation?: number;
  /** The hue is turned by −hue to hue of a whole turn, at most 0.5. @default 0 */
  hue?: number;
}

/**
 * A {@link View}; amounts and order are drawn per image, each of the 24 orders as likely.
 *
 * @throws RangeError when an option is negative or hue is above 0.5.
 */
export function colorJitter({brightness = 0, contrast = 0, saturation = 0, hue = 0}: ColorJitterOptions): View {
  check(
    Math.min(brightness, contrast, saturation) >= 0,
    'colorJitter',
    `expected strengths from 0, got brightness ${brightness}, contrast ${contrast}, saturation ${saturation}`,
  );
  check(hue >= 0 && hue <= 0.5, 'colorJitter', `expected a hue from 0 to 0.5 of a turn, got ${hue}`);
  return (images, key) =>
    tf.tidy(() => {
      const n = images.shape[0];
      const factor = (name: string, strength: number) =>
        uniform(fold(key, name), [n], {minimum: Math.max(0, 1 - strength), maximum: 1 + strength});
      return adjustColors(
        images,
        {
          brightness: factor('brightness', brightness),
          contrast: factor('contrast', contrast),
          saturation: factor('saturation', saturation),
          hue: hue > 0 ? uniform(fold(key, 'hue'), [n], {minimum: -hue, maximum: hue}) : undefined,
        },
        randomOrders(fold(key, 'order'), n),
      );
    });
}

/** n permutations of 0 to 3, [n, 4] int32. */
export function randomOrders(key: Key, n: number): tf.Tensor2D {
  return tf.tidy(() => tf.topk(uniform(key, [n, 4]), 4).indices);
}
