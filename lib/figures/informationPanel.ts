// Panels of one accuracy each over I_NCE, with both ceilings of the estimate and what untrained features reach: what all figures of good views are made of.
// Tian et al. 2020 (InfoMin), "What Makes for Good Views for Contrastive Learning?", arXiv:2005.10243, fig. 4 and 5.

import {meanInterval, type MeanInterval} from '../analysis/meanInterval';
import type {PairOrigin} from '../datasets/pairOrigin';
import type {BaselineRow} from '../study/baselines';
import type {EncoderRow} from '../study/encoderRun';
import type {HeldOutInformation} from '../study/heldOutInformation';
import type {Read} from '../study/transferred';
import type {PlotlyObject} from './figure';
import {accuracyNames} from './measuredTexts';
import type {Panel} from './panels';
import {colors, mark, size} from './theme';

/** A run with what its views share and what its encoder is worth. */
export type InformationRow = EncoderRow<Read> & HeldOutInformation & {transfer: {[name: string]: Read}};

/** An accuracy in percent, as a panel shows it. */
export type Measure = {heading: string; name: string; baseline: 'knn' | 'linear' | null; of(row: InformationRow): number};

/** Where a dial stands, and its runs. */
export type Point<R extends InformationRow> = {value: number; x: MeanInterval; y: MeanInterval; group: readonly R[]};

/** Linear probe and k-NN on the data set, and a linear probe on each data set that encoders were transferred to. */
export const informationMeasures = (dataset: string, transfer: readonly string[]): Measure[] => [
  {heading: `linear probe, ${dataset} (%)`, name: `${accuracyNames.linear}, ${dataset}`, baseline: 'linear', of: row => 100 * row.last.linear},
  {heading: `k-NN, ${dataset} (%)`, name: `${accuracyNames.knn}, ${dataset}`, baseline: 'knn', of: row => 100 * row.last.knn},
  ...transfer.map((name): Measure => ({heading: `linear probe, transferred to ${name} (%)`, name: `${accuracyNames.linear}, ${name}`, baseline: null, of: row => 100 * row.transfer[name]!.linear})),
];

/** @param values Settings in the order of the dial. */
export const informationPoints = <R extends InformationRow>(rows: readonly R[], values: readonly number[], valueOf: (row: R) => number, {of}: Measure): Point<R>[] => values.map(value => {
  const group = rows.filter(row => valueOf(row) === value);
  return {value, group, x: meanInterval(group.map(row => row.information)), y: meanInterval(group.map(of))};
});

export interface InformationPanelOptions {
  /** Those of the untrained encoder and of HOG are lines across. */
  baselines: readonly BaselineRow[];
  ceilings: {logK: number; cosineCeiling: number};
  /** Whether ceilings have names here. */
  named: boolean;
  /** Which color and mark. */
  style: number;
  /** Before a value, as in 'crop ≥ 0.4'. */
  short: string;
}

/** Where the pairs of the estimate come from, which no training has seen. */
export const heldOutText = (dataset: string, pairs?: PairOrigin): string => (pairs ? `pairs of what ${pairs.loader} holds out` : `pairs of the test split of ${dataset}`);

/** Margins of a figure of these panels, left and right, in pixels. */
export const margins = {left: 90, right: 60} as const;

/** Height of a panel in pixels. */
const HEIGHT = 330;

/**
 * Means with 95 % t-intervals both ways, every seed a small point.
 *
 * @param points In the order of the dial.
 */
