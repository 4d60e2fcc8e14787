// Images beside random views of them: what a method is asked to see through.

import {check} from '../check';
import type {Figure} from './figure';
import {imageGrid} from './imageGrid';
import type {Picture} from './pictures';
import {count} from './texts';

export interface ViewsFigureOptions {
  /** @default 'Views' */
  title?: string;
  /** Whom to credit for the art. */
  credits?: readonly string[];
}

/**
 * One row an image: the original, then its views.
 *
 * @param originals n pictures.
 * @param views By name, in the order of the columns: n pictures each, the i-th made of the i-th
 * original.
 * @throws RangeError when a list has not n pictures.
 */
export function viewsFigure(
  originals: readonly Picture[],
  views: Readonly<Record<string, readonly Picture[]>>,
  {title = 'Views', credits}: ViewsFigureOptions = {},
): Figure {
  const n = originals.length;
  const all = Object.entries(views);
  for (const [name, {length}] of all) {
    check(length === n, 'viewsFigure', `expected ${n} pictures of "${name}", one for each original, got ${length}`);
  }
  const names = all.map(([name]) => name);
  const unlabeled = ({label: _, ...picture}: Picture) => picture;
  const rows = originals.map((original, i) => [original, ...all.map(([, pictures]) => pictures[i]!)].map(unlabeled));
  return imageGrid(rows, {
    title,
    credits,
    columns: ['original', ...names],
    subtitle: `${count(n, 'image')}, ${count(names.length, 'view')} each`,
    name: 'views',
    ...(originals.every(({label}) => label !== undefined) && {rowNames: originals.map(({label}) => label!)}),
    caption: `${title}: each row shows an image and what was made of it (${names.join(', ')}).`,
  });
}
