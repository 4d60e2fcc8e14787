// Pictures in rows and columns, each with what it shows under it: views of images, nearest neighbors, anything that is looked at.

import {check} from '../check';
import type {Figure, PlotlyObject, Row} from './figure';
import type {Picture} from './pictures';
import {colors, layout, size, width, wrap} from './theme';

/** A picture in a grid. */
export type GridCell = Picture & {
  /** A solid frame, or a dotted one and ≠ before the label: right is told from wrong without color alone. */
  verdict?: 'right' | 'wrong';
};

export interface ImageGridOptions {
  title: string;
  /** @default '<n> pictures' */
  subtitle?: string;
  /** Above each column. */
  columns?: readonly string[];
  /** Left of each row. */
  rowNames?: readonly string[];
  /** Whom to credit for the art; drawn under the grid. */
  credits?: readonly string[];
  /** @default title and size of the grid */
  caption?: string;
  /** Short, without blanks. @default 'images' */
  name?: string;
}

const verdicts = {right: {sign: '', color: colors.blue, dash: 'solid'}, wrong: {sign: '≠ ', color: colors.vermilion, dash: 'dot'}} as const;

/** Pixels: between pictures, for a line of the label under one, above the columns, for a line of credits, round the whole (frames stand out). */
const [GAP, LINE, HEADER, CREDIT, RIM] = [20, 23, 34, 22, 8];
/** Width of a character as a share of its height, on average; and in short labels with many wide ones (mammal), which must not run into each other. */
const [ASPECT, WIDE] = [0.54, 0.6];

/**
 * @param cells One list of pictures a row; rows may differ in length.
 * @throws RangeError when there is no picture, or names that do not fit the rows or columns.
 */
export function imageGrid(cells: readonly (readonly GridCell[])[], {title, subtitle, columns, rowNames, credits = [], caption, name = 'images'}: ImageGridOptions): Figure {
  const across = Math.max(0, ...cells.map(row => row.length));
  const n = cells.reduce((sum, row) => sum + row.length, 0);
  check(n > 0, 'imageGrid', 'expected at least one picture, got none');
  check(columns === undefined || columns.length === across, 'imageGrid', `expected ${across} column names, got ${columns?.length}`);
  check(rowNames === undefined || rowNames.length === cells.length, 'imageGrid', `expected ${cells.length} row names, got ${rowNames?.length}`);
  const sideNames = rowNames?.map(row => wrap(row, 16, 3));
  const left = RIM + 20 + (sideNames ? Math.ceil(Math.max(...sideNames.flat().map(line => line.length)) * size.text * ASPECT) + 16 : 0);
  const side = Math.min(150, Math.floor((width - left - 28 - GAP * (across - 1)) / across));   // of the square each picture has
  const text = ({label = '', verdict}: GridCell) => `${verdict ? verdicts[verdict].sign : ''}${label}`;
  const lines = (cell: GridCell) => (text(cell) ? wrap(text(cell), Math.floor((side + GAP / 2) / (size.small * WIDE)), 2) : []);
  const pitch = side + GAP + LINE * Math.max(...cells.flatMap(row => row.map(cell => lines(cell).length)));
  const [gridWidth, gridHeight] = [across * (side + GAP) - GAP, cells.length * pitch - GAP];
  const wide = Math.max(left + gridWidth + 28, 640);
  const credit = credits.length ? wrap(`Images: ${credits.join('; ')}`, Math.floor((wide - 48) / (16 * ASPECT))) : [];
  const [top, bottom] = [108 + RIM + (columns ? HEADER : 0), 24 + RIM + CREDIT * credit.length];

  // One axis unit is one pixel; y runs down.
  const placed = cells.flatMap((row, r) => row.map((cell, c) => {
    const scale = side / Math.max(cell.width, cell.height);
    return {cell, x: c * (side + GAP) + side / 2, y: r * pitch + side / 2, w: cell.width * scale, h: cell.height * scale};
  }));
  const note = (rest: PlotlyObject): PlotlyObject => ({showarrow: false, xref: 'x', yref: 'y', ...rest});
  return {
    name,
    data: [{type: 'scatter', mode: 'markers', x: placed.map(({x}) => x), y: placed.map(({y}) => y), text: placed.map(({cell}) => text(cell)), marker: {size: side / 2, opacity: 0}, hovertemplate: '%{text}<extra></extra>'}],
    layout: {
      ...layout({
        title, subtitle: subtitle ?? `${n} picture${n === 1 ? '' : 's'}`, height: top + gridHeight + bottom, top: top - RIM, bottom: bottom - RIM, left: left - RIM, right: wide - left - gridWidth - RIM,
        xaxis: {visible: false, range: [-RIM, gridWidth + RIM], domain: [0, 1], fixedrange: true}, yaxis: {visible: false, range: [gridHeight + RIM, -RIM], domain: [0, 1], fixedrange: true},
        images: placed.map(({cell, x, y, w, h}) => ({source: cell.png, xref: 'x', yref: 'y', x: x - w / 2, y: y - h / 2, sizex: w, sizey: h, sizing: 'stretch', layer: 'below'})),
        shapes: placed.flatMap(({cell, x, y, w, h}) => (cell.verdict ? [{type: 'rect', xref: 'x', yref: 'y', x0: x - w / 2 - 3, x1: x + w / 2 + 3, y0: y - h / 2 - 3, y1: y + h / 2 + 3,
          line: {color: verdicts[cell.verdict].color, width: 4, dash: verdicts[cell.verdict].dash}}] : [])),
        annotations: [
          ...placed.filter(({cell}) => text(cell)).map(({cell, x, y}) => note({text: lines(cell).map(escape).join('<br>'), x, y: y + side / 2, yanchor: 'top', yshift: -3, font: {size: size.small}})),
          ...(columns ?? []).map((column, c) => note({text: escape(column), x: c * (side + GAP) + side / 2, y: 0, yanchor: 'bottom', yshift: 4, font: {size: size.text}})),
          ...(sideNames ?? []).map((row, r) => note({text: row.map(escape).join('<br>'), x: 0, y: r * pitch + side / 2, xanchor: 'right', xshift: -14, align: 'right', font: {size: size.text}})),
          ...(credit.length ? [note({text: credit.map(escape).join('<br>'), xref: 'paper', yref: 'paper', x: 0, y: 0, xanchor: 'left', yanchor: 'top', align: 'left', xshift: 24 - left, yshift: -8, font: {size: 16, color: colors.quiet}})] : []),
        ],
      }),
      width: wide,
    },
    caption: caption ?? `${title}. ${n} pictures in ${cells.length} row${cells.length === 1 ? '' : 's'}.`,
    alt: `Grid of ${n} pictures. ${cells.map((row, r) => `${rowNames?.[r] ?? `Row ${r + 1}`}: ${row.map((cell, c) => [columns?.[c], text(cell)].filter(Boolean).join(' ') || 'picture').join(', ')}`).join('; ')}.`,
    credits: [...credits],
    runs: [],
    rows: cells.flatMap((row, r) => row.map((cell, c): Row => ({row: rowNames?.[r] ?? r + 1, column: columns?.[c] ?? c + 1, label: cell.label, ...(cell.verdict && {verdict: cell.verdict})}))),
  };
}

/** plotly reads some tags in its texts. */
const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
