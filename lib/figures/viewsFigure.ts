// Images beside random views of them: what a method is asked to see through.

import {check} from '../check';
import type {Figure} from './figure';
import {imageGrid} from './imageGrid';
import type {Picture} from './pictures';

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
 * @param views By name, in the order of the columns: n pictures each, the i-th made of the i-th original.
 * @throws RangeError when a list has not n pictures.
 */
export function viewsFigure(originals: readonly Picture[], views: Readonly<Record<string, readonly Picture[]>>, {title = 'Views', credits}: ViewsFigureOptions = {}): Figure {
  const names = Object.keys(views);
  for (const name of names) check(views[name]!.length === originals.length, 'viewsFigure', `expected ${originals.length} pictures of "${name}", one for each original, got ${views[name]!.length}`);
  const unlabeled = ({label: _, ...picture}: Picture) => picture;
  return imageGrid(originals.map((original, i) => [unlabeled(original), ...names.map(name => unlabeled(views[name]![i]!))]), {
    title, credits, columns: ['original', ...names], subtitle: `${originals.length} image${originals.length === 1 ? '' : 's'}, ${names.length} view${names.length === 1 ? '' : 's'} each`, name: 'views',
    ...(originals.every(({label}) => label !== undefined) && {rowNames: originals.map(({label}) => label!)}),
    caption: `${title}: each row shows an image and what was made of it (${names.join(', ')}).`,
  });
}
