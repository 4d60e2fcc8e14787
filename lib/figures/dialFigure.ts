// A dial of an augmentation, turned: each row an image, each column a value of the dial, all with
// the same key.

import {check} from '../check';
import {tf} from '../engine/tf';
import type {Figure} from './figure';
import {imageGrid} from './imageGrid';
import {sentences} from './texts';
import {pictures} from './pictures';

export interface DialFigureOptions {
  /** What is turned, with its unit: the name of the horizontal axis. */
  dial: string;
  title: string;
  /** What each image shows: names of the rows. */
  labels?: readonly string[];
  /** How a value is written above its column. @default String */
  format?(value: number): string;
  /** Whom to credit for the art. */
  credits?: readonly string[];
}

/**
 * @param values Settings of the dial, in the order of the columns.
 * @param views What the dial makes of the images at a value: [n, h, w, c] in [0, 1], the same n at
 * each. Its tensors are freed.
 * @throws RangeError when there is no value, or numbers of images differ.
 */
export async function dialFigure(
  values: readonly number[],
  views: (value: number) => tf.Tensor4D,
  {dial, title, labels, format = String, credits}: DialFigureOptions,
): Promise<Figure> {
  check(values.length > 0, 'dialFigure', 'expected at least one value of the dial, got none');
  const columns = await Promise.all(
    values.map(async value => {
      const images = tf.tidy(() => views(value));
      try {
        return await pictures(images);
      } finally {
        images.dispose();
      }
    }),
  );
  const sizes = columns.map(column => column.length);
  const [n = 0] = sizes;
  const even = sizes.every(size => size === n);
  check(even, 'dialFigure', `expected ${n} images at each value, got ${sizes}`);
  const names = values.map(format);
  return imageGrid(
    Array.from({length: n}, (_, i) => columns.map(column => column[i]!)),
    {
      title,
      subtitle: `columns: ${dial}; all else the same, the key too`,
      columns: names,
      rowNames: labels,
      credits,
      name: 'dial',
      caption: sentences(
        `${title}: each row shows one image, each column a setting of the dial ${dial}: ${names.join(', ')}.`,
        'All else is the same, the key too.',
      ),
    },
  );
}
