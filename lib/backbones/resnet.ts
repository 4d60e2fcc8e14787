// Residual networks, with the parameter names of torchvision.
// He et al. 2016, "Deep Residual Learning for Image Recognition", arXiv:1512.03385;
// torchvision/models/resnet.py. As in torchvision, a bottleneck halves the size in its 3×3
// convolution, not in its first one (the paper's).

import {check} from '../check';
import {tf} from '../engine/tf';
import type {Backbone, Module} from '../module';
import {batchNorm} from '../layers/batchNorm';
import {convolution} from '../layers/convolution';
import {normalFanOut} from '../layers/initial';
import {initialParts, run, sequence} from '../layers/parts';
import {globalAveragePool, maxPool} from '../layers/pooling';
import {relu} from '../layers/relu';

type Layer = Module<tf.Tensor4D, tf.Tensor4D>;

/** Blocks of each of the four layers, and what a block is: table 1 of the paper. */
const sizes = {
  18: {blocks: [2, 2, 2, 2], block: basicBlock, expansion: 1},
  34: {blocks: [3, 4, 6, 3], block: basicBlock, expansion: 1},
  50: {blocks: [3, 4, 6, 3], block: bottleneck, expansion: 4},
} as const;

/** Options of {@link resnet}. */
export interface ResnetOptions {
  depth: keyof typeof sizes;
  /**
   * 'imagenet': a 7×7 convolution with stride 2, then max-pooling, for images from about 96 px.
   * 'cifar': a 3×3 convolution with stride 1 and no pooling, for 32 px (SimCLR, app. B.9).
   */
  stem: 'imagenet' | 'cifar';
  /**
   * Start the scale of each block's last BatchNorm at 0, so that a block starts as the identity.
   * Goyal et al. 2017, arXiv:1706.02677, sec. 5.1.
   * @default false, torchvision's
   */
  zeroInitial?: boolean;
  /** Color channels of the images. @default 3 */
  channels?: number;
}

/**
 * ResNet-18, -34 or -50 without its classifier; width 512, 512 or 2048. Starts like torchvision's:
 * normal of variance 2/fan-out.
 *
 * @example
 * ```ts
 * import {key, resnet, tf} from 'ssl-workbench';
 * const backbone = resnet({depth: 18, stem: 'cifar'});
 * const params = backbone.init(key(0));
 * const embeddings = backbone.apply(params, tf.zeros([2, 32, 32, 3]), {}); // [2, 512]
 * ```
 */
export function resnet({depth, stem, zeroInitial = false, channels = 3}: ResnetOptions): Backbone {
  check(depth in sizes, 'resnet', `expected depth ${Object.keys(sizes).join(', ')}, got ${depth}`);
  check(stem === 'imagenet' || stem === 'cifar', 'resnet', `expected stem 'imagenet' or 'cifar', got '${stem}'`);
  const {blocks, block, expansion} = sizes[depth];
  const parts: Record<string, Layer> = {
    conv1: convolution(channels, 64, {...(stem === 'imagenet' && {kernel: 7, stride: 2}), initial: normalFanOut}),
    bn1: batchNorm(64),
  };
  let width = 64;
  blocks.forEach((count, i) => {
    const inner = 64 * 2 ** i;
    parts[`layer${i + 1}`] = sequence(
      Array.from({length: count}, (_, j) => {
        const layer = block(width, inner, j === 0 && i > 0 ? 2 : 1, zeroInitial ? 0 : 1);
        width = inner * expansion;
        return layer;
      }),
    );
  });
  return {
    width,
    init: key => initialParts(parts, key),
    apply: (params, images, mode) =>
      tf.tidy(() => {
        let x = relu(run(parts, 'bn1', params, run(parts, 'conv1', params, images, mode), mode));
        if (stem === 'imagenet') x = maxPool(x);
        for (const layer of ['layer1', 'layer2', 'layer3', 'layer4']) x = run(parts, layer, params, x, mode);
        return globalAveragePool(x); // [n, width]
      }),
  };
}

/** Two 3×3 convolutions. */
function basicBlock(inputs: number, width: number, stride: number, lastScale: number): Layer {
  return residual(
    inputs,
    width,
    stride,
    [convolution(inputs, width, {stride, initial: normalFanOut}), convolution(width, width, {initial: normalFanOut})],
    lastScale,
  );
}

/** 1×1 down, 3×3, 1×1 up to four times the width. */
function bottleneck(inputs: number, width: number, stride: number, lastScale: number): Layer {
  return residual(
    inputs,
    4 * width,
    stride,
    [
      convolution(inputs, width, {kernel: 1, initial: normalFanOut}),
      convolution(width, width, {stride, initial: normalFanOut}),
      convolution(width, 4 * width, {kernel: 1, initial: normalFanOut}),
    ],
    lastScale,
  );
}

/**
 * relu(x + convolutions(x)), each with its BatchNorm, a ReLU between them; where the shape changes,
 * x goes through a 1×1 convolution `downsample`.
 */
function residual(inputs: number, outputs: number, stride: number, convolutions: Layer[], lastScale: number): Layer {
  const last = convolutions.length;
  const parts: Record<string, Layer> = {};
  convolutions.forEach((conv, i) => {
    parts[`conv${i + 1}`] = conv;
    parts[`bn${i + 1}`] = batchNorm(conv.width, {scale: i + 1 === last ? lastScale : 1});
  });
  if (stride !== 1 || inputs !== outputs)
    parts.downsample = sequence([
      convolution(inputs, outputs, {kernel: 1, stride, initial: normalFanOut}),
      batchNorm(outputs),
    ]);
  return {
    width: outputs,
    init: key => initialParts(parts, key),
    apply: (params, x, mode) =>
      tf.tidy(() => {
        let y = x;
        for (let i = 1; i <= last; i++) {
          y = run(parts, `bn${i}`, params, run(parts, `conv${i}`, params, y, mode), mode);
          if (i < last) y = relu(y);
        }
        return relu(y.add(parts.downsample ? run(parts, 'downsample', params, x, mode) : x));
      }),
  };
}
