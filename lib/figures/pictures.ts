// Images as pictures that a figure, a notebook or a file can hold: PNG in a data: address, enlarged
// without blur.

import {imagesAt, type Dataset} from '../datasets/dataset';
import type {tf} from '../engine/tf';
import {check} from '../check';

/** An image as a PNG that a browser shows. */
export type Picture = {
  /** A data URL: data:image/png;base64,… */
  png: string;
  /** Of the image itself, in pixels. */
  height: number;
  /** Of the image itself, in pixels. */
  width: number;
  /** What it shows: a class name, a caption. */
  label?: string;
};

/**
 * Pictures are enlarged by a whole factor to at least this many pixels, so that a browser does not
 * blur them.
 */
const SHARP = 128;
/** Pixels between pictures on a sheet. */
const SHEET_GAP = 4;

/**
 * @param images [h, w, c] or [n, h, w, c]: float32 in [0, 1], or int32 from 0 to 255; c is 1, 3 or
 * 4.
 * @param labels [n] what each shows.
 * @throws RangeError when the shape or the values are others.
 */
export async function pictures(images: tf.Tensor, labels?: readonly string[]): Promise<Picture[]> {
  const shape = images.shape.length === 3 ? [1, ...images.shape] : images.shape;
  const [n, h, w, c] = shape as [number, number, number, number];
  const drawable = shape.length === 4 && [1, 3, 4].includes(c);
  check(drawable, 'pictures', `expected images [n, h, w, c] with 1, 3 or 4 channels, got [${images.shape}]`);
  check(labels === undefined || labels.length === n, 'pictures', `expected ${n} labels, got ${labels?.length}`);
  const bytes = split(await toBytes(images), n);
  const pngs = await Promise.all(bytes.map(pixels => pngOf(pixels, h, w, c)));
  return pngs.map((png, i) => ({png, height: h, width: w, ...(labels && {label: labels[i]})}));
}

/**
 * Images of a data set, labeled with the names of their classes, or with their captions where they
 * have no class.
 */
export async function datasetPictures(
  dataset: Pick<Dataset, 'name' | 'images' | 'shape' | 'labels' | 'classes' | 'captions'>,
  indices: Iterable<number>,
): Promise<Picture[]> {
  const {
    shape: [n, h, w, c],
    labels,
    classes,
    captions,
  } = dataset;
  const chosen = [...indices];
  for (const i of chosen) {
    const known = Number.isInteger(i) && i >= 0 && i < n;
    check(known, 'datasetPictures', `expected indices from 0 to ${n - 1}, got ${i}`);
  }
  const images = split(await imagesAt(dataset, Int32Array.from(chosen)), chosen.length);
  return Promise.all(
    chosen.map(async (i, place) => {
      const label = classes[labels[i]!] ?? captions?.[i];
      return {png: await pngOf(images[place]!, h, w, c), height: h, width: w, ...(label !== undefined && {label})};
    }),
  );
}

/** All images in one PNG, row by row with a white gap. */
export async function contactSheet(images: tf.Tensor, columns = 8): Promise<Buffer> {
  const all = await pictures(images);
  const [{height: h, width: w}] = all as [Picture];
  const scale = enlargement(h, w);
  const across = Math.min(columns, all.length);
  const pitch = {x: w * scale + SHEET_GAP, y: h * scale + SHEET_GAP};
  const sheet = {
    width: across * pitch.x - SHEET_GAP,
    height: Math.ceil(all.length / across) * pitch.y - SHEET_GAP,
    channels: 3 as const,
    background: 'white',
  };
  const placed = all.map(({png}, i) => ({
    input: Buffer.from(png.slice(png.indexOf(',') + 1), 'base64'),
    left: (i % across) * pitch.x,
    top: Math.floor(i / across) * pitch.y,
  }));
  const {default: sharp} = await import('sharp');
  return sharp({create: sheet}).composite(placed).png({palette: false, compressionLevel: 9}).toBuffer();
}

async function toBytes(images: tf.Tensor): Promise<Uint8Array> {
  const values = await images.data();
  const most = images.dtype === 'float32' ? 1 : 255;
  const slack = images.dtype === 'float32' ? 1e-3 : 0; // rounding of color operations
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const inRange = low >= -slack && high <= most + slack;
  const wanted = `${images.dtype} values from 0 to ${most}`;
  check(inRange, 'pictures', `expected ${wanted}, got ${low} to ${high}: undo the normalization first`);
  if (images.dtype !== 'float32') return Uint8Array.from(values);
  return Uint8Array.from(values, value => Math.round(255 * Math.min(1, Math.max(0, value))));
}

const split = (bytes: Uint8Array, n: number) =>
  Array.from({length: n}, (_, i) => bytes.subarray((i * bytes.length) / n, ((i + 1) * bytes.length) / n));
const enlargement = (h: number, w: number) => Math.max(1, Math.ceil(SHARP / Math.min(h, w)));

async function pngOf(pixels: Uint8Array, height: number, width: number, channels: number): Promise<string> {
  const {default: sharp} = await import('sharp');
  const scale = enlargement(height, width);
  const raw = {width, height, channels: channels as 1 | 3 | 4};
  const large = sharp(pixels, {raw}).resize(width * scale, height * scale, {kernel: 'nearest'});
  const buffer = await large.png({compressionLevel: 9}).toBuffer();
  return `data:image/png;base64,${buffer.toString('base64')}`;
}
