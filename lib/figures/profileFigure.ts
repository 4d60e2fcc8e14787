// Where the time of a training step goes: three columns, from the part of the step over the file to the operation, as high as the time that they take.

import {median} from '../analysis/median';
import {check} from '../check';
import {totals, type Profile, type ProfileRow} from '../analysis/profile';
import type {Figure, PlotlyObject} from './figure';
import {axis, colors, layout, size} from './theme';

export interface ProfileFigureOptions {
  /** What was trained: 'SimCLR, smallConv, batch 256'. */
  title: string;
}

/** Hues of the parts; a gradient has its part's, hatched. A part that is not here is gray. */
const hues: Record<string, string> = {views: colors.blue, backbone: colors.vermilion, heads: colors.amber, loss: colors.green, optimizer: colors.purple, health: colors.sky};
const GRAY = '#A8A8A8';

/** From top to bottom, as a step runs; what is not named comes last. */
const order = ['views', 'method', 'backbone', 'heads', 'loss', 'gradient of loss', 'gradient of heads', 'gradient of backbone', 'optimizer', 'health', 'variables'];

const [TOP, HEIGHT, BOTTOM, LABEL] = [150, 780, 40, 23];   // pixels; a block of less than LABEL has no room for its name

/** A block of a column: its rows, and where it lies in milliseconds from the top. */
type Block = {name: string; part: string; count: number; start: number; milliseconds: number; path: string};

/**
 * Blocks lie beside what they are a part of. What is too thin for a name is drawn together, under the names of the largest; the rows keep all.
 *
 * @throws RangeError when there is no row.
 */
export function profileFigure({rows, untraced, traced, threads, device}: Profile, {title}: ProfileFigureOptions): Figure {
  check(rows.length > 0, 'profileFigure', 'expected at least one row, got none');
  const total = rows.reduce((sum, row) => sum + row.milliseconds, 0);
  const least = total * LABEL / HEIGHT;
  const columns = levels(rows, least);
  const share = (milliseconds: number) => `${(100 * milliseconds / total).toFixed(milliseconds < total / 10 ? 1 : 0)} %`;
  const all = totals(rows, row => row.part);
  const [plain, tracing] = [median(untraced), median(traced)];
  const traces = columns.map((blocks, column): PlotlyObject => ({
    type: 'bar', x: blocks.map(() => column), base: blocks.map(({start}) => start), y: blocks.map(({milliseconds}) => milliseconds), width: 0.98,
    marker: {
      color: blocks.map(({part}) => fill(part, column)), line: {color: colors.paper, width: 1.5},
      pattern: {shape: blocks.map(({part}) => (part.startsWith('gradient') ? '/' : '')), fgcolor: blocks.map(() => colors.paper), size: 14, solidity: 0.2, fillmode: 'overlay'},
    },
    customdata: blocks.map(({path, count, milliseconds}) => [path, count, share(milliseconds)]),
    hovertemplate: '%{customdata[0]}<br>%{y:.2f} ms, %{customdata[2]}; %{customdata[1]} operations<extra></extra>',
  }));
  const named = columns.flatMap((blocks, column) => blocks.filter(({milliseconds}) => milliseconds >= least).map(block => ({...block, column})));
  const text = ({name, milliseconds}: Block) => {
    const amount = `<b>${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)}</b>`;
    return milliseconds < 2 * least ? `${name}  ${amount}` : `${name}<br>  ${amount} ms, ${share(milliseconds)}`;
  };
  const height = TOP + HEIGHT + BOTTOM;
  return {
    name: 'profile',
    data: traces,
    layout: layout({
      title: 'Where the time of a training step goes', subtitle: `${title}<br>${plain.toFixed(0)} ms a step (${tracing.toFixed(0)} traced) on ${threads} thread${threads === 1 ? '' : 's'}: ${processor(device)}; hatched: gradients`,
      height, top: TOP, bottom: BOTTOM, left: 100, right: 24, barmode: 'overlay',
      xaxis: axis({range: [-0.5, 2.5], side: 'top', tickmode: 'array', tickvals: [0, 1, 2], ticktext: ['part of the step', 'file', 'operation'], tickfont: {size: size.heading}, ticks: '', showline: false, showgrid: false}),
      yaxis: axis({range: [total, 0], tickformat: '~g', title: {text: 'milliseconds of a traced step', font: {size: size.heading}, standoff: 12}}),
      annotations: named.map(block => ({text: text(block), x: block.column - 0.48, y: block.start + block.milliseconds / 2, xref: 'x', yref: 'y', xanchor: 'left', yanchor: 'middle', showarrow: false, font: {size: size.small}, align: 'left',
        ...(block.part.startsWith('gradient') && {bgcolor: fill(block.part, block.column), borderpad: 0})})),
    }),
    caption: `Time of a training step: ${title}. ${device}. ${plain.toFixed(1)} ms a step untraced, ${tracing.toFixed(1)} ms traced (medians of ${untraced.length} runs each, taking turns); drawn is a traced one, the mean of the middle half. `
      + `Where operations run side by side, a moment is divided evenly among them. ${all.map(({name, milliseconds}) => `${name} ${milliseconds.toFixed(1)}`).join(', ')} ms.`,
    alt: `Blocks as high as their time. ${all.map(({name, milliseconds}) => `${name} ${milliseconds.toFixed(1)} ms (${share(milliseconds)})`).join(', ')}, of ${total.toFixed(1)} ms.`,
    credits: [],
    runs: [],
    rows: [...rows].sort((a, b) => b.milliseconds - a.milliseconds).map(row => ({...row, share: row.milliseconds / total})),
  };
}

