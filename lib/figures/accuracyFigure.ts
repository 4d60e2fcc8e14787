// Accuracies side by side: methods, settings, before and after, each with its seeds.

import {groups} from 'd3-array';
import {meanInterval, type MeanInterval} from '../analysis/meanInterval';
import {check} from '../check';
import type {Figure, PlotlyObject} from './figure';
import {note} from './notes';
import {capital, percent, sentences, spanOf} from './texts';
import {axis, colors, layout, size, width} from './theme';
import {bars, errorBars, points} from './traces';

/** One accuracy of one run. */
export type AccuracyRow = {
  /** What is compared: the name of the bar. */
  name: string;
  /** Share 0 to 1. */
  accuracy: number;
  seed: number | null;
  /** Kept apart in color and hatching: not trained. */
  baseline?: boolean;
  run?: string;
};

export interface AccuracyFigureOptions {
  title: string;
  /** How it was measured, in words and numbers: names the axis. */
  protocol: string;
}

/** Pixels of a bar with the room round it. */
const BAR = 52;
/** Pixels above and below the bars. */
const margins = {top: 112, bottom: 84} as const;
/** Of a bar that was not trained. */
const GRAY = '#C9C9C9';

/** A bar with its runs. */
type Bar = MeanInterval & {name: string; baseline: boolean};

/**
 * One lying bar a name, in the order of the rows: mean, 95 % t-interval over seeds, every seed a
 * point.
 *
 * @throws RangeError when there is no row.
 */
export function accuracyFigure(rows: readonly AccuracyRow[], {title, protocol}: AccuracyFigureOptions): Figure {
  check(rows.length > 0, 'accuracyFigure', 'expected at least one row, got none');
  const all = groups(rows, row => row.name).map(([name, group]): Bar => ({
    name,
    baseline: group.some(row => row.baseline),
    ...meanInterval(group.map(row => 100 * row.accuracy)),
  }));
  const names = all.map(bar => bar.name);
  const several = all.filter(({n}) => n > 1);
  const single = all.filter(({n}) => n === 1); // has no interval
  const seeds = rows.filter(row => several.some(({name}) => name === row.name));
  const left = Math.min(380, 40 + Math.max(...names.map(name => name.length)) * size.text * 0.56);
  const [, most] = spanOf([...rows.map(row => 100 * row.accuracy), ...all.map(({high}) => high)]);
  const spread = several.length
    ? 'mean and 95 % t-interval over seeds (how many: in brackets); every seed a point'
    : 'one run each: no spread known';
  const valueText = ({name, mean, n}: Bar) =>
    note(`${percent(mean)}${n > 1 ? ` (${n})` : ''}`, {
      on: {x: 'paper', y: 'y'},
      x: 1,
      y: name,
      anchor: 'left',
      shift: {x: 10},
      fontSize: size.text,
    });
  return {
    name: 'accuracies',
    data: [...[several, single].filter(some => some.length).map(barsOf), ...(seeds.length ? [seedRings(seeds)] : [])],
    layout: layout({
      title,
      subtitle: spread,
      height: margins.top + margins.bottom + BAR * all.length,
      ...margins,
      left,
      right: 130,
      barmode: 'overlay',
      xaxis: axis({range: [0, Math.min(100, most * 1.06)], nticks: 8, title: 'accuracy on the test split (%)'}),
      yaxis: axis({
        type: 'category',
        autorange: 'reversed',
        categoryorder: 'array',
        categoryarray: names,
        showgrid: false,
        ticks: '',
        tickfont: {size: size.text},
      }),
      annotations: all.map(valueText),
      width,
    }),
    caption: sentences(
      `${title}. ${protocol}. ${capital(spread)}.`,
      all.some(({baseline}) => baseline) && 'Hatched: baselines, not trained.',
    ),
    alt: `Bars of accuracy: ${all.map(barText).join(', ')}.`,
    credits: [],
    runs: rows.flatMap(({run}) => run ?? []),
    rows: rows.map(row => ({...row, protocol})),
  };
}

/** "SimCLR 43.3 % (39.5 to 47.1, n = 3)". */
function barText({name, mean, low, high, n}: Bar): string {
  const interval = n > 1 ? ` (${low.toFixed(1)} to ${high.toFixed(1)}, n = ${n})` : '';
  return `${name} ${percent(mean)}${interval}`;
}

const barsOf = (some: readonly Bar[]): PlotlyObject =>
  bars(
    undefined,
    some.map(({mean}) => mean),
    some.map(({name}) => name),
    {
      lying: true,
      width: 0.62,
      color: some.map(({baseline}) => (baseline ? GRAY : colors.sky)),
      rim: {color: colors.quiet, width: 1},
      pattern: {
        shape: some.map(({baseline}) => (baseline ? '/' : '')),
        fgcolor: colors.quiet,
        size: 9,
        solidity: 0.18,
      },
      errorX: some.some(({n}) => n > 1) ? errorBars(some, {color: colors.text, width: 8}) : undefined,
      hover: '%{y}: %{x:.1f} %',
    },
  );

const seedRings = (rows: readonly AccuracyRow[]): PlotlyObject =>
  points(
    undefined,
    rows.map(row => 100 * row.accuracy),
    rows.map(row => row.name),
    {
      symbol: 'circle',
      color: colors.paper,
      size: 10,
      rim: {color: colors.blue, width: 2.5},
      data: rows.map(row => [row.seed]),
      hover: '%{y}, seed %{customdata[0]}: %{x:.1f} %',
    },
  );
