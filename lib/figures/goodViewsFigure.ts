// What an encoder is worth against how much its views share: each point a setting of the dial, arrows in the dial's direction, both ceilings of the estimate.
// Tian et al. 2020 (InfoMin), "What Makes for Good Views for Contrastive Learning?", arXiv:2005.10243, fig. 4 and 5.

import {meanInterval, type MeanInterval} from '../analysis/meanInterval';
import {check} from '../check';
import type {BaselineRow} from '../studies/baselines';
import {reverseU} from '../studies/reverseU';
import {viewDials} from '../studies/viewDials';
import type {ViewRow} from '../studies/viewInformationStudy';
import type {Figure, PlotlyObject, Row} from './figure';
import {distinct} from './grouped';
import {accuracyNames, countsText, oneOf, provenanceText, seedsText, tableRow} from './measuredTexts';
import {panels, type Panel} from './panels';
import {colours, layout, mark, size} from './theme';

export interface GoodViewsFigureOptions {
  /** Those of the untrained encoder and of HOG are lines across. */
  baselines?: readonly BaselineRow[];
  /** @default 'Good views: <dial>' */
  title?: string;
}

type Measure = {heading: string; name: string; baseline: 'knn' | 'linear' | null; of(row: ViewRow): number};
type Point = {value: number; x: MeanInterval; y: MeanInterval; group: readonly ViewRow[]};

/**
 * Panels of one accuracy each over I_NCE: on the data set by neighbours and by a linear probe, and by a linear probe on each data set that encoders were transferred to.
 * Every seed is a small point; means carry 95 % t-intervals both ways.
 *
 * @param rows Of one data set and one dial, K and τ.
 * @throws RangeError when there is no row, or rows are of several data sets, dials, K or τ: I_NCE compares views by one encoder and one K alone.
 */
export function goodViewsFigure(rows: readonly ViewRow[], {baselines = [], title}: GoodViewsFigureOptions = {}): Figure {
  check(rows.length > 0, 'goodViewsFigure', 'expected at least one row, got none');
  const the = <T extends string>(name: string, of: (row: ViewRow) => T) => oneOf('goodViewsFigure', name, rows, of);
  const [dataset, dial] = [the('data set', row => row.dataset), the('dial', row => row.dial)];
  the('K, τ and encoder', ({settings: {candidates, temperature, backbone}}) => `${candidates}, ${temperature}, ${backbone}`);
  const [{logK, cosineCeiling, settings: {candidates, temperature}}] = rows as [ViewRow];
  const {title: dialTitle, short} = viewDials[dial];
  const measures: Measure[] = [
    {heading: `linear probe, ${dataset} (%)`, name: `${accuracyNames.linear}, ${dataset}`, baseline: 'linear', of: row => 100 * row.last.linear},
    {heading: `k-NN, ${dataset} (%)`, name: `${accuracyNames.knn}, ${dataset}`, baseline: 'knn', of: row => 100 * row.last.knn},
    ...Object.keys(rows[0]!.transfer).map((name): Measure => ({heading: `linear probe, transferred to ${name} (%)`, name: `${accuracyNames.linear}, ${name}`, baseline: null, of: row => 100 * row.transfer[name]!.linear})),
  ];
  const values = distinct(rows.map(({value}) => value)).sort((a, b) => a - b);
  const pointsOf = ({of}: Measure): Point[] => values.map(value => {
    const group = rows.filter(row => row.value === value);
    return {value, group, x: meanInterval(group.map(row => row.information)), y: meanInterval(group.map(of))};
  });
  const xs = rows.map(({information}) => information);
  const {data, height, axes, annotations, shapes} = panels(measures.map((measure, i) => panelOf(measure, pointsOf(measure), baselines, {short, style: i, ceilings: {logK, cosineCeiling}, named: i === 0})),
    {x: {title: `I_NCE of held-out pairs (nats; K = ${candidates}, τ = ${temperature})`, range: [Math.min(0, ...xs) - 0.15, logK + 0.25], nticks: 8}, top: 150, bottom: 84, gap: 56});
  const pointText = ({value, x, y}: Point) => `${short} ${value}: ${x.mean.toFixed(2)} nats, ${y.mean.toFixed(1)} %`;
  const found = values.length >= 3 ? measures.map(measure => ({measure, ...reverseU(rows.map(row => ({value: row.value, seed: row.seed, measured: measure.of(row)})))})) : [];
  const points = (value: number) => value.toFixed(1).replace('-', '−');
  const difference = ({mean, low, high}: MeanInterval) => `${points(mean)}${Number.isFinite(low) ? ` (${points(low)} to ${points(high)})` : ''}`;
  return {
    name: `good-views-${dial.toLowerCase()}-${dataset}`,
    data,
    layout: layout({title: title ?? `Good views: ${dialTitle}`, subtitle: `${dataset}; ${seedsText(rows)}; arrows: the dial goes up`, height, top: 150, bottom: 84, right: 60, annotations, shapes, ...axes}),
    caption: [
      `Each large mark is a setting of one dial, the ${dialTitle}; arrows lead from a value to the next higher one. Across: I_NCE = log K − cross-view InfoNCE of pairs of the test split of ${dataset}, which no training has seen, by each run's own encoder; its ceilings are log K and, for cosines over τ, log K − log(1 + (K − 1)e^(−2/τ)).`,
      ...(found.length ? [`Peak minus both ends in points, seed by seed: ${found.map(({measure, peak, ends, above, verdict}) => `${measure.name}: peak at ${peak}, above ${ends[0]} by ${difference(above[0])}, above ${ends[1]} by ${difference(above[1])}; reverse U: ${verdict}`).join('. ')}.`] : []),
      `${countsText(rows, row => String(row.value))}; bars are 95 % t-intervals of the mean over seeds.`,
      ...(baselines.length ? ['Lines across: the same protocol on the untrained encoder and on HOG.'] : []),
      provenanceText(rows),
    ].join(' '),
    alt: measures.map(measure => `${measure.heading}: ${pointsOf(measure).map(pointText).join('; ')}.`).join(' '),
    credits: [],
    runs: rows.map(row => row.run),
    rows: [...rows.map(({transfer, ...row}): Row => ({...tableRow(row), ...Object.fromEntries(Object.entries(transfer).map(([name, read]) => [`transfer ${name}`, read]))})), ...baselines.map((row): Row => ({kind: 'baseline', ...row}))],
  };
}

