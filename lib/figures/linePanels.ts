// Lines one under the other, a setting each, and panels side by side, a measure each: every seed a
// small point, the mean a large one; numbers of a paper in columns at the right.

import {sum} from 'd3-array';
import {meanInterval, type MeanInterval} from '../analysis/meanInterval';
import type {PlotlyObject} from './figure';
import {down, note, paper, quietNote} from './notes';
import {axis, axisTitle, colors, size, width, wrap} from './theme';
import {errorBars, points, seedPoints} from './traces';

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

const pixels = {
  /** Names of the lines at most. */
  names: 345,
  /** Of a name, a character. */
  character: 9,
  /** Height of a line. */
  line: 42,
  /** Between panels. */
  gap: 34,
  /** At the right, where there is no column. */
  right: 30,
  /** Above and below the panels. */
  top: 150,
  bottom: 78,
} as const;
/** Marks of a logarithmic axis. */
const TICKS = [1, 2, 3, 5, 10, 20, 30, 50, 100, 200, 300, 500];
/** Characters of a line's name that stand side by side. */
const WRAP = 38;

/** Traces, and the part of the layout that places them. */
export type PlacedLines = {
  data: PlotlyObject[];
  places: PlotlyObject & {height: number; top: number; bottom: number; left: number; right: number};
};

export function linePanels<R>(
  lines: readonly SettingLine<R>[],
  measures: readonly LineMeasure<R>[],
  {key, columns = []}: LinePanelsOptions,
): PlacedLines {
  const longest = Math.max(...lines.flatMap(({name}) => wrap(name, WRAP).map(({length}) => length)));
  const left = Math.min(pixels.names, 24 + pixels.character * longest);
  const right = sum(columns, column => column.pixels) || pixels.right;
  const inner = width - left - right;
  const rest = inner - pixels.gap * (measures.length - 1) - sum(measures, measure => measure.pixels ?? 0);
  const open = measures.filter(measure => measure.pixels === undefined).length;
  const widths = measures.map(measure => measure.pixels ?? rest / open);
  const panels = measures.map((measure, i) => {
    const start = sum(widths.slice(0, i), before => before + pixels.gap);
    return panel(lines, measure, i, [start / inner, (start + widths[i]!) / inner]);
  });
  const keyNote = note(key, {
    on: paper,
    x: 0,
    y: 1,
    anchor: 'left top',
    shift: {x: 24 - left, y: pixels.top - 92},
    fontSize: size.text,
  });
  return {
    data: panels.flatMap(({traces}) => traces),
    places: {
      height: pixels.top + pixels.bottom + pixels.line * lines.length,
      top: pixels.top,
      bottom: pixels.bottom,
      left,
      right,
      shapes: panels.flatMap(({shapes}) => shapes),
      annotations: [keyNote, ...columnNotes(columns, lines)],
      ...Object.fromEntries(panels.flatMap(({axes}) => Object.entries(axes))),
    },
  };
}

/** Headings and cells of the columns at the right. */
function columnNotes(columns: readonly LineColumn[], lines: readonly {name: string}[]): PlotlyObject[] {
  return columns.flatMap(({heading, cells}, i) => {
    const shift = 16 + sum(columns.slice(0, i), column => column.pixels);
    const above = quietNote(heading.join('<br>'), {
      on: paper,
      x: 1,
      y: 1,
      anchor: 'left bottom',
      shift: {x: shift, y: 6},
      align: 'left',
    });
    const values = lines.flatMap(({name}, y) => {
      const text = cells.get(name);
      if (text === undefined) return [];
      return [
        note(text, {
          on: {x: 'paper', y: 'y'},
          x: 1,
          y: -y,
          anchor: 'left middle',
          shift: {x: shift},
          fontSize: size.text,
        }),
      ];
    });
    return [above, ...values];
  });
}

/** A line with what is drawn of it. */
type DrawnLine = {name: string; sick: boolean; y: number; values: readonly number[]} & MeanInterval;

/** Traces, axes and shapes of one measure. */
type LinePanel = {traces: PlotlyObject[]; axes: PlotlyObject; shapes: PlotlyObject[]};

function panel<R>(
  lines: readonly SettingLine<R>[],
  {heading, log, floor, interval = false, reference, of}: LineMeasure<R>,
  i: number,
  domain: [number, number],
): LinePanel {
  const nth = i === 0 ? '' : String(i + 1);
  const axes = {x: `x${nth}`, y: `y${nth}`};
  const drawn = lines
    .map(({name, rows, sick = false}, y) => ({name, sick, y, values: rows.map(of).filter(Number.isFinite)}))
    .filter(({values}) => values.length > 0)
    .map(line => ({...line, ...meanInterval(line.values)}));
  const ends = drawn.flatMap(({low, high, n}) => (interval && n > 1 ? [low, high] : []));
  const seen = [...drawn.flatMap(({values}) => values), ...ends, ...(reference === undefined ? [] : [reference])];
  const least = Math.min(...seen, floor ?? Infinity);
  const most = Math.max(...seen);
  const room = 0.09 * (most - least || 1);
  const scale = log
    ? {type: 'log', range: [Math.log10(Math.max(1, least)) - 0.06, Math.log10(most) + 0.12], tickvals: TICKS}
    : {range: [least - room, most + room]};
  return {
    traces: drawn.flatMap(line => lineTraces(line, interval)).map(trace => ({...trace, xaxis: axes.x, yaxis: axes.y})),
    axes: {
      [`xaxis${nth}`]: axis({
        domain,
        anchor: axes.y,
        nticks: interval ? 6 : 3,
        title: axisTitle(heading, {fontSize: size.text, standoff: 8}),
        ...scale,
      }),
      [`yaxis${nth}`]: axis({
        domain: [0, 1],
        anchor: axes.x,
        range: [-(lines.length - 0.5), 0.5],
        tickvals: lines.map((_, y) => -y),
        ticktext: lines.map(({name}) => wrap(name, WRAP).join('<br>')),
        showticklabels: i === 0,
        ticks: '',
      }),
    },
    shapes: reference === undefined ? [] : [down(axes, reference, {color: colors.quiet, width: 2, dash: 'dash'})],
  };
}

/** Every seed as a small ring where there are several, and the mean as a large mark. */
function lineTraces({name, sick, y, values, n, ...spread}: DrawnLine, interval: boolean): PlotlyObject[] {
  const color = sick ? colors.vermilion : colors.blue;
  const seeds = seedPoints(
    name,
    values,
    values.map(() => -y),
    {color, size: 7, width: 1.5, hover: `${name}: %{x:.2f}`},
  );
  const mean = points(name, [spread.mean], [-y], {
    color,
    symbol: sick ? 'x' : 'circle',
    size: 14,
    rim: {color: colors.paper, width: 1.5},
    clip: false,
    errorX: interval && n > 1 ? errorBars([spread], {color, thickness: 2, width: 5}) : undefined,
    hover: `${name}, mean of ${n}: %{x:.2f}`,
  });
  return n > 1 ? [seeds, mean] : [mean];
}
