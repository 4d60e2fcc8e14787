// Where a class token looks: an image a row, beside it the map of each head, of one network or of
// several. Caron et al. 2021, "Emerging Properties in Self-Supervised Vision Transformers" (DINO),
// arXiv:2104.14294, fig. 1 and 3.

import {sum} from 'd3-array';
import {check} from '../check';
import type {Figure} from './figure';
import {imageGrid} from './imageGrid';
import type {Picture} from './pictures';
import {sentences} from './texts';

export interface AttentionFigureOptions {
  /** @default 'Attention of the class token' */
  title?: string;
  /**
   * How many of the maps belong to which network, in their order: {untrained: 2, MAE: 2}.
   * @default one network, which
   * needs no name
   */
  networks?: Readonly<Record<string, number>>;
  /**
   * What stands under each map, for subtitle and caption: 'share of the attention on the drawing'.
   * @default nothing
   */
  labels?: string;
  /** Whom to credit for the images. */
  credits?: readonly string[];
}

/**
 * @param images n images.
 * @param maps [n][heads] as `attentionPictures` makes them: those of one image have one scale. Of
 * several networks the maps of an image come one after the other, put together before they were
 * drawn.
 * @throws RangeError when there is no image, or numbers of images, maps and heads differ.
 */
export function attentionFigure(
  images: readonly Picture[],
  maps: readonly (readonly Picture[])[],
  options: AttentionFigureOptions = {},
): Figure {
  const {title = 'Attention of the class token', networks, labels, credits} = options;
  const heads = maps[0]?.length ?? 0;
  const even = images.length === maps.length && maps.every(row => row.length === heads && heads > 0);
  const got = maps.map(row => row.length).join(', ') || 'none';
  check(
    images.length > 0 && even,
    'attentionFigure',
    `expected as many maps of each of ${images.length} images, got ${got}`,
  );
  const counts = Object.entries(networks ?? {});
  const all = sum(counts, ([, count]) => count);
  const fit = networks === undefined || all === heads;
  check(fit, 'attentionFigure', `expected networks with ${heads} maps in all, got ${all}`);
  const named = counts.flatMap(([name, count]) => numbered(count, head => (count > 1 ? `${name}, ${head}` : name)));
  const names = networks === undefined ? numbered(heads, head => `head ${head}`) : named;
  const known = images.every(({label}) => label !== undefined);
  return imageGrid(
    images.map(({label: _, ...image}, i) => [image, ...maps[i]!]),
    {
      title,
      credits,
      columns: ['image', ...names],
      name: 'attention',
      ...(known && {rowNames: images.map(({label}) => label!)}),
      subtitle:
        'last block; darker: more; one scale for the maps of an image' +
        (labels === undefined ? '' : `<br>under each map: ${labels}`),
      caption: sentences(
        `${title}: how much of each head's attention in the last block lies on each patch.`,
        'White is none, the darkest blue the largest value among all maps of that image, so that heads' +
          `${counts.length > 1 ? ' and networks' : ''} compare within a row and not between rows.`,
        labels !== undefined && `Under each map: ${labels}.`,
      ),
    },
  );
}

/** Names from 1 to n. */
const numbered = (n: number, name: (nth: number) => string): string[] => Array.from({length: n}, (_, i) => name(i + 1));
