// Decodes an image file to bytes: upright, red green blue, over white, at a stored size. What is in
// the file (gray, CMYK, alpha, 16 bits) makes no difference.

import fs from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import {check} from '../../check';
import {checkMemory, freeMemory} from '../memory';

/**
 * How an image becomes a square: the middle is cut out, white is added, or the sides are scaled
 * each by itself.
 */
export type Fit = 'crop' | 'pad' | 'squash';

export interface DecodeOptions {
  /**
   * Pixels of the shorter side, or with `fit` of both. Larger images are scaled down antialiased
   * (Lanczos), smaller ones up.
   * @default as in the file
   */
  size?: number;
  /** Makes the image size × size. @default its proportions stay */
  fit?: Fit;
  /** Stands in errors. @default the path, or the number of bytes */
  name?: string;
}

export interface DecodedImage {
  /** Row-major bytes of [height, width, 3]. */
  pixels: Uint8Array;
  height: number;
  width: number;
}

/** Endings of the files that {@link decodeImage} reads. */
export const formats: readonly string[] = ['.jpg', '.jpeg', '.png', '.webp', '.gif', '.tif', '.tiff', '.avif', '.svg'];

/** Whether a file is an image, by its ending. */
export const isImage = (file: string) => formats.includes(path.extname(file).toLowerCase());

/** An image that cannot be decoded: cut off, damaged, or no image at all. */
export class UnreadableImage extends RangeError {}

sharp.cache(false); // it keeps images by their path, and a file may change

const white = '#ffffff';
const resizes = {crop: 'cover', pad: 'contain', squash: 'fill'} as const;

/**
 * @param image Path or bytes of a JPEG, PNG, WebP, GIF (first frame), TIFF, AVIF or SVG file. EXIF
 * orientation is applied.
 * @throws UnreadableImage naming the image when it is damaged; RangeError when it is too large for
 * memory, or an option is out of range.
 */
export async function decodeImage(
  image: string | Uint8Array,
  {size, fit, name = typeof image === 'string' ? image : `an image of ${image.length} bytes`}: DecodeOptions = {},
): Promise<DecodedImage> {
  check(
    size === undefined || (Number.isInteger(size) && size >= 1),
    'decodeImage',
    `expected size as a whole number of pixels from 1, got ${size}`,
  );
  check(
    fit === undefined || (fit in resizes && size !== undefined),
    'decodeImage',
    `expected fit 'crop', 'pad' or 'squash' together with a size, got fit ${fit} and size ${size}`,
  );
  const unreadable = (error: unknown) =>
    new UnreadableImage(
      `decodeImage: expected an image, got ${name}, which cannot be read: ` +
        `${error instanceof Error ? error.message.split('\n')[0] : error}`,
      {cause: error},
    );
  if (image.length === 0) throw unreadable('the file is empty');
  const open = (limitInputPixels: number | false) => sharp(image, {failOn: 'warning', limitInputPixels});
  const explained = async (error: unknown): Promise<never> => {
    // only now: an image that is as it should be takes one job of sharp's threads, and none of this
    // one
    if (typeof image === 'string') await fs.promises.access(image);
    const {width, height} = await open(false)
      .metadata()
      .catch(() => {
        throw unreadable(error);
      });
    checkMemory(width * height * 4, 'decodeImage', `${name} of ${width} × ${height} pixels`, 'scale it down first');
    throw unreadable(error);
  };
  let upright = open(Math.floor(freeMemory() / 4))
    .autoOrient()
    .flatten({background: white}); // 4 bytes a pixel: alpha is decoded too
  if (size !== undefined)
    upright = upright.resize(size, size, {
      fit: fit ? resizes[fit] : 'outside',
      background: white,
      fastShrinkOnLoad: false,
    });
  const {data, info} = await upright.raw().toBuffer({resolveWithObject: true}).catch(explained);
  return {pixels: new Uint8Array(data.buffer, data.byteOffset, data.length), height: info.height, width: info.width};
}
