// Traces by what they show, in plotly's words only here: lines, points, bars and their intervals.

import type {Plain, PlotlyObject} from './figure';
import {colors} from './theme';

/** A place along an axis. Nothing is drawn where it is null. */
export type Place = number | string | null;

/** How a line looks. */
export interface LineLook {
  color: string;
  /** Pixels. */
  width: number;
  /** @default solid */
  dash?: string;
  /** 'hvh' or 'hv' for steps. @default straight from point to point */
  shape?: string;
  /** Color of what lies between the line and 0. @default none */
  fill?: string;
}

/** How a point looks. */
export interface PointLook {
  /** @default plotly's */
  color?: Plain;
  /** @default a disc */
  symbol?: Plain;
  /** Pixels across. */
  size: Plain;
  /** Round the point. @default none */
  rim?: {color?: string; width: number};
  opacity?: number;
  /** Of a line, the most points that are drawn. @default all */
  most?: number;
}

/** What any trace may have beside its look. */
export interface TraceOptions {
  /** What stands beside the mouse: a template of plotly. @default the trace says nothing */
  hover?: string;
  /** For the template: what each point has beside its place. */
  data?: Plain;
  /** What stands at each point, or for the template. */
  text?: Plain;
  /** Whether it stands in the legend. @default as the figure has it */
  legend?: boolean;
  /** Traces of one group come and go together when one is clicked in the legend. */
  group?: string;
  /** Intervals along an axis, as {@link errorBars} makes them. */
  errorX?: PlotlyObject;
  errorY?: PlotlyObject;
  /** Whether points are cut at the border of the panel. @default true */
  clip?: boolean;
  /** Whatever else plotly takes. */
  rest?: PlotlyObject;
}

type Look<T> = T & TraceOptions;

const shared = ({hover, data, text, legend, group, errorX, errorY, clip, rest}: TraceOptions): PlotlyObject =>
  known({
    customdata: data,
    text,
    showlegend: legend,
    legendgroup: group,
    error_x: errorX,
    error_y: errorY,
    cliponaxis: clip,
    ...(hover === undefined ? {hoverinfo: 'skip'} : {hovertemplate: `${hover}<extra></extra>`}),
    ...rest,
  });

/**
 * A line through x, y. Without a name it is not in the legend.
 *
 * @param look Of the line; with `points` they are drawn on it.
 */
export function line(
  name: string | undefined,
  x: readonly Place[],
  y: readonly Place[],
  {color, width, dash, shape, fill, points: markers, ...options}: Look<LineLook> & {points?: PointLook},
): PlotlyObject {
  return known({
    type: 'scatter',
    mode: markers ? 'lines+markers' : 'lines',
    name,
    x,
    y,
    line: known({color, width, dash, shape}),
    marker: markers && marker(markers),
    ...(fill !== undefined && {fill: 'tozeroy', fillcolor: fill}),
    ...shared(options),
  });
}

/** Single marks at x, y. Without a name they are not in the legend. */
export function points(
  name: string | undefined,
  x: readonly Place[],
  y: readonly Place[],
  {color, symbol, size, rim, opacity, ...options}: Look<PointLook>,
): PlotlyObject {
  const look = marker({color, symbol, size, rim, opacity});
  return known({type: 'scatter', mode: 'markers', name, x, y, marker: look, ...shared(options)});
}

/** The small points of single seeds: rings, so that a mean's disc is told from them. */
export function seedPoints(
  name: string,
  x: readonly Place[],
  y: readonly Place[],
  {
    color,
    size = 8,
    width = 2,
    ...options
  }: TraceOptions & {color: string; symbol?: string; size?: number; width?: number},
): PlotlyObject {
  return points(`${name}, each seed`, x, y, {...options, color: colors.paper, size, rim: {color, width}});
}

/** A horizontal line through all of a panel, however far its axis reaches. */
export function level(name: string, value: number, look: Look<LineLook> & {across?: readonly number[]}): PlotlyObject {
  const {across = [1e-6, 1e6], ...rest} = look;
  return line(
    name,
    across,
    across.map(() => value),
    {legend: false, ...rest},
  );
}

/** How bars look. */
export interface BarLook {
  color: Plain;
  /** Between bars. @default none */
  rim?: {color?: string; width: number};
  /** Hatching, as plotly has it. @default none */
  pattern?: PlotlyObject;
  /** Share of the room that a bar has, or its width on the axis. */
  width: number;
  /** Where bars begin. @default 0 */
  base?: readonly number[];
  /** Lying bars: x is their length, y their place. @default false */
  lying?: boolean;
}

/**
 * Bars at x of height y, or from y to the right when they are `lying`; places are in units of the
 * axes.
 */
export function bars(
  name: string | undefined,
  x: readonly Place[],
  y: readonly Place[],
  {color, rim, pattern, width, base, lying, ...options}: Look<BarLook>,
): PlotlyObject {
  return known({
    type: 'bar',
    orientation: lying ? 'h' : undefined,
    name,
    x,
    y,
    base,
    width,
    marker: known({color, line: rim && known({...rim}), pattern}),
    ...shared(options),
  });
}

/** A mean with the ends of its interval, which are not finite where a single value has none. */
export type Interval = {mean: number; low: number; high: number};

/** Intervals of the points of a trace; where one is not known, nothing is drawn. */
export function errorBars(
  intervals: readonly Interval[],
  {color, thickness = 2.5, width = 7}: {color: string; thickness?: number; width?: number},
): PlotlyObject {
  const finite = (end: number, reach: number) => (Number.isFinite(end) ? reach : null);
  return {
    type: 'data',
    symmetric: false,
    array: intervals.map(({mean, high}) => finite(high, high - mean)),
    arrayminus: intervals.map(({mean, low}) => finite(low, mean - low)),
    thickness,
    width,
    color,
  };
}

const marker = ({color, symbol, size, rim, opacity, most}: PointLook): PlotlyObject =>
  known({color, symbol, size, opacity, maxdisplayed: most, line: rim && known({...rim})});

/** Without what is not set: plotly's own default holds. */
const known = (object: PlotlyObject): PlotlyObject =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
