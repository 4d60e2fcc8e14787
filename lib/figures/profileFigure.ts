// Where the time of a training step goes: three columns, from the part of the step over the file to
// the operation, as high as the time that they take.

import {median, sum} from 'd3-array';
import {totals, type Profile, type ProfileRow} from '../analysis/profile';
import {check} from '../check';
import type {Figure, PlotlyObject} from './figure';
import {note} from './notes';
import {count, percent, sentences} from './texts';
import {axis, colors, layout, size, ticksAt} from './theme';
import {bars} from './traces';

export interface ProfileFigureOptions {
  /** What was trained: 'SimCLR, smallConv, batch 256'. */
  title: string;
}

/** Hues of the parts; a gradient has its part's, hatched. A part that is not here is gray. */
const hues: Record<string, string> = {
  views: colors.blue,
  backbone: colors.vermilion,
  heads: colors.amber,
  loss: colors.green,
  optimizer: colors.purple,
  health: colors.sky,
};
const GRAY = '#A8A8A8';

/** From top to bottom, as a step runs; what is not named comes last. */
const order = [
  'views',
  'method',
  'backbone',
  'heads',
  'loss',
  'gradient of loss',
  'gradient of heads',
  'gradient of backbone',
  'optimizer',
  'health',
  'variables',
];

const pixels = {
  top: 150,
  /** Of the columns. */
  height: 780,
  bottom: 40,
  /** A block of less has no room for its name. */
  label: 23,
} as const;

/** How much is left of a part's hue in each column. */
const tints = [0.62, 0.42, 0.26] as const;
const columnNames = ['part of the step', 'file', 'operation'];

/** A block of a column: its rows, and where it lies in milliseconds from the top. */
type Block = {name: string; part: string; count: number; start: number; milliseconds: number; path: string};

const isGradient = ({part}: Block) => part.startsWith('gradient');

/**
 * Blocks lie beside what they are a part of. What is too thin for a name is drawn together, under
 * the names of the largest; the rows keep all.
 *
 * @throws RangeError when there is no row.
 */
export function profileFigure(profile: Profile, {title}: ProfileFigureOptions): Figure {
  const {rows, untraced, traced, threads, device} = profile;
  check(rows.length > 0, 'profileFigure', 'expected at least one row, got none');
  const total = sum(rows, row => row.milliseconds);
  const least = (total * pixels.label) / pixels.height;
  const share = (milliseconds: number) => percent((100 * milliseconds) / total, milliseconds < total / 10 ? 1 : 0);
  const columns = levels(rows, least);
  const parts = totals(rows, row => row.part);
  const plain = median(untraced) ?? NaN;
  const tracing = median(traced) ?? NaN;
  const labels = columns.flatMap((blocks, column) =>
    blocks
      .filter(({milliseconds}) => milliseconds >= least)
      .map(block => label(block, column, block.milliseconds >= 2 * least ? share(block.milliseconds) : undefined)),
  );
  return {
    name: 'profile',
    data: columns.map((blocks, column) => blockTrace(blocks, column, share)),
    layout: layout({
      title: 'Where the time of a training step goes',
      subtitle:
        `${title}<br>${plain.toFixed(0)} ms a step (${tracing.toFixed(0)} traced) on ${count(threads, 'thread')}: ` +
        `${processor(device)}; hatched: gradients`,
      height: pixels.top + pixels.height + pixels.bottom,
      top: pixels.top,
      bottom: pixels.bottom,
      left: 100,
      right: 24,
      barmode: 'overlay',
      xaxis: axis({
        range: [-0.5, 2.5],
        side: 'top',
        ...ticksAt([0, 1, 2], columnNames),
        tickfont: {size: size.heading},
        ticks: '',
        showline: false,
        showgrid: false,
      }),
      yaxis: axis({range: [total, 0], tickformat: '~g', title: 'milliseconds of a traced step'}),
      annotations: labels,
    }),
    caption: sentences(
      `Time of a training step: ${title}. ${device}.`,
      `${plain.toFixed(1)} ms a step untraced, ${tracing.toFixed(1)} ms traced (medians of ${untraced.length} runs ` +
        'each, taking turns); drawn is a traced one, the mean of the middle half.',
      'Where operations run side by side, a moment is divided evenly among them.',
      `${parts.map(({name, milliseconds}) => `${name} ${milliseconds.toFixed(1)}`).join(', ')} ms.`,
    ),
    alt:
      'Blocks as high as their time. ' +
      `${parts
        .map(({name, milliseconds}) => `${name} ${milliseconds.toFixed(1)} ms (${share(milliseconds)})`)
        .join(', ')}, of ${total.toFixed(1)} ms.`,
    credits: [],
    runs: [],
    rows: [...rows]
      .sort((a, b) => b.milliseconds - a.milliseconds)
      .map(row => ({...row, share: row.milliseconds / total})),
  };
}