const fill = (part: string, column: number) => tint(hues[part.replace('gradient of ', '')] ?? GRAY, [0.62, 0.42, 0.26][column]!);

/** Blocks of each column. */
function levels(rows: readonly ProfileRow[], least: number): Block[][] {
  const columns: Block[][] = [[], [], []];
  const fillFrom = (inside: readonly ProfileRow[], column: number, start: number, path: string[], outer?: string) => {
    const of = (row: ProfileRow) => [row.part, row.function, row.operation][column]!;
    let at = start;
    for (const {names, count, milliseconds} of merged(totals(inside, of), least).sort((a, b) => (column === 0 ? rank(a.names) - rank(b.names) : 0))) {
      const name = together(names);
      const part = outer ?? name;
      columns[column]!.push({name, part, count, start: at, milliseconds, path: [...path, name].join(' › ')});
      if (column < 2) fillFrom(inside.filter(row => names.includes(of(row))), column + 1, at, [...path, name], part);
      at += milliseconds;
    }
  };
  fillFrom(rows, 0, 0, []);
  return columns;
}

/** As many of the names as a block is wide, and how many more. */
function together(names: string[]): string {
  const shown = names.slice(0, names.length > 1 && `${names[0]}, ${names[1]}`.length <= 20 ? 2 : 1);
  return shown.join(', ') + (names.length > shown.length ? ` + ${names.length - shown.length}` : '');
}

type Sum = {names: string[]; count: number; milliseconds: number};

/** Those too thin for a name as one, at the end. */
function merged(sums: {name: string; count: number; milliseconds: number}[], least: number): Sum[] {
  const [wide, thin] = [true, false].map(wanted => sums.filter(({milliseconds}) => milliseconds >= least === wanted)) as [typeof sums, typeof sums];
  const add = (of: (sum: (typeof sums)[number]) => number) => thin.reduce((sum, one) => sum + of(one), 0);
  return [...wide.map(({name, ...sum}) => ({names: [name], ...sum})), ...(thin.length ? [{names: thin.map(({name}) => name), count: add(({count}) => count), milliseconds: add(({milliseconds}) => milliseconds)}] : [])];
}

/** Of the blocks of the first column; what is merged comes last. */
const rank = (names: string[]) => (names.length === 1 && order.includes(names[0]!) ? order.indexOf(names[0]!) : order.length);

/** "AMD EPYC" of "CPU, 2 threads (AMD EPYC), TensorFlow …". */
const processor = (device: string) => device.match(/\((.*?)\),/)?.[1] ?? device;

/** A color with so much of it left, the rest white. */
function tint(color: string, share: number): string {
  const channel = (i: number) => Math.round(255 - share * (255 - parseInt(color.slice(i, i + 2), 16))).toString(16).padStart(2, '0');
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}