/** Height of a panel in pixels. */
const HEIGHT = 330;

function panelOf({heading, name, baseline, of}: Measure, points: readonly Point[], baselines: readonly BaselineRow[], {short, style, ceilings, named}: {short: string; style: number; ceilings: {logK: number; cosineCeiling: number}; named: boolean}): Panel {
  const {colour, symbol} = mark(style);
  const lines = baseline === null ? [] : (['untrained', 'hog'] as const).flatMap(kind => {
    const group = baselines.filter(row => row.baseline === kind);
    return group.length ? [{name: kind === 'hog' ? 'HOG' : kind, value: meanInterval(group.map(row => 100 * row[baseline])).mean}] : [];
  });
  const all = [...points.flatMap(({y, group}) => [y.mean, y.low, y.high, ...group.map(of)]), ...lines.map(({value}) => value)].filter(Number.isFinite);
  const [least, most] = [Math.min(...all), Math.max(...all)], room = 0.1 * (most - least || 1);
  const several = points.some(({x}) => x.n > 1);
  const bars = (intervals: readonly MeanInterval[]) => ({type: 'data', symmetric: false, array: intervals.map(({mean, high}) => (Number.isFinite(high) ? high - mean : null)), arrayminus: intervals.map(({mean, low}) => (Number.isFinite(low) ? mean - low : null)), thickness: 2, width: 6, color: colour});
  const traces: PlotlyObject[] = [
    {type: 'scatter', mode: 'lines+markers', name, showlegend: false, x: points.map(({x}) => x.mean), y: points.map(({y}) => y.mean), customdata: points.map(({value, x}) => [value, x.n]),
      line: {color: colour, width: 2, dash: 'dot'}, marker: {color: colour, symbol, size: 13, line: {color: colours.paper, width: 1}},
      ...(several && {error_x: bars(points.map(({x}) => x)), error_y: bars(points.map(({y}) => y))}),
      hovertemplate: `${short} %{customdata[0]}, mean of %{customdata[1]}<br>%{x:.2f} nats, %{y:.1f} %<extra></extra>`},
    ...(several ? [{type: 'scatter', mode: 'markers', name: `${name}, each seed`, showlegend: false, x: points.flatMap(({group}) => group.map(row => row.information)), y: points.flatMap(({group}) => group.map(of)),
      customdata: points.flatMap(({value, group}) => group.map(row => [value, row.seed, row.run])), marker: {color: colours.paper, symbol, size: 8, line: {color: colour, width: 2}},
      hovertemplate: `${short} %{customdata[0]}, seed %{customdata[1]}, run %{customdata[2]}<br>%{x:.2f} nats, %{y:.1f} %<extra></extra>`}] : []),
  ];
  return {
    heading, height: HEIGHT, traces, y: {nticks: 6, tickformat: 'd', range: [least - 1.4 * room, most + 1.4 * room]},
    marks: (x, y) => ({
      annotations: [
        ...points.slice(1).map((to, i): PlotlyObject => arrow(points[i]!, to, x, y, colour)),
        ...labelled(points, of).map(({value, x: at, above, end}): PlotlyObject => ({text: `<b>${value}</b>`, xref: x, yref: y, x: at.mean, y: end, xanchor: 'center', yanchor: above ? 'bottom' : 'top', yshift: above ? 5 : -5, showarrow: false, font: {size: size.small, color: colour}})),
        ...lines.map(({name, value}): PlotlyObject => ({text: `${name} ${value.toFixed(1)}`, xref: `${x} domain`, yref: y, x: 0.92, y: value, xanchor: 'right', yanchor: 'bottom', showarrow: false, font: {size: size.small, color: colours.quiet}})),
        ...(named ? [
          {text: 'log K', xref: x, yref: `${y} domain`, x: ceilings.logK, y: 1, xanchor: 'left', yanchor: 'bottom', xshift: 2, showarrow: false, font: {size: size.small, color: colours.quiet}},
          {text: 'ceiling of cosines', xref: x, yref: `${y} domain`, x: ceilings.cosineCeiling, y: 1, xanchor: 'right', yanchor: 'bottom', xshift: -2, showarrow: false, font: {size: size.small, color: colours.quiet}},
        ] : []),
      ],
      shapes: [
        ...([['logK', 'solid'], ['cosineCeiling', 'dash']] as const).map(([ceiling, dash]): PlotlyObject => ({type: 'line', xref: x, yref: `${y} domain`, x0: ceilings[ceiling], x1: ceilings[ceiling], y0: 0, y1: 1, line: {color: colours.quiet, width: 2, dash}})),
        ...lines.map(({value}): PlotlyObject => ({type: 'line', xref: `${x} domain`, yref: y, x0: 0, x1: 1, y0: value, y1: value, line: {color: colours.quiet, width: 1.5, dash: 'dashdot'}})),
      ],
    }),
  };
}