const blockTrace = (blocks: readonly Block[], column: number, share: (milliseconds: number) => string): PlotlyObject =>
  bars(
    undefined,
    blocks.map(() => column),
    blocks.map(({milliseconds}) => milliseconds),
    {
      base: blocks.map(({start}) => start),
      width: 0.98,
      color: blocks.map(({part}) => fill(part, column)),
      rim: {color: colors.paper, width: 1.5},
      pattern: {
        shape: blocks.map(block => (isGradient(block) ? '/' : '')),
        fgcolor: blocks.map(() => colors.paper),
        size: 14,
        solidity: 0.2,
        fillmode: 'overlay',
      },
      data: blocks.map(({path, count: operations, milliseconds}) => [path, operations, share(milliseconds)]),
      hover: '%{customdata[0]}<br>%{y:.2f} ms, %{customdata[2]}; %{customdata[1]} operations',
    },
  );

/** A block's name with its milliseconds; on two lines with its share, where one is given. */
function label(block: Block, column: number, share?: string): PlotlyObject {
  const {name, part, start, milliseconds} = block;
  const amount = `<b>${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)}</b>`;
  return note(share === undefined ? `${name}  ${amount}` : `${name}<br>  ${amount} ms, ${share}`, {
    on: {x: 'x', y: 'y'},
    x: column - 0.48,
    y: start + milliseconds / 2,
    anchor: 'left middle',
    align: 'left',
    rest: isGradient(block) ? {bgcolor: fill(part, column), borderpad: 0} : {},
  });
}

const fill = (part: string, column: number) => tint(hues[part.replace('gradient of ', '')] ?? GRAY, tints[column]!);

/** Blocks of each column. */
function levels(rows: readonly ProfileRow[], least: number): Block[][] {
  const columns: [(row: ProfileRow) => string, Block[]][] = [
    [row => row.part, []],
    [row => row.function, []],
    [row => row.operation, []],
  ];
  const fillFrom = (inside: readonly ProfileRow[], column: number, start: number, path: string[], outer?: string) => {
    const [of, blocks] = columns[column]!;
    const sums = merged(totals(inside, of), least);
    if (column === 0) sums.sort((a, b) => rank(a.names) - rank(b.names));
    let at = start;
    for (const {names, count: operations, milliseconds} of sums) {
      const name = together(names);
      const part = outer ?? name;
      const inner = [...path, name];
      blocks.push({name, part, count: operations, start: at, milliseconds, path: inner.join(' › ')});
      const own = inside.filter(row => names.includes(of(row)));
      if (column < columns.length - 1) fillFrom(own, column + 1, at, inner, part);
      at += milliseconds;
    }
  };
  fillFrom(rows, 0, 0, []);
  return columns.map(([, blocks]) => blocks);
}

/** As many of the names as a block is wide, and how many more. */
function together(names: string[]): string {
  const shown = names.slice(0, names.length > 1 && `${names[0]}, ${names[1]}`.length <= 20 ? 2 : 1);
  return shown.join(', ') + (names.length > shown.length ? ` + ${names.length - shown.length}` : '');
}

type Sum = {names: string[]; count: number; milliseconds: number};

/** Those too thin for a name as one, at the end. */
function merged(sums: readonly {name: string; count: number; milliseconds: number}[], least: number): Sum[] {
  const alone = sums
    .filter(({milliseconds}) => milliseconds >= least)
    .map(({name, ...rest}) => ({names: [name], ...rest}));
  const thin = sums.filter(({milliseconds}) => milliseconds < least);
  if (thin.length === 0) return alone;
  const rest = {
    names: thin.map(({name}) => name),
    count: sum(thin, one => one.count),
    milliseconds: sum(thin, one => one.milliseconds),
  };
  return [...alone, rest];
}

/** Of the blocks of the first column; what is merged comes last. */
function rank(names: readonly string[]): number {
  const place = names.length === 1 ? order.indexOf(names[0]!) : -1;
  return place < 0 ? order.length : place;
}

/** "AMD EPYC" of "CPU, 2 threads (AMD EPYC), TensorFlow …". */
const processor = (device: string) => device.match(/\((.*?)\),/)?.[1] ?? device;

/** A color with so much of it left, the rest white. */
function tint(color: string, share: number): string {
  const channel = (i: number) => 255 - share * (255 - parseInt(color.slice(i, i + 2), 16));
  const hex = [1, 3, 5].map(i => Math.round(channel(i)).toString(16).padStart(2, '0'));
  return `#${hex.join('')}`;
}
