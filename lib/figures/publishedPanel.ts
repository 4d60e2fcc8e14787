// What others report over the same dial, as a panel of its own: on a tint and with open marks, for it was not measured here.

import type {PlotlyObject} from './figure';
import {sideLabels, tinted, type Panel} from './panels';
import {shareOf, type DialAxis} from './seedCurve';
import {colors, mark, size} from './theme';

/** Accuracies of one table. */
export type PublishedCurve = {
  /** A data set, or what was measured: its label. */
  name: string;
  /** Authors and year. */
  source: string;
  /** Accuracies in percent, by the dial. */
  points: readonly {dial: number; value: number}[];
  /** Number of its color and mark. */
  style: number;
};

export interface PublishedPanelOptions {
  heading: string;
  /** Pixels. */
  height: number;
  axis: DialAxis;
  /** Of the dial, as in 'τ = 0.1', and what stands after its setting. */
  dialName: string;
  dialUnit?: string;
  /** Whose numbers they are and where they stand: written inside. */
  note: string;
}

export function publishedPanel(curves: readonly PublishedCurve[], {heading, height, axis, dialName, dialUnit, note}: PublishedPanelOptions): Panel {
  const values = curves.flatMap(({points}) => points.map(({value}) => value));
  const range: [number, number] = [5 * Math.floor(Math.min(...values) / 5) - 5, Math.min(105, 5 * Math.ceil(Math.max(...values) / 5) + 5)];   // room for the note below
  const labels = curves.map(({name, points, style}) => {
    const {dial, value} = points.at(-1)!;
    return {from: shareOf(dial, axis), value, text: name, color: mark(style).color};
  });
  return {
    heading, height, y: {nticks: 5, tickformat: 'd', range},
    traces: curves.map(curve => publishedTrace(curve, {dialName, dialUnit})),
    marks(x, y) {
      const {annotations, shapes} = sideLabels(labels, range, height, x, y);
      const inside: PlotlyObject = {text: note, xref: `${x} domain`, yref: `${y} domain`, x: 0, y: 0, xanchor: 'left', yanchor: 'bottom', xshift: 8, yshift: 4, showarrow: false, font: {size: size.small, color: colors.quiet}};
      return {annotations: [inside, ...annotations], shapes: [tinted(x, y), ...shapes]};
    },
  };
}

/** @param legend Its name in the legend. @default none */
export function publishedTrace({name, source, points, style}: PublishedCurve, {dialName, dialUnit = ''}: Pick<PublishedPanelOptions, 'dialName' | 'dialUnit'>, legend?: string): PlotlyObject {
  const {color, symbol, dash} = mark(style);
  return {
    type: 'scatter', mode: 'lines+markers', name: legend ?? name, showlegend: legend !== undefined,
    x: points.map(({dial}) => dial), y: points.map(({value}) => value), line: {color, width: 2.5, dash},
    marker: {color, symbol: `${symbol}-open`, size: 12, line: {color, width: 2.5}}, hovertemplate: `${name}, ${source}<br>${dialName} = %{x}${dialUnit}: %{y:.1f} %<extra></extra>`,
  };
}
