// Panels of one accuracy each over I_NCE, with both ceilings of the estimate and what untrained
// features reach: what all figures of good views are made of.
// Tian et al. 2020 (InfoMin), "What Makes for Good Views for Contrastive Learning?",
// arXiv:2005.10243, fig. 4 and 5.

import {meanInterval, type MeanInterval} from '../analysis/meanInterval';
import type {PairOrigin} from '../datasets/pairOrigin';
import type {BaselineRow} from '../study/baselines';
import type {EncoderRow} from '../study/encoderRun';
import type {HeldOutInformation} from '../study/heldOutInformation';
import type {Read} from '../study/transferred';
import type {PlotlyObject, Row} from './figure';
import {accuracyNames, tableRow} from './measuredTexts';
import {across, down, note, quietNote, type Axes} from './notes';
import type {Panel} from './panels';
import {roomyRange, spanOf} from './texts';
import {colors, mark} from './theme';
import {errorBars, line, seedPoints} from './traces';

/** A run with what its views share and what its encoder is worth. */
export type InformationRow = EncoderRow<Read> & HeldOutInformation & {transfer: {[name: string]: Read}};

/** An accuracy in percent, as a panel shows it. */
export type Measure = {
  heading: string;
  name: string;
  baseline: 'knn' | 'linear' | null;
  of(row: InformationRow): number;
};

/** Where a dial stands, and its runs. */
export type Point<R extends InformationRow> = {value: number; x: MeanInterval; y: MeanInterval; group: readonly R[]};

/**
 * Linear probe and k-NN on the data set, and a linear probe on each data set that encoders were
 * transferred to.
 */
export const informationMeasures = (dataset: string, transfer: readonly string[]): Measure[] => [
  {
    heading: `linear probe, ${dataset} (%)`,
    name: `${accuracyNames.linear}, ${dataset}`,
    baseline: 'linear',
    of: row => 100 * row.last.linear,
  },
  {
    heading: `k-NN, ${dataset} (%)`,
    name: `${accuracyNames.knn}, ${dataset}`,
    baseline: 'knn',
    of: row => 100 * row.last.knn,
  },
  ...transfer.map((name): Measure => ({
    heading: `linear probe, transferred to ${name} (%)`,
    name: `${accuracyNames.linear}, ${name}`,
    baseline: null,
    of: row => 100 * row.transfer[name]!.linear,
  })),
];

/** @param values Settings in the order of the dial. */
export const informationPoints = <R extends InformationRow>(
  rows: readonly R[],
  values: readonly number[],
  valueOf: (row: R) => number,
  {of}: Measure,
): Point<R>[] =>
  values.map(value => {
    const group = rows.filter(row => valueOf(row) === value);
    return {value, group, x: meanInterval(group.map(row => row.information)), y: meanInterval(group.map(of))};
  });

/** Rows for a table: each transfer has a column of its own. */
export const informationRow = ({transfer, ...row}: InformationRow): Row => ({
  ...tableRow(row),
  ...Object.fromEntries(Object.entries(transfer).map(([name, read]) => [`transfer ${name}`, read])),
});

/** A line across with its name: an encoder that was not trained. */
export type BaselineLine = {name: string; value: number};

/**
 * Of the untrained encoder and of HOG, where they were measured, the mean over seeds in percent.
 */
export function baselineLines(baselines: readonly BaselineRow[], {baseline}: Measure): BaselineLine[] {
  if (baseline === null) return [];
  return (['untrained', 'hog'] as const).flatMap(kind => {
    const group = baselines.filter(row => row.baseline === kind);
    if (group.length === 0) return [];
    return [{name: kind === 'hog' ? 'HOG' : kind, value: meanInterval(group.map(row => 100 * row[baseline])).mean}];
  });
}

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
export const heldOutText = (dataset: string, pairs?: PairOrigin): string =>
  pairs ? `pairs of what ${pairs.loader} holds out` : `pairs of the test split of ${dataset}`;

/** Margins of a figure of these panels, left and right, in pixels. */
export const margins = {left: 90, right: 60} as const;

/** Height of a panel in pixels. */
const HEIGHT = 330;

/**
 * Means with 95 % t-intervals both ways, every seed a small point.
 *
 * @param points In the order of the dial.
 */
