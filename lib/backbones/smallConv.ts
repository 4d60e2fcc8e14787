// A small convolutional network for small images: three halvings, one residual layer on the last
// size, a mean over all positions.

import {check} from '../check';
import {tf} from '../engine/tf';
import type {Backbone, Module} from '../module';
import {batchNorm} from '../layers/batchNorm';
import {convolution} from '../layers/convolution';
import {normalFanOut} from '../layers/initial';
import {initialParts, run} from '../layers/parts';
import {globalAveragePool} from '../layers/pooling';
import {relu} from '../layers/relu';

/** Options of {@link smallConv}. */
export interface SmallConvOptions {
  /** Size of the embedding, a multiple of 4. Time grows with its square. @default 192 */
  width?: number;
  /** Color channels of the images. @default 3 */
  channels?: number;
}

/**
 * For images of 28 to 64 px; at 32 px and width 192, 22 million floating-point operations an image;
 * at width 128, 10 million.
 *
 * Convolutions 3×3 to width/4, width/2, width and width channels, the first three with stride 2,
 * the last added to its input, each with BatchNorm and ReLU.
 */
export function smallConv({width = 192, channels = 3}: SmallConvOptions = {}): Backbone {
  check(
    Number.isInteger(width) && width > 0 && width % 4 === 0,
    'smallConv',
    `expected a width that is a multiple of 4, got ${width}`,
  );
  const layer = (inputs: number, outputs: number, stride: number) =>
    convolution(inputs, outputs, {stride, initial: normalFanOut});
  const parts: Record<string, Module<tf.Tensor4D, tf.Tensor4D>> = {
    conv1: layer(channels, width / 4, 2),
    bn1: batchNorm(width / 4),
    conv2: layer(width / 4, width / 2, 2),
    bn2: batchNorm(width / 2),
    conv3: layer(width / 2, width, 2),
    bn3: batchNorm(width),
    conv4: layer(width, width, 1),
    bn4: batchNorm(width),
  };
  return {
    width,
    init: key => initialParts(parts, key),
    apply: (params, images, mode) =>
      tf.tidy(() => {
        const normalized = (x: tf.Tensor4D, i: number) =>
          run(parts, `bn${i}`, params, run(parts, `conv${i}`, params, x, mode), mode);
        let x = relu(normalized(images, 1)); // [n, h/2, w/2, width/4]
        x = relu(normalized(x, 2)); // [n, h/4, w/4, width/2]
        x = relu(normalized(x, 3)); // [n, h/8, w/8, width]
        x = relu(x.add(normalized(x, 4)));
        return globalAveragePool(x); // [n, width]
      }),
  };
}
