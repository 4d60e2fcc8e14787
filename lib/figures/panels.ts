// Panels one above the other on one horizontal axis, laid out in pixels: what all figures of curves are made of.

import type {PlotlyObject} from './figure';
import {axis, colors, size, spread} from './theme';

export interface Panel {
  /** Above the panel: the name of its vertical axis with its unit, lying so that it can be read. */
  heading?: string;
  /** Pixels. */
  height: number;
  /** Without axes: they are set here. */
  traces: PlotlyObject[];
  /** What the vertical axis has of its own. */
  y: PlotlyObject;
  /** Marks in the panel; `x` and `y` are the names of its axes in annotations and shapes. */
  marks?(x: string, y: string): Marks;
}

export type Marks = {annotations?: PlotlyObject[]; shapes?: PlotlyObject[]};

export interface PanelsOptions {
  /** What the horizontal axis has of its own; its title stands under the last panel. */
  x: PlotlyObject & {title: string};
  /** Pixels above the first panel, below the last, and between two (room for a heading). */
  top: number;
  bottom: number;
  gap: number;
}

/** Suffix of plotly's name of the i-th axis: '', '2', '3' … */
const nth = (i: number) => (i === 0 ? '' : String(i + 1));

/** Traces of all panels, and the part of the layout that places them. */
export function panels(all: readonly Panel[], {x: {title, ...x}, top, bottom, gap}: PanelsOptions): {data: PlotlyObject[]; height: number; axes: PlotlyObject; annotations: PlotlyObject[]; shapes: PlotlyObject[]} {
  const domains = stack(all.map(({height}) => height), gap);
  const last = all.length - 1;
  const marks = all.map(({heading, marks}, i): Required<Marks> => {
    const {annotations = [], shapes = []} = marks?.(`x${nth(i)}`, `y${nth(i)}`) ?? {};
    return {annotations: [...(heading === undefined ? [] : [above(heading, `x${nth(i)}`, `y${nth(i)}`)]), ...annotations], shapes};
  });
  return {
    data: all.flatMap(({traces}, i) => traces.map(trace => ({...trace, xaxis: `x${nth(i)}`, yaxis: `y${nth(i)}`}))),
    height: top + bottom + all.reduce((sum, {height}) => sum + height, 0) + gap * last,
    axes: Object.fromEntries(all.flatMap(({y}, i) => [
      [`xaxis${nth(i)}`, axis({...x, domain: [0, 1], anchor: `y${nth(i)}`, showticklabels: i === last, ...(i > 0 && {matches: 'x'}), ...(i === last && {title: {text: title, font: {size: size.heading}, standoff: 12}})})],
      [`yaxis${nth(i)}`, axis({...y, domain: domains[i]!, anchor: `x${nth(i)}`})],
    ])),
    annotations: marks.flatMap(({annotations}) => annotations),
    shapes: marks.flatMap(({shapes}) => shapes),
  };
}

/** Shares of the figure's inner height, the first panel on top. */
export function stack(heights: readonly number[], gap: number): [number, number][] {
  const inner = heights.reduce((sum, h) => sum + h, 0) + gap * (heights.length - 1);
  let y = inner;
  return heights.map((h): [number, number] => {
    const domain: [number, number] = [Math.max(0, (y - h) / inner), y / inner];
    y -= h + gap;
    return domain;
  });
}

const above = (text: string, x: string, y: string): PlotlyObject => ({
  text, xref: `${x} domain`, yref: `${y} domain`, x: 0, y: 1, xanchor: 'left', yanchor: 'bottom', yshift: 5, showarrow: false, font: {size: size.heading}, align: 'left',
});

/** A line's name beside it: `from` is the share of the panel's width at which the line ends. */
export type SideLabel = {from: number; value: number; text: string; color: string};

/** Room for such names right of the panels, and between two of them, in pixels. */
export const [LABELS, LABEL_GAP] = [225, 25];

/** Names of lines right of a panel, moved apart where they would touch, each with a thin line that leads to it. */
export function sideLabels(labels: readonly SideLabel[], [low, high]: readonly [number, number], pixels: number, x: string, y: string): Required<Marks> {
  const heights = labels.map(({value}) => ((value - low) / (high - low)) * pixels);
  const places = spread(heights, LABEL_GAP);
  const refs = {xref: `${x} domain`, yref: `${y} domain`};
  return {
    annotations: labels.map(({text}, i) => ({text, ...refs, x: 1, y: 0, xanchor: 'left', yanchor: 'middle', xshift: 24, yshift: places[i]!, showarrow: false, font: {size: size.text}})),
    shapes: labels.map(({from, color}, i) => ({type: 'line', ...refs, x0: from, x1: 1.03, y0: heights[i]! / pixels, y1: places[i]! / pixels, line: {color, width: 1.5}})),
  };
}

/** A quiet background, for what is not ours. */
export const tinted = (x: string, y: string): PlotlyObject => ({type: 'rect', xref: `${x} domain`, yref: `${y} domain`, x0: 0, x1: 1, y0: 0, y1: 1, fillcolor: colors.tint, line: {width: 0}, layer: 'below'});
