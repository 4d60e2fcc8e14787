// Shows one thing under a cell: a figure, images, a table.

import {figurePng} from '../figures/exportFigure';
import {figureText, type Figure, type Row} from '../figures/figure';
import {imageGrid} from '../figures/imageGrid';
import {contactSheet, pictures} from '../figures/pictures';
import type {tf} from '../engine/tf';
import {cellOutput, type Bundle, type Output} from './output';
import {isFrame, table, type Frame, type Table, type TableOptions} from './table';

/** For images. */
export interface ShowImagesOptions {
  /** What each image shows, under it. */
  captions?: readonly string[];
  /** Images in a row. @default 8 */
  columns?: number;
  /** @default none */
  title?: string;
  /** Whom to credit for the art. */
  credits?: readonly string[];
}

/**
 * Shows a figure with its caption; images [h, w, c] or [n, h, w, c] (float32 in [0, 1], or int32
 * from 0 to 255); rows, a danfojs frame or a {@link table} as a table.
 *
 * Write `await show(…)`. With SSL_FIGURE_PNG=1 in the environment a figure also carries a PNG, for
 * readers of the saved notebook that draw no plotly (GitHub). Outside a notebook what can be said
 * in text goes to the standard output.
 *
 * @throws TypeError when it is none of these.
 *
 * @example
 * ```ts
 * import {show, tf} from 'ssl-workbench';
 * await show(tf.randomUniform([4, 32, 32, 3]), {captions: ['a', 'b', 'c', 'd'], columns: 4});
 * await show([
 *   {method: 'simclr', knn: 0.7},
 *   {method: 'byol', knn: 0.72},
 * ]);
 * ```
 */
export function show(figure: Figure): Promise<void>;
export function show(images: tf.Tensor, options?: ShowImagesOptions): Promise<void>;
export function show(rows: Table | readonly Row[] | Frame, options?: TableOptions): Promise<void>;
export async function show(thing: unknown, options: ShowImagesOptions | TableOptions = {}): Promise<void> {
  const output = cellOutput();
  if (isFigure(thing)) return showFigure(output, thing);
  if (isTensor(thing)) {
    const {captions, columns, title, credits} = options as ShowImagesOptions;
    return captions || title || credits
      ? showFigure(output, imageGrid(inRows(await pictures(thing, captions), columns), {title: title ?? '', credits}))
      : showImages(output, thing, columns);
  }
  if (isTable(thing)) return showTable(output, thing);
  if (isFrame(thing) || isRows(thing)) return showTable(output, table(thing, options as TableOptions));
  throw new TypeError(`show: expected a figure, a tensor of images, rows, a data frame or a table, got ${kind(thing)}`);
}

/** @param id Of an earlier output of the cell, which the figure replaces. */
export async function showFigure(output: Output, figure: Figure, id?: string): Promise<void> {
  const [caption, ...rest] = figureText(figure) as [string, ...string[]];
  if (!output.rich) {
    output.write({'text/plain': `${figure.name}: ${figure.alt}\n${[caption, ...rest].join('\n')}`});
    return;
  }
  const {data, layout, frames, alt} = figure;
  const bundle: Bundle = {
    'application/vnd.plotly.v1+json': {data, layout, ...(frames && {frames}), config: {displaylogo: false}},
    'text/plain': alt,
  };
  if (process.env.SSL_FIGURE_PNG === '1')
    // JupyterLab's plotly shows it pixel by pixel until the mouse comes, whatever the metadata say
    bundle['image/png'] = (await figurePng(figure, {palette: true, scale: 1})).toString('base64');
  output.write(bundle, {id, metadata: {'image/png': {width: layout.width, height: layout.height}}});
  const paragraphs = [`<b>Figure.</b> ${escape(caption)}`, ...rest.map(line => `<small>${escape(line)}</small>`)];
  output.write({
    'text/html': paragraphs.map(text => `<p style="max-width:${layout.width}px">${text}</p>`).join('\n'),
    'text/plain': [`Figure. ${caption}`, ...rest].join('\n'),
  });
}

async function showImages(output: Output, images: tf.Tensor, columns?: number): Promise<void> {
  const [h, w] = images.shape.slice(-3);
  const n = images.shape.length === 4 ? images.shape[0] : 1;
  const png = await contactSheet(images, columns);
  output.write({
    'image/png': png.toString('base64'),
    'text/plain': `${n} image${n === 1 ? '' : 's'} of ${h} × ${w} pixels`,
  });
}

function showTable(output: Output, {html, text}: Table): void {
  output.write({'text/html': html, 'text/plain': text});
}

function inRows<T>(all: readonly T[], columns = 6): T[][] {
  return Array.from({length: Math.ceil(all.length / columns)}, (_, i) => all.slice(i * columns, (i + 1) * columns));
}

const record = (thing: unknown): thing is Record<string, unknown> => typeof thing === 'object' && thing !== null;
const isFigure = (thing: unknown): thing is Figure =>
  record(thing) && Array.isArray(thing.data) && record(thing.layout) && typeof thing.caption === 'string';
const isTensor = (thing: unknown): thing is tf.Tensor =>
  record(thing) && 'dataId' in thing && Array.isArray(thing.shape);
const isTable = (thing: unknown): thing is Table =>
  record(thing) && typeof thing.html === 'string' && typeof thing.text === 'string';
const isRows = (thing: unknown): thing is readonly Row[] => Array.isArray(thing) && thing.every(record);
const kind = (thing: unknown) => (record(thing) ? (thing.constructor?.name ?? 'an object') : typeof thing);
const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
