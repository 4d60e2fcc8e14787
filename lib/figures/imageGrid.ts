// Pictures in rows and columns, each with what it shows under it: views of images, nearest
// neighbors, anything that is looked at.

import {sum} from 'd3-array';
import {check} from '../check';
import type {Figure, PlotlyObject, Row} from './figure';
import {note, paper, quietNote} from './notes';
import type {Picture} from './pictures';
import {count} from './texts';
import {colors, layout, size, width, wrap} from './theme';
import {points} from './traces';

/** A picture in a grid. */
export type GridCell = Picture & {
  /**
   * A solid frame, or a dotted one and ≠ before the label: right is told from wrong without color
   * alone.
   */
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

const verdicts = {
  right: {sign: '', color: colors.blue, dash: 'solid'},
  wrong: {sign: '≠ ', color: colors.vermilion, dash: 'dot'},
} as const;

const pixels = {
  /** Between pictures. */
  gap: 20,
  /** A line of the label under a picture. */
  line: 23,
  /** Above the columns. */
  header: 34,
  /** A line of credits. */
  credit: 22,
  /** Round the whole: frames stand out. */
  rim: 8,
  /** Of the square that a picture has at most. */
  picture: 150,
} as const;
/** Type size of the credits. */
const CREDIT_SIZE = 16;
/** Width of a character as a share of its height, on average. */
const ASPECT = 0.54;
/** The same in short labels with many wide ones (mammal), which must not run into each other. */
const WIDE = 0.6;

/** What stands under a picture. */
const labelOf = ({label = '', verdict}: GridCell) => `${verdict ? verdicts[verdict].sign : ''}${label}`;

/** A picture in its place. One axis unit is one pixel; y runs down. */
type PlacedCell = {cell: GridCell; x: number; y: number; w: number; h: number};

/**
 * @param cells One list of pictures a row; rows may differ in length.
 * @throws RangeError when there is no picture, or names that do not fit the rows or columns.
 */
export function imageGrid(cells: readonly (readonly GridCell[])[], options: ImageGridOptions): Figure {
  const {title, subtitle, columns, rowNames, credits = [], caption, name = 'images'} = options;
  const across = Math.max(0, ...cells.map(row => row.length));
  const n = sum(cells, row => row.length);
  check(n > 0, 'imageGrid', 'expected at least one picture, got none');
  const fit = columns === undefined || columns.length === across;
  check(fit, 'imageGrid', `expected ${across} column names, got ${columns?.length}`);
  const rowsFit = rowNames === undefined || rowNames.length === cells.length;
  check(rowsFit, 'imageGrid', `expected ${cells.length} row names, got ${rowNames?.length}`);

  const {gap, rim} = pixels;
  const sideNames = rowNames?.map(row => wrap(row, 16, 3)) ?? [];
  const longest = Math.max(0, ...sideNames.flat().map(line => line.length));
  const left = rim + 20 + (sideNames.length ? Math.ceil(longest * size.text * ASPECT) + 16 : 0);
  const side = Math.min(pixels.picture, Math.floor((width - left - 28 - gap * (across - 1)) / across));
  const perLine = Math.floor((side + gap / 2) / (size.small * WIDE));
  const lines = (cell: GridCell) => (labelOf(cell) ? wrap(labelOf(cell), perLine, 2) : []);
  const pitch = side + gap + pixels.line * Math.max(...cells.flat().map(cell => lines(cell).length));
  const grid = {width: across * (side + gap) - gap, height: cells.length * pitch - gap};
  const wide = Math.max(left + grid.width + 28, 640);
  const credit = credits.length
    ? wrap(`Images: ${credits.join('; ')}`, Math.floor((wide - 48) / (CREDIT_SIZE * ASPECT)))
    : [];
  const top = 108 + rim + (columns ? pixels.header : 0);
  const bottom = 24 + rim + pixels.credit * credit.length;

  const placed = cells.flatMap((row, r) =>
    row.map((cell, c): PlacedCell => {
      const scale = side / Math.max(cell.width, cell.height);
      const middle = {x: c * (side + gap) + side / 2, y: r * pitch + side / 2};
      return {cell, ...middle, w: cell.width * scale, h: cell.height * scale};
    }),
  );
  const on = {x: 'x', y: 'y'};
  const labels = placed
    .filter(({cell}) => labelOf(cell))
    .map(({cell, x, y}) => note(html(lines(cell)), {on, x, y: y + side / 2, anchor: ' top', shift: {y: -3}}));
  const above = (columns ?? []).map((column, c) => {
    const place = {x: c * (side + gap) + side / 2, y: 0};
    return note(html([column]), {on, ...place, anchor: ' bottom', shift: {y: 4}, fontSize: size.text});
  });
  const beside = sideNames.map((row, r) => {
    const place = {x: 0, y: r * pitch + side / 2, anchor: 'right', shift: {x: -14}};
    return note(html(row), {on, ...place, align: 'right', fontSize: size.text});
  });
  const below = quietNote(html(credit), {
    on: paper,
    x: 0,
    y: 0,
    anchor: 'left top',
    align: 'left',
    shift: {x: 24 - left, y: -8},
    fontSize: CREDIT_SIZE,
  });
  const nameOf = (r: number) => rowNames?.[r] ?? `Row ${r + 1}`;
  const told = (cell: GridCell, c: number) => [columns?.[c], labelOf(cell)].filter(Boolean).join(' ') || 'picture';
  return {
    name,
    data: [
      points(
        undefined,
        placed.map(({x}) => x),
        placed.map(({y}) => y),
        {
          size: side / 2,
          opacity: 0,
          text: placed.map(({cell}) => labelOf(cell)),
          hover: '%{text}',
        },
      ),
    ],
    layout: {
      ...layout({
        title,
        subtitle: subtitle ?? count(n, 'picture'),
        height: top + grid.height + bottom,
        top: top - rim,
        bottom: bottom - rim,
        left: left - rim,
        right: wide - left - grid.width - rim,
        xaxis: {visible: false, range: [-rim, grid.width + rim], domain: [0, 1], fixedrange: true},
        yaxis: {visible: false, range: [grid.height + rim, -rim], domain: [0, 1], fixedrange: true},
        images: placed.map(image),
        shapes: placed.flatMap(frame),
        annotations: [...labels, ...above, ...beside, ...(credit.length ? [below] : [])],
      }),
      width: wide,
    },
    caption: caption ?? `${title}. ${n} pictures in ${count(cells.length, 'row')}.`,
    alt: `Grid of ${n} pictures. ${cells.map((row, r) => `${nameOf(r)}: ${row.map(told).join(', ')}`).join('; ')}.`,
    credits: [...credits],
    runs: [],
    rows: cells.flatMap((row, r) =>
      row.map(({label, verdict}, c): Row => ({
        row: rowNames?.[r] ?? r + 1,
        column: columns?.[c] ?? c + 1,
        label,
        ...(verdict && {verdict}),
      })),
    ),
  };
}

const image = ({cell, x, y, w, h}: PlacedCell): PlotlyObject => ({
  source: cell.png,
  xref: 'x',
  yref: 'y',
  x: x - w / 2,
  y: y - h / 2,
  sizex: w,
  sizey: h,
  sizing: 'stretch',
  layer: 'below',
});

/** Round a picture that is right or wrong. */
function frame({cell: {verdict}, x, y, w, h}: PlacedCell): PlotlyObject[] {
  if (verdict === undefined) return [];
  const {color, dash} = verdicts[verdict];
  const ends = {x0: x - w / 2 - 3, x1: x + w / 2 + 3, y0: y - h / 2 - 3, y1: y + h / 2 + 3};
  return [{type: 'rect', xref: 'x', yref: 'y', ...ends, line: {color, width: 4, dash}}];
}

/** Lines for plotly, which reads some tags in its texts. */
const html = (lines: readonly string[]): string =>
  lines.map(line => line.replaceAll('&', '&amp;').replaceAll('<', '&lt;')).join('<br>');