export function informationPanel<R extends InformationRow>({heading, name, baseline, of}: Measure, points: readonly Point<R>[], {baselines, ceilings, named, style, short}: InformationPanelOptions): Panel {
  const {color, symbol} = mark(style);
  const lines = baseline === null ? [] : (['untrained', 'hog'] as const).flatMap(kind => {
    const group = baselines.filter(row => row.baseline === kind);
    return group.length ? [{name: kind === 'hog' ? 'HOG' : kind, value: meanInterval(group.map(row => 100 * row[baseline])).mean}] : [];
  });
  const all = [...points.flatMap(({y, group}) => [y.mean, y.low, y.high, ...group.map(of)]), ...lines.map(({value}) => value)].filter(Number.isFinite);
  const [least, most] = [Math.min(...all), Math.max(...all)], room = 0.1 * (most - least || 1);
  const several = points.some(({x}) => x.n > 1);
  const bars = (intervals: readonly MeanInterval[]) => ({type: 'data', symmetric: false, array: intervals.map(({mean, high}) => (Number.isFinite(high) ? high - mean : null)), arrayminus: intervals.map(({mean, low}) => (Number.isFinite(low) ? mean - low : null)), thickness: 2, width: 6, color});
  const traces: PlotlyObject[] = [
    {type: 'scatter', mode: 'lines+markers', name, showlegend: false, x: points.map(({x}) => x.mean), y: points.map(({y}) => y.mean), customdata: points.map(({value, x}) => [value, x.n]),
      line: {color, width: 2, dash: 'dot'}, marker: {color, symbol, size: 13, line: {color: colors.paper, width: 1}},
      ...(several && {error_x: bars(points.map(({x}) => x)), error_y: bars(points.map(({y}) => y))}),
      hovertemplate: `${short} %{customdata[0]}, mean of %{customdata[1]}<br>%{x:.2f} nats, %{y:.1f} %<extra></extra>`},
    ...(several ? [{type: 'scatter', mode: 'markers', name: `${name}, each seed`, showlegend: false, x: points.flatMap(({group}) => group.map(row => row.information)), y: points.flatMap(({group}) => group.map(of)),
      customdata: points.flatMap(({value, group}) => group.map(row => [value, row.seed, row.run])), marker: {color: colors.paper, symbol, size: 8, line: {color, width: 2}},
      hovertemplate: `${short} %{customdata[0]}, seed %{customdata[1]}, run %{customdata[2]}<br>%{x:.2f} nats, %{y:.1f} %<extra></extra>`}] : []),
  ];
  return {
    heading, height: HEIGHT, traces, y: {nticks: 6, tickformat: 'd', range: [least - 1.4 * room, most + 1.4 * room]},
    marks: (x, y) => ({
      annotations: [
        ...points.slice(1).map((to, i): PlotlyObject => arrow(points[i]!, to, x, y, color)), ...dialLabels(points, of, x, y, color),
        ...lines.map(({name, value}): PlotlyObject => ({text: `${name} ${value.toFixed(1)}`, xref: `${x} domain`, yref: y, x: 0.92, y: value, xanchor: 'right', yanchor: 'bottom', showarrow: false, font: {size: size.small, color: colors.quiet}})),
        ...(named ? [
          {text: 'log K', xref: x, yref: `${y} domain`, x: ceilings.logK, y: 1, xanchor: 'left', yanchor: 'bottom', xshift: 2, showarrow: false, font: {size: size.small, color: colors.quiet}},
          {text: 'ceiling of cosines', xref: x, yref: `${y} domain`, x: ceilings.cosineCeiling, y: 1, xanchor: 'right', yanchor: 'bottom', xshift: -2, showarrow: false, font: {size: size.small, color: colors.quiet}},
        ] : []),
      ],
      shapes: [
        ...([['logK', 'solid'], ['cosineCeiling', 'dash']] as const).map(([ceiling, dash]): PlotlyObject => ({type: 'line', xref: x, yref: `${y} domain`, x0: ceilings[ceiling], x1: ceilings[ceiling], y0: 0, y1: 1, line: {color: colors.quiet, width: 2, dash}})),
        ...lines.map(({value}): PlotlyObject => ({type: 'line', xref: `${x} domain`, yref: y, x0: 0, x1: 1, y0: value, y1: value, line: {color: colors.quiet, width: 1.5, dash: 'dashdot'}})),
      ],
    }),
  };
}

/** Nats between two points whose labels would touch. */
const NEAR = 0.45;

type Of = Measure['of'];

/** Each setting's label stands above all that is drawn of it; below, where that of the point before it is near and above. */
function dialLabels<R extends InformationRow>(points: readonly Point<R>[], of: Of, xref: string, yref: string, color: string): PlotlyObject[] {
  const placed: {at: number; above: boolean}[] = [];
  return points.map(({value, x, y, group}): PlotlyObject => {
    const before = placed.at(-1), above = !(before?.above && Math.abs(x.mean - before.at) < NEAR);
    placed.push({at: x.mean, above});
    const drawn = [y.mean, y.low, y.high, ...group.map(of)].filter(Number.isFinite);
    return {text: `<b>${value}</b>`, xref, yref, x: x.mean, y: above ? Math.max(...drawn) : Math.min(...drawn), xanchor: 'center', yanchor: above ? 'bottom' : 'top', yshift: above ? 5 : -5, showarrow: false, font: {size: size.small, color}};
  });
}

/** From one setting towards the next, its head past the middle. */
const arrow = <R extends InformationRow>(from: Point<R>, to: Point<R>, x: string, y: string, color: string): PlotlyObject => ({
  text: '', xref: x, yref: y, axref: x, ayref: y, ax: from.x.mean, ay: from.y.mean, x: from.x.mean + 0.6 * (to.x.mean - from.x.mean), y: from.y.mean + 0.6 * (to.y.mean - from.y.mean),
  showarrow: true, arrowhead: 2, arrowsize: 1.4, arrowwidth: 2, arrowcolor: color,
});