/** Nats between two points whose labels would touch. */
const NEAR = 0.45;

/** Each setting's label stands above all that is drawn of it; below, where that of the point before it is near and above. */
function labelled(points: readonly Point[], of: (row: ViewRow) => number): (Point & {above: boolean; end: number})[] {
  const placed: (Point & {above: boolean; end: number})[] = [];
  for (const point of points) {
    const before = placed.at(-1), above = !(before?.above && Math.abs(point.x.mean - before.x.mean) < NEAR);
    const drawn = [point.y.mean, point.y.low, point.y.high, ...point.group.map(of)].filter(Number.isFinite);
    placed.push({...point, above, end: above ? Math.max(...drawn) : Math.min(...drawn)});
  }
  return placed;
}

/** From one setting towards the next, its head past the middle. */
const arrow = (from: Point, to: Point, x: string, y: string, colour: string): PlotlyObject => ({
  text: '', xref: x, yref: y, axref: x, ayref: y, ax: from.x.mean, ay: from.y.mean, x: from.x.mean + 0.6 * (to.x.mean - from.x.mean), y: from.y.mean + 0.6 * (to.y.mean - from.y.mean),
  showarrow: true, arrowhead: 2, arrowsize: 1.4, arrowwidth: 2, arrowcolor: colour,
});
