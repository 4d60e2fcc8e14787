// Lines one under the other, a setting each, and panels side by side, a measure each: every seed a small point, the mean a large one; numbers of a paper in columns at the right.

import {meanInterval} from '../analysis/meanInterval';
import type {PlotlyObject} from './figure';
import {axis, colors, size, width, wrap} from './theme';

/** A setting. */
export interface SettingLine<R> {
  name: string;
  /** Its runs. */
  rows: readonly R[];
  /** A cross in another color. @default false */
  sick?: boolean;
}

/** What of a run is drawn, and how. */
export interface LineMeasure<R> {
  /** Under the panel. */
  heading: string;
  /** @default what the others leave, divided evenly */
  pixels?: number;
  /** A logarithmic axis. @default false */
  log?: boolean;
  /** The axis begins here at the latest. */
  floor?: number;
  /** Whether means carry a 95 % t-interval. @default false */
  interval?: boolean;
  /** A line down the panel. */
  reference?: number;
  /** Where it is not finite nothing is drawn. */
  of(row: R): number;
}

/** Texts at the right, by the name of the line. */
export interface LineColumn {
  /** Lines of it. */
  heading: readonly string[];
  /** Its width. */
  pixels: number;
  cells: ReadonlyMap<string, string>;
}

export interface LinePanelsOptions {
  /** What marks mean, above the panels. */
  key: string;
  /** @default none */
  columns?: readonly LineColumn[];
}

/** Pixels: names of the lines at most, a character of them, their height, between panels, and at the right where there is no column. */
const [NAMES, CHARACTER, LINE, GAP, RIGHT] = [345, 9, 42, 34, 30];
/** Pixels above and below the panels. */
const [TOP, BOTTOM] = [150, 78];
/** Marks of a logarithmic axis. */
const TICKS = [1, 2, 3, 5, 10, 20, 30, 50, 100, 200, 300, 500];
/** Characters of a line's name that stand side by side. */
const WRAP = 38;

/** Traces, and the part of the layout that places them. */
export function linePanels<R>(lines: readonly SettingLine<R>[], measures: readonly LineMeasure<R>[], {key, columns = []}: LinePanelsOptions): {data: PlotlyObject[]; layout: PlotlyObject & {height: number; top: number; bottom: number; left: number; right: number}} {
  const left = Math.min(NAMES, 24 + CHARACTER * Math.max(...lines.flatMap(({name}) => wrap(name, WRAP).map(({length}) => length))));
  const right = columns.reduce((sum, {pixels}) => sum + pixels, 0) || RIGHT;
  const inner = width - left - right;
  const rest = inner - GAP * (measures.length - 1) - measures.reduce((sum, {pixels = 0}) => sum + pixels, 0);
  const widths = measures.map(({pixels}, _, all) => pixels ?? rest / all.filter(({pixels}) => pixels === undefined).length);
  const panels = measures.map((measure, i) => {
    const start = widths.slice(0, i).reduce((sum, pixels) => sum + pixels + GAP, 0);
    return panel(lines, measure, i, [start / inner, (start + widths[i]!) / inner]);
  });
  return {
    data: panels.flatMap(({traces}) => traces),
    layout: {
      height: TOP + BOTTOM + LINE * lines.length, top: TOP, bottom: BOTTOM, left, right, shapes: panels.flatMap(({shapes}) => shapes), ...Object.assign({}, ...panels.map(({axes}) => axes)) as PlotlyObject,
      annotations: [
        {text: key, xref: 'paper', yref: 'paper', x: 0, y: 1, xanchor: 'left', yanchor: 'top', xshift: 24 - left, yshift: TOP - 92, showarrow: false, font: {size: size.text}},
        ...columns.flatMap(({heading, cells}, i): PlotlyObject[] => {
          const place = {xref: 'paper', x: 1, xanchor: 'left', xshift: 16 + columns.slice(0, i).reduce((sum, {pixels}) => sum + pixels, 0), showarrow: false};
          return [
            {...place, text: heading.join('<br>'), yref: 'paper', y: 1, yanchor: 'bottom', yshift: 6, align: 'left', font: {size: size.small, color: colors.quiet}},
            ...lines.flatMap(({name}, y) => (cells.has(name) ? [{...place, text: cells.get(name)!, yref: 'y', y: -y, yanchor: 'middle', font: {size: size.text}}] : [])),
          ];
        }),
      ],
    },
  };
}

function panel<R>(lines: readonly SettingLine<R>[], {heading, log, floor, interval, reference, of}: LineMeasure<R>, i: number, domain: [number, number]): {traces: PlotlyObject[]; axes: PlotlyObject; shapes: PlotlyObject[]} {
  const nth = i === 0 ? '' : String(i + 1);
  const drawn = lines.map(({name, rows, sick = false}, y) => ({name, sick, y, values: rows.map(of).filter(Number.isFinite)})).filter(({values}) => values.length > 0).map(line => ({...line, ...meanInterval(line.values)}));
  const traces = drawn.flatMap(({name, sick, y, values, mean, low, high, n}): PlotlyObject[] => {
    const color = sick ? colors.vermilion : colors.blue;
    return [
      ...(n > 1 ? [{type: 'scatter', mode: 'markers', name: `${name}, each seed`, x: values, y: values.map(() => -y), marker: {size: 7, color: colors.paper, line: {color, width: 1.5}},
        hovertemplate: `${name}: %{x:.2f}<extra></extra>`}] : []),
      {type: 'scatter', mode: 'markers', name, x: [mean], y: [-y], marker: {size: 14, color, symbol: sick ? 'x' : 'circle', line: {color: colors.paper, width: 1.5}}, cliponaxis: false,
        ...(interval && n > 1 && {error_x: {type: 'data', symmetric: false, array: [high - mean], arrayminus: [mean - low], thickness: 2, width: 5, color}}),
        hovertemplate: `${name}, mean of ${n}: %{x:.2f}<extra></extra>`},
    ].map(trace => ({...trace, xaxis: `x${nth}`, yaxis: `y${nth}`}));
  });
  const seen = [...drawn.flatMap(({values, low, high, n}) => (interval && n > 1 ? [...values, low, high] : values)), ...(reference === undefined ? [] : [reference])];
  const [least, most] = [Math.min(...seen, floor ?? Infinity), Math.max(...seen)];
  const room = 0.09 * (most - least || 1);
  return {
    traces,
    axes: {
      [`xaxis${nth}`]: axis({domain, anchor: `y${nth}`, nticks: interval ? 6 : 3, title: {text: heading, font: {size: size.text}, standoff: 8},
        ...(log ? {type: 'log', range: [Math.log10(Math.max(1, least)) - 0.06, Math.log10(most) + 0.12], tickvals: TICKS} : {range: [least - room, most + room]})}),
      [`yaxis${nth}`]: axis({domain: [0, 1], anchor: `x${nth}`, range: [-(lines.length - 0.5), 0.5], tickvals: lines.map((_, y) => -y), ticktext: lines.map(({name}) => wrap(name, WRAP).join('<br>')), showticklabels: i === 0, ticks: ''}),
    },
    shapes: reference === undefined ? [] : [{type: 'line', xref: `x${nth}`, yref: `y${nth} domain`, x0: reference, x1: reference, y0: 0, y1: 1, line: {color: colors.quiet, width: 2, dash: 'dash'}}],
  };
}
