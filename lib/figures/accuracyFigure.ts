// Accuracies side by side: methods, settings, before and after, each with its seeds.

import {meanInterval} from '../analysis/meanInterval';
import {check} from '../check';
import type {Figure, PlotlyObject} from './figure';
import {grouped} from './grouped';
import {axis, colors, layout, size, width} from './theme';

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

const BAR = 52;

/**
 * One lying bar a name, in the order of the rows: mean, 95 % t-interval over seeds, every seed a point.
 *
 * @throws RangeError when there is no row.
 */
export function accuracyFigure(rows: readonly AccuracyRow[], {title, protocol}: AccuracyFigureOptions): Figure {
  check(rows.length > 0, 'accuracyFigure', 'expected at least one row, got none');
  const bars = [...grouped(rows, row => row.name)].map(([name, group]) => ({name, group, baseline: group.some(row => row.baseline), ...meanInterval(group.map(row => 100 * row.accuracy))}));
  const names = bars.map(bar => bar.name);
  const left = Math.min(380, 40 + Math.max(...names.map(name => name.length)) * size.text * 0.56);
  const [top, bottom] = [112, 84];
  const height = top + bottom + BAR * bars.length;
  const points = rows.filter(row => bars.find(({name}) => name === row.name)!.n > 1);
  const most = Math.max(...rows.map(row => 100 * row.accuracy), ...bars.map(({high}) => (Number.isFinite(high) ? high : 0)));
  const spreadText = bars.some(({n}) => n > 1) ? 'mean and 95 % t-interval over seeds (how many: in brackets); every seed a point' : 'one run each: no spread known';
  const drawn = (some: typeof bars): PlotlyObject => ({
    type: 'bar', orientation: 'h', y: some.map(({name}) => name), x: some.map(({mean}) => mean), width: 0.62,
    marker: {color: some.map(({baseline}) => (baseline ? '#C9C9C9' : colors.sky)), line: {color: colors.quiet, width: 1}, pattern: {shape: some.map(({baseline}) => (baseline ? '/' : '')), fgcolor: colors.quiet, size: 9, solidity: 0.18}},
    ...(some.some(({n}) => n > 1) && {error_x: {type: 'data', symmetric: false, array: some.map(({mean, high}) => high - mean), arrayminus: some.map(({mean, low}) => mean - low), thickness: 2.5, width: 8, color: colors.text}}),
    hovertemplate: '%{y}: %{x:.1f} %<extra></extra>',
  });
  const data: PlotlyObject[] = [
    ...[bars.filter(({n}) => n > 1), bars.filter(({n}) => n === 1)].filter(some => some.length).map(drawn),   // a single run has no interval
    ...(points.length ? [{type: 'scatter', mode: 'markers', y: points.map(row => row.name), x: points.map(row => 100 * row.accuracy), customdata: points.map(row => [row.seed]),
      marker: {symbol: 'circle', color: colors.paper, size: 10, line: {color: colors.blue, width: 2.5}}, hovertemplate: '%{y}, seed %{customdata[0]}: %{x:.1f} %<extra></extra>'}] : []),
  ];
  const meanText = ({name, mean, low, high, n}: (typeof bars)[number]) => `${name} ${mean.toFixed(1)} %${n > 1 ? ` (${low.toFixed(1)} to ${high.toFixed(1)}, n = ${n})` : ''}`;
  return {
    name: 'accuracies',
    data,
    layout: layout({
      title, subtitle: spreadText, height, top, bottom, left, right: 130, barmode: 'overlay',
      xaxis: axis({range: [0, Math.min(100, most * 1.06)], nticks: 8, title: {text: 'accuracy on the test split (%)', font: {size: size.heading}, standoff: 12}}),
      yaxis: axis({type: 'category', autorange: 'reversed', categoryorder: 'array', categoryarray: names, showgrid: false, ticks: '', tickfont: {size: size.text}}),
      annotations: bars.map(({name, mean, n}) => ({text: `${mean.toFixed(1)} %${n > 1 ? ` (${n})` : ''}`, xref: 'paper', yref: 'y', x: 1, y: name, xanchor: 'left', xshift: 10, showarrow: false, font: {size: size.text}})),
      width,
    }),
    caption: `${title}. ${protocol}. ${spreadText[0]!.toUpperCase()}${spreadText.slice(1)}.${bars.some(({baseline}) => baseline) ? ' Hatched: baselines, not trained.' : ''}`,
    alt: `Bars of accuracy: ${bars.map(meanText).join(', ')}.`,
    credits: [],
    runs: rows.flatMap(({run}) => run ?? []),
    rows: rows.map(row => ({...row, protocol})),
  };
}
