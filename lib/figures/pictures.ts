// Images as pictures that a figure, a notebook or a file can hold: PNG in a data: address, enlarged without blur.

import {imagesAt, type Dataset} from '../datasets/dataset';
import type {tf} from '../engine/tf';
import {check} from '../check';

export type Picture = {
  /** data:image/png;base64,… */
  png: string;
  /** Of the image itself, in pixels. */
  height: number;
  width: number;
  /** What it shows: a class name, a caption. */
  label?: string;
};

/** Pictures are enlarged by a whole factor to at least this many pixels, so that a browser does not blur them. */
const SHARP = 128;

/**
 * @param images [h, w, c] or [n, h, w, c]: float32 in [0, 1], or int32 from 0 to 255; c is 1, 3 or 4.
 * @param labels [n] what each shows.
 * @throws RangeError when the shape or the values are others.
 */
export async function pictures(images: tf.Tensor, labels?: readonly string[]): Promise<Picture[]> {
  const shape = images.shape.length === 3 ? [1, ...images.shape] : images.shape;
  const [n, h, w, c] = shape as [number, number, number, number];
  check(shape.length === 4 && [1, 3, 4].includes(c), 'pictures', `expected images [n, h, w, c] with 1, 3 or 4 channels, got [${images.shape}]`);
  check(labels === undefined || labels.length === n, 'pictures', `expected ${n} labels, got ${labels?.length}`);
  return Promise.all(split(await toBytes(images), n).map(async (pixels, i) => ({png: await png(pixels, h, w, c), height: h, width: w, ...(labels && {label: labels[i]})})));
}

/** Images of a data set, labeled with the names of their classes, or with their captions where they have no class. */
export async function datasetPictures(dataset: Pick<Dataset, 'name' | 'images' | 'shape' | 'labels' | 'classes' | 'captions'>, indices: Iterable<number>): Promise<Picture[]> {
  const {shape: [n, h, w, c], labels, classes, captions} = dataset;
  const chosen = [...indices];
  for (const i of chosen) check(Number.isInteger(i) && i >= 0 && i < n, 'datasetPictures', `expected indices from 0 to ${n - 1}, got ${i}`);
  const images = split(await imagesAt(dataset, Int32Array.from(chosen)), chosen.length);
  return Promise.all(chosen.map(async (i, place) => {
    const label = classes[labels[i]!] ?? captions?.[i];
    return {png: await png(images[place]!, h, w, c), height: h, width: w, ...(label !== undefined && {label})};
  }));
}

/** All images in one PNG, row by row with a white gap. */
export async function contactSheet(images: tf.Tensor, columns = 8): Promise<Buffer> {
  const all = await pictures(images);
  const [{height: h, width: w}] = all as [Picture];
  const [scale, gap] = [enlargement(h, w), 4];
  const across = Math.min(columns, all.length);
  const {default: sharp} = await import('sharp');
  return sharp({create: {width: across * (w * scale + gap) - gap, height: Math.ceil(all.length / across) * (h * scale + gap) - gap, channels: 3, background: 'white'}})
    .composite(all.map(({png}, i) => ({input: Buffer.from(png.slice(png.indexOf(',') + 1), 'base64'), left: (i % across) * (w * scale + gap), top: Math.floor(i / across) * (h * scale + gap)})))
    .png({palette: false, compressionLevel: 9}).toBuffer();
}

async function toBytes(images: tf.Tensor): Promise<Uint8Array> {
  const values = await images.data();
  const most = images.dtype === 'float32' ? 1 : 255;
  const slack = images.dtype === 'float32' ? 1e-3 : 0;   // rounding of color operations
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  check(low >= -slack && high <= most + slack, 'pictures', `expected ${images.dtype} values from 0 to ${most}, got ${low} to ${high}: undo the normalization first`);
  return images.dtype === 'float32' ? Uint8Array.from(values, value => Math.round(255 * Math.min(1, Math.max(0, value)))) : Uint8Array.from(values);
}

const split = (bytes: Uint8Array, n: number) => Array.from({length: n}, (_, i) => bytes.subarray((i * bytes.length) / n, ((i + 1) * bytes.length) / n));
const enlargement = (h: number, w: number) => Math.max(1, Math.ceil(SHARP / Math.min(h, w)));

async function png(pixels: Uint8Array, height: number, width: number, channels: number): Promise<string> {
  const {default: sharp} = await import('sharp');
  const scale = enlargement(height, width);
  const buffer = await sharp(pixels, {raw: {width, height, channels: channels as 1 | 3 | 4}}).resize(width * scale, height * scale, {kernel: 'nearest'}).png({compressionLevel: 9}).toBuffer();
  return `data:image/png;base64,${buffer.toString('base64')}`;
}