export function informationPanel<R extends InformationRow>(
  measure: Measure,
  points: readonly Point<R>[],
  {baselines, ceilings, named, style, short}: InformationPanelOptions,
): Panel {
  const {heading, of} = measure;
  const {color} = mark(style);
  const lines = baselineLines(baselines, measure);
  const drawn = points.flatMap(({y, group}) => [y.mean, y.low, y.high, ...group.map(of)]);
  const range = roomyRange([...drawn, ...lines.map(({value}) => value)], 0.14);
  return {
    heading,
    height: HEIGHT,
    traces: pointTraces(measure, points, style, short),
    y: {nticks: 6, tickformat: 'd', range},
    marks: axes => ({
      annotations: [
        ...points.slice(1).map((to, i) => arrow(points[i]!, to, axes, color)),
        ...dialLabels(points, of, axes, color),
        ...lines.map(({name, value}) =>
          quietNote(`${name} ${value.toFixed(1)}`, {
            on: {x: `${axes.x} domain`, y: axes.y},
            x: 0.92,
            y: value,
            anchor: 'right bottom',
          }),
        ),
        ...(named ? ceilingNames(ceilings, axes) : []),
      ],
      shapes: [
        down(axes, ceilings.logK, {color: colors.quiet, width: 2, dash: 'solid'}),
        down(axes, ceilings.cosineCeiling, {color: colors.quiet, width: 2, dash: 'dash'}),
        ...lines.map(({value}) => across(axes, value, {color: colors.quiet, width: 1.5, dash: 'dashdot'})),
      ],
    }),
  };
}

/** Means on a dotted line, with their intervals and every seed where there are several. */
function pointTraces<R extends InformationRow>(
  {name, of}: Measure,
  points: readonly Point<R>[],
  style: number,
  short: string,
): PlotlyObject[] {
  const {color, symbol} = mark(style);
  const several = points.some(({x}) => x.n > 1);
  const bars = (intervals: readonly MeanInterval[]) =>
    several ? errorBars(intervals, {color, thickness: 2, width: 6}) : undefined;
  const xs = points.map(({x}) => x);
  const ys = points.map(({y}) => y);
  const place = '%{x:.2f} nats, %{y:.1f} %';
  const means = line(
    name,
    xs.map(({mean}) => mean),
    ys.map(({mean}) => mean),
    {
      color,
      width: 2,
      dash: 'dot',
      points: {color, symbol, size: 13, rim: {color: colors.paper, width: 1}},
      errorX: bars(xs),
      errorY: bars(ys),
      data: points.map(({value, x}) => [value, x.n]),
      hover: `${short} %{customdata[0]}, mean of %{customdata[1]}<br>${place}`,
      legend: false,
    },
  );
  if (!several) return [means];
  const runs = points.flatMap(({value, group}) => group.map(row => ({value, row})));
  const seeds = seedPoints(
    name,
    runs.map(({row}) => row.information),
    runs.map(({row}) => of(row)),
    {
      color,
      symbol,
      data: runs.map(({value, row}) => [value, row.seed, row.run]),
      hover: `${short} %{customdata[0]}, seed %{customdata[1]}, run %{customdata[2]}<br>${place}`,
      legend: false,
    },
  );
  return [means, seeds];
}

/** Above the lines down the panel. */
function ceilingNames({logK, cosineCeiling}: InformationPanelOptions['ceilings'], axes: Axes): PlotlyObject[] {
  const on = {x: axes.x, y: `${axes.y} domain`};
  return [
    quietNote('log K', {on, x: logK, y: 1, anchor: 'left bottom', shift: {x: 2}}),
    quietNote('ceiling of cosines', {on, x: cosineCeiling, y: 1, anchor: 'right bottom', shift: {x: -2}}),
  ];
}

/** Nats between two points whose labels would touch. */
const NEAR = 0.45;

/**
 * Each setting's label stands above all that is drawn of it; below, where that of the point before
 * it is near and above.
 */
function dialLabels<R extends InformationRow>(
  points: readonly Point<R>[],
  of: Measure['of'],
  on: Axes,
  color: string,
): PlotlyObject[] {
  const placed: {at: number; above: boolean}[] = [];
  return points.map(({value, x, y, group}) => {
    const before = placed.at(-1);
    const above = !(before?.above && Math.abs(x.mean - before.at) < NEAR);
    placed.push({at: x.mean, above});
    const [least, most] = spanOf([y.mean, y.low, y.high, ...group.map(of)]);
    const text = `<b>${value}</b>`;
    return above
      ? note(text, {on, x: x.mean, y: most, anchor: 'center bottom', shift: {y: 5}, color})
      : note(text, {on, x: x.mean, y: least, anchor: 'center top', shift: {y: -5}, color});
  });
}

/** From one setting toward the next, its head past the middle. */
const arrow = <R extends InformationRow>(from: Point<R>, to: Point<R>, {x, y}: Axes, color: string): PlotlyObject => ({
  text: '',
  xref: x,
  yref: y,
  axref: x,
  ayref: y,
  ax: from.x.mean,
  ay: from.y.mean,
  x: from.x.mean + 0.6 * (to.x.mean - from.x.mean),
  y: from.y.mean + 0.6 * (to.y.mean - from.y.mean),
  showarrow: true,
  arrowhead: 2,
  arrowsize: 1.4,
  arrowwidth: 2,
  arrowcolor: color,
});
