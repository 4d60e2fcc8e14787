// Panels one above the other on one horizontal axis, laid out in pixels: what all figures of curves
// are made of.

import {sum} from 'd3-array';
import type {PlotlyObject} from './figure';
import {inside, note, panelHeading, stroke, type Axes} from './notes';
import {axis, size, spread} from './theme';

/** One panel of a column of panels with the same horizontal axis. */
export interface Panel {
  /** Above the panel: the name of its vertical axis with its unit, lying so that it can be read. */
  heading?: string;
  /** Pixels. */
  height: number;
  /** Without axes: they are set here. */
  traces: PlotlyObject[];
  /** What the vertical axis has of its own. */
  y: PlotlyObject;
  /** Marks in the panel, by the names of its axes. */
  marks?(axes: Axes): Marks;
}

/** Texts and shapes of a panel, as plotly has them. */
export type Marks = {annotations?: PlotlyObject[]; shapes?: PlotlyObject[]};

/** Options of {@link panels}: the axis that panels share, and the room around them. */
export interface PanelsOptions {
  /** What the horizontal axis has of its own; its title stands under the last panel. */
  x: PlotlyObject & {title: string};
  /** Pixels above the first panel, below the last, and between two (room for a heading). */
  top: number;
  bottom: number;
  gap: number;
}

/** Traces of all panels, and the part of the layout that places them. */
export type PlacedPanels = {
  data: PlotlyObject[];
  places: PlotlyObject & {
    height: number;
    top: number;
    bottom: number;
    annotations: PlotlyObject[];
    shapes: PlotlyObject[];
  };
};

/** The names of the i-th panel's axes, as traces and annotations have them: x, x2, x3 … */
const axesOf = (i: number): Axes => ({x: `x${i === 0 ? '' : i + 1}`, y: `y${i === 0 ? '' : i + 1}`});
/** The same, as the layout has them: xaxis, xaxis2, xaxis3 … */
const inLayout = (name: string) => `${name.charAt(0)}axis${name.slice(1)}`;

/**
 * Panels below each other over one horizontal axis, whose numbers stand under the last.
 *
 * @param all From above.
 */
export function panels(all: readonly Panel[], {x: {title, ...x}, top, bottom, gap}: PanelsOptions): PlacedPanels {
  const domains = stack(
    all.map(({height}) => height),
    gap,
  );
  const last = all.length - 1;
  const marks = all.map(({heading, marks: marksOf}, i): Required<Marks> => {
    const {annotations = [], shapes = []} = marksOf?.(axesOf(i)) ?? {};
    const above = heading === undefined ? [] : [panelHeading(heading, inside(axesOf(i)), 5, 'left')];
    return {annotations: [...above, ...annotations], shapes};
  });
  const axes = all.flatMap(({y}, i) => {
    const names = axesOf(i);
    return [
      [
        inLayout(names.x),
        axis({
          ...x,
          domain: [0, 1],
          anchor: names.y,
          showticklabels: i === last,
          ...(i > 0 && {matches: 'x'}),
          ...(i === last && {title}),
        }),
      ],
      [inLayout(names.y), axis({...y, domain: domains[i]!, anchor: names.x})],
    ] as const;
  });
  return {
    data: all.flatMap(({traces}, i) => traces.map(trace => ({...trace, xaxis: axesOf(i).x, yaxis: axesOf(i).y}))),
    places: {
      height: top + bottom + sum(all, ({height}) => height) + gap * last,
      top,
      bottom,
      annotations: marks.flatMap(({annotations}) => annotations),
      shapes: marks.flatMap(({shapes}) => shapes),
      ...Object.fromEntries(axes),
    },
  };
}

/** Shares of the figure's inner height, the first panel on top. */
export function stack(heights: readonly number[], gap: number): [number, number][] {
  const inner = sum(heights) + gap * (heights.length - 1);
  let y = inner;
  return heights.map((height): [number, number] => {
    const domain: [number, number] = [Math.max(0, (y - height) / inner), y / inner];
    y -= height + gap;
    return domain;
  });
}

/** A line's name beside it: `from` is the share of the panel's width at which the line ends. */
export type SideLabel = {from: number; value: number; text: string; color: string};

/** Pixels: room for such names right of the panels. */
export const LABELS = 225;
/** Pixels between two of them. */
export const LABEL_GAP = 25;

/** Where a line to a name ends, as a share of the panel's width: right of the panel. */
const BESIDE = 1.03;

/**
 * Names of lines right of a panel, moved apart where they would touch, each with a thin line that
 * leads to it.
 *
 * @param range Of the vertical axis.
 * @param pixels Height of the panel.
 */
export function sideLabels(
  labels: readonly SideLabel[],
  [low, high]: readonly [number, number],
  pixels: number,
  axes: Axes,
): Required<Marks> {
  const heights = labels.map(({value}) => ((value - low) / (high - low)) * pixels);
  const places = spread(heights, LABEL_GAP);
  const on = inside(axes);
  return {
    annotations: labels.map(({text}, i) =>
      note(text, {on, x: 1, y: 0, anchor: 'left middle', shift: {x: 24, y: places[i]}, fontSize: size.text}),
    ),
    shapes: labels.map(({from, color}, i) =>
      stroke(on, [from, heights[i]! / pixels], [BESIDE, places[i]! / pixels], {color, width: 1.5}),
    ),
  };
}
