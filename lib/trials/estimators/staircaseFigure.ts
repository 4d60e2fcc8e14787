// Estimates of a mutual information that climbs while the critics are trained: a panel each, with the truth and the ceiling.
// Song & Ermon 2020 (SMILE), arXiv:1910.06222, fig. 1.

import {check} from '../../check';
import type {EstimatorRow} from './trials';
import type {Figure, PlotlyObject} from '../../figures/figure';
import {oneOf} from '../../figures/measuredTexts';
import {panels, type Panel} from '../../figures/panels';
import {colors, layout, mark, size} from '../../figures/theme';

export interface StaircaseFigureOptions {
  /** @default 'A truth that climbs' */
  title?: string;
  /** Steps over which the dark line averages, as an exponential mean of this span. @default 200, SMILE's */
  span?: number;
}

/** Points that are drawn of a course, at most: more are not seen. */
const POINTS = 800;

/**
 * Pale: the estimate of each step's batch; dark: its exponential mean; black: the truth; dotted: what the best critic would have said, smoothed alike; dashed: the ceiling.
 *
 * @param rows One run of each estimator, of one batch and one course of the truth.
 * @throws RangeError when there is no row, an estimator is there twice, or batches differ.
 */
export function staircaseFigure(rows: readonly EstimatorRow[], {title = 'A truth that climbs', span = 200}: StaircaseFigureOptions = {}): Figure {
  check(rows.length > 0, 'staircaseFigure', 'expected at least one row, got none');
  const titles = rows.map(row => row.title);
  check(new Set(titles).size === titles.length, 'staircaseFigure', `expected one run of each estimator, got ${titles.join(', ')}`);
  const pairs = oneOf('staircaseFigure', 'truth', rows, row => row.truth);
  const settings = oneOf('staircaseFigure', 'critic and batch', rows, ({critic, batch, steps}) => `${critic} critic, K = ${batch}, ${steps.toLocaleString('en')} steps`);
  const [{steps, course: {truth}}] = rows as [EstimatorRow];
  const every = Math.max(1, Math.ceil(steps / POINTS)), kept = Array.from({length: Math.floor(steps / every)}, (_, i) => (i + 1) * every - 1);
  const most = Math.max(...truth), range: [number, number] = [-1, 1.35 * most];
  const {data, height, axes, annotations, shapes} = panels(rows.map((row, i) => panelOf(row, i)), {x: {title: 'training step', range: [0, steps * 1.02], nticks: 6}, top: 140, bottom: 84, gap: 50});
  const plateaus = [...new Set(truth)].filter(value => truth.filter(other => other === value).length >= 100);
  const ends = rows.map(({title, course}) => ({title, values: plateaus.map(value => ({value, mean: meanOf(course.estimate.filter((_, step) => truth[step] === value).slice(-100))}))}));
  return {
    name: 'staircase',
    data,
    layout: layout({title, subtitle: `${settings}; black: truth, dark: mean, dotted: best critic, dashed: ceiling`, height, top: 140, bottom: 84, right: 40, annotations, shapes, ...axes}),
    caption: `Mutual information of ${pairs} as critics estimate it while it climbs, in nats; ${settings}, one seed. Pale: each step's batch; dark: exponential mean over ${span} steps; black: the truth; dotted: the same estimate with the best critic, which is known here, smoothed alike; dashed: what the estimator cannot pass, where there is such a ceiling. ${rows[0]!.device}.`,
    alt: ends.map(({title, values}) => `${title}, mean of the last 100 steps at each truth: ${values.map(({value, mean}) => `${value} nats: ${mean.toFixed(1)}`).join(', ')}.`).join(' '),
    credits: [],
    runs: [],
    rows: ends.flatMap(({title, values}) => values.map(({value, mean}) => ({estimator: title, truth: value, 'mean of the last 100 steps': mean}))),
  };

  function panelOf({title, ceiling, course: {estimate, optimal}}: EstimatorRow, i: number): Panel {
    const {color} = mark(i);
    const line = (values: readonly number[], style: PlotlyObject, name: string): PlotlyObject => ({type: 'scatter', mode: 'lines', name: `${title}, ${name}`, showlegend: false, x: kept.map(step => step + 1), y: kept.map(step => values[step]!), line: style, hovertemplate: `${name}: %{y:.2f} nats at step %{x}<extra></extra>`});
    return {
      heading: `${title} (nats)`, height: 150, y: {nticks: 5, tickformat: 'd', range},
      traces: [
        {...line(estimate, {color, width: 1}, 'a batch'), opacity: 0.25}, line(truth, {color: colors.black, width: 2.5, shape: 'hv'}, 'truth'),
        line(smoothed(optimal, span), {color: colors.quiet, width: 2, dash: 'dot'}, 'best critic'), line(smoothed(estimate, span), {color, width: 3}, 'estimate'),
      ],
      marks: (x, y) => (ceiling === null || ceiling > range[1] ? {} : {
        shapes: [{type: 'line', xref: `${x} domain`, yref: y, x0: 0, x1: 1, y0: ceiling, y1: ceiling, line: {color: colors.quiet, width: 2, dash: 'dash'}}],
        annotations: [{text: `ceiling ${ceiling.toFixed(2)}`, xref: `${x} domain`, yref: y, x: 0.005, y: ceiling, xanchor: 'left', yanchor: 'bottom', showarrow: false, font: {size: size.small, color: colors.quiet}}],
      }),
    };
  }
}

/** Exponential mean of a span, 2/(span + 1) of the new value at each step, started at the first. */
function smoothed(values: readonly number[], span: number): number[] {
  const weight = 2 / (span + 1);
  let mean = values[0]!;
  return values.map(value => (mean += weight * (value - mean)));
}

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
