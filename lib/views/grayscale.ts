// Takes the color out of images.

import {check} from '../check';
import {tf} from '../engine/tf';
import {onPlanes, type Planes} from './planes';
import type {View} from './view';
import {withProbability} from './withProbability';

// ITU-R BT.601 as torchvision and TensorFlow round it: the sum is 0.9999
const weights = [0.2989, 0.587, 0.114];

/**
 * Brightness of each pixel: .2989 red + .587 green + .114 blue; the value itself where there is one
 * channel.
 */
export function luma(planes: Planes): tf.Tensor2D {
  check(planes.length === 1 || planes.length === 3, 'luma', `expected images of 1 or 3 channels, got ${planes.length}`);
  return planes.length === 1 ? planes[0]! : tf.addN(planes.map((plane, i) => plane.mul<tf.Tensor2D>(weights[i]!)));
}

/**
 * Each channel becomes the pixel's `luma`; images of one channel stay.
 * @see torchvision's `rgb_to_grayscale` with as many output channels.
 */
export function grayscale(images: tf.Tensor4D): tf.Tensor4D {
  return onPlanes(images, planes => {
    const y = luma(planes);
    return planes.map(() => y);
  });
}

/** A {@link View} that takes the color out of each image with this probability. @default 0.2 */
export function randomGrayscale(probability = 0.2): View {
  return withProbability(probability, grayscale);
}
