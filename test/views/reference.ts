// What torchvision makes of small images: test/reference/views.json, written by views.py.

import fs from 'node:fs';
import path from 'node:path';
import {tf} from '../../lib/engine/tf';

type Images = {shape: [number, number, number, number]; levels: number[]};
type Frequencies = Record<'top' | 'left' | 'height' | 'width', number[]>;

export const reference = JSON.parse(fs.readFileSync(path.join(__dirname, '../reference/views.json'), 'utf8')) as {
  crop: Images & {
    boxes: number[][];
    results: {size: [number, number]; interpolation: 'bilinear' | 'bicubic'; values: number[]}[];
  };
  color: Images & {factors: number[]; turns: number[]} & Record<
      'brightness' | 'contrast' | 'saturation' | 'hue' | 'grayscale' | 'solarize' | 'flip' | 'normalize',
      number[]
    >;
  gray: Images & Record<'contrast' | 'saturation' | 'hue', number[]>;
  jitter: Images & {orders: number[][]; amounts: number[][]; turns: number[]; values: number[]; withoutHue: number[]};
  blur: Images & {sigmas: number[]; results: {kernelSize: number; padding: 'reflect' | 'zero'; values: number[]}[]};
  boxes: ({
    image: [number, number];
    area: [number, number];
    aspect: [number, number];
    draws: number;
    meanArea: number;
    meanLogAspect: number;
  } & Frequencies)[];
};

/** Levels of 255 as images in [0, 1]. */
export function imagesOf({shape, levels}: Images): tf.Tensor4D {
  return tf.tensor4d(
    levels.map(level => level / 255),
    shape,
  );
}
