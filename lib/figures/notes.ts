// What stands in a panel beside its traces, in plotly's words only here: texts, lines across and
// down, tints.

import type {Plain, PlotlyObject} from './figure';
import type {LineLook} from './traces';
import {colors, size} from './theme';

/** Names of a panel's axes. */
export type Axes = {x: string; y: string};

/** The axes' inner rectangle, from 0 to 1 both ways. */
export const inside = ({x, y}: Axes): Axes => ({x: `${x} domain`, y: `${y} domain`});

/** The whole of the figure within its margins, from 0 to 1 both ways. */
export const paper: Axes = {x: 'paper', y: 'paper'};

/** Options of {@link note}: where the text stands, and its look. */
export interface NoteOptions {
  /** What x and y count: a panel's axes, `inside` of them, or `paper`. */
  on: {x: string; y?: string};
  x: Plain;
  y: Plain;
  /** Which part of the text stands there, as 'left bottom' or 'left'. @default its middle */
  anchor?: string;
  /** Pixels to the right and up from there. @default none */
  shift?: {x?: number; y?: number};
  /** Pixels. @default that of small texts */
  fontSize?: number;
  /** @default that of texts */
  color?: string;
  /** Of several lines. @default in the middle */
  align?: string;
  /** Whatever else plotly takes. */
  rest?: PlotlyObject;
}

/** A text in or beside a panel. */
export function note(
  text: string,
  {on, x, y, anchor = '', shift = {}, fontSize = size.small, color, align, rest}: NoteOptions,
): PlotlyObject {
  const [xanchor, yanchor] = anchor.split(' ');
  return {
    text,
    xref: on.x,
    ...(on.y !== undefined && {yref: on.y}),
    x,
    y,
    ...(xanchor && {xanchor}),
    ...(yanchor && {yanchor}),
    ...(shift.x !== undefined && {xshift: shift.x}),
    ...(shift.y !== undefined && {yshift: shift.y}),
    ...(align !== undefined && {align}),
    showarrow: false,
    font: {size: fontSize, ...(color !== undefined && {color})},
    ...rest,
  };
}

/** A note in the gray of what is not ours, or not the point. */
export const quietNote = (text: string, options: NoteOptions): PlotlyObject =>
  note(text, {color: colors.quiet, ...options});

/** The name of a vertical axis with its unit, lying above the panel so that it can be read. */
export const panelHeading = (text: string, on: Axes, lift = 5, align?: string): PlotlyObject =>
  note(text, {on, x: 0, y: 1, anchor: 'left bottom', shift: {y: lift}, fontSize: size.heading, align});

type Look = Pick<LineLook, 'color' | 'width' | 'dash'>;

/** A straight line between two places. */
export const stroke = (
  on: Axes,
  from: [x: number, y: number],
  to: [x: number, y: number],
  look: Look,
): PlotlyObject => ({
  type: 'line',
  xref: on.x,
  yref: on.y,
  x0: from[0],
  x1: to[0],
  y0: from[1],
  y1: to[1],
  line: {...look},
});

/** A line across a panel at a value of its vertical axis. */
export const across = ({x, y}: Axes, value: number, look: Look): PlotlyObject =>
  stroke({x: `${x} domain`, y}, [0, value], [1, value], look);

/** A line down a panel at a value of its horizontal axis. */
export const down = ({x, y}: Axes, value: number, look: Look): PlotlyObject =>
  stroke({x, y: `${y} domain`}, [value, 0], [value, 1], look);

/** A quiet background, for what is not ours. */
export const tinted = (axes: Axes): PlotlyObject => ({
  type: 'rect',
  xref: `${axes.x} domain`,
  yref: `${axes.y} domain`,
  x0: 0,
  x1: 1,
  y0: 0,
  y1: 1,
  fillcolor: colors.tint,
  line: {width: 0},
  layer: 'below',
});
