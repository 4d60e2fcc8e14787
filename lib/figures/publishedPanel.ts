// What others report over the same dial, as a panel of its own: on a tint and with open marks, for
// it was not measured here.

import type {PlotlyObject} from './figure';
import {inside, quietNote, tinted} from './notes';
import {sideLabels, type Panel} from './panels';
import {shareOf, type DialAxis} from './seedCurve';
import {spanOf} from './texts';
import {mark} from './theme';
import {line} from './traces';

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

export function publishedPanel(curves: readonly PublishedCurve[], options: PublishedPanelOptions): Panel {
  const {heading, height, axis, dialName, dialUnit, note} = options;
  const [least, most] = spanOf(curves.flatMap(({points}) => points.map(({value}) => value)));
  const low = 5 * Math.floor(least / 5) - 5; // room for the note below
  const range: [number, number] = [low, Math.min(105, 5 * Math.ceil(most / 5) + 5)];
  const labels = curves.map(({name, points, style}) => {
    const {dial, value} = points.at(-1)!;
    return {from: shareOf(dial, axis), value, text: name, color: mark(style).color};
  });
  return {
    heading,
    height,
    y: {nticks: 5, tickformat: 'd', range},
    traces: curves.map(curve => publishedTrace(curve, {dialName, dialUnit})),
    marks(axes) {
      const {annotations, shapes} = sideLabels(labels, range, height, axes);
      const within = quietNote(note, {on: inside(axes), x: 0, y: 0, anchor: 'left bottom', shift: {x: 8, y: 4}});
      return {annotations: [within, ...annotations], shapes: [tinted(axes), ...shapes]};
    },
  };
}

/** @param legend Its name in the legend. @default none */
export function publishedTrace(
  {name, source, points, style}: PublishedCurve,
  {dialName, dialUnit = ''}: Pick<PublishedPanelOptions, 'dialName' | 'dialUnit'>,
  legend?: string,
): PlotlyObject {
  const {color, symbol, dash} = mark(style);
  return line(
    legend ?? name,
    points.map(({dial}) => dial),
    points.map(({value}) => value),
    {
      color,
      width: 2.5,
      dash,
      points: {color, symbol: `${symbol}-open`, size: 12, rim: {color, width: 2.5}},
      hover: `${name}, ${source}<br>${dialName} = %{x}${dialUnit}: %{y:.1f} %`,
      legend: legend !== undefined,
    },
  );
}
