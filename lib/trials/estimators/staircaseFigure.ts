// Estimates of a mutual information that climbs while the critics are trained: a panel each, with
// the truth and the ceiling.
// Song & Ermon 2020 (SMILE), arXiv:1910.06222, fig. 1.

import {mean} from 'd3-array';
import {check} from '../../check';
import {distinct} from '../../figures/distinct';
import type {Figure} from '../../figures/figure';
import {oneOf} from '../../figures/measuredTexts';
import {across, quietNote} from '../../figures/notes';
import {panels, type Panel} from '../../figures/panels';
import {sentences} from '../../figures/texts';
import {colors, layout, mark} from '../../figures/theme';
import {line, type LineLook} from '../../figures/traces';
import {criticText} from './criticText';
import type {EstimatorRow} from './trials';

/** Options of {@link staircaseFigure}. */
export interface StaircaseFigureOptions {
  /** Above the figure. @default 'A truth that climbs' */
  title?: string;
  /**
   * Steps over which the dark line averages, as an exponential mean of this span.
   * @default 200, SMILE's
   */
  span?: number;
}

/** Points that are drawn of a course, at most: more are not seen. */
const POINTS = 800;
/** Steps at the end of a plateau of the truth, over which the table averages. */
const LAST = 100;

/**
 * Pale: the estimate of each step's batch; dark: its exponential mean; black: the truth; dotted:
 * what the best critic would have said, smoothed alike; dashed: the ceiling.
 *
 * @param rows One run of each estimator, of one batch and one course of the truth.
 * @throws RangeError when there is no row, an estimator is there twice, or batches differ.
 */
export function staircaseFigure(
  rows: readonly EstimatorRow[],
  {title: heading = 'A truth that climbs', span = 200}: StaircaseFigureOptions = {},
): Figure {
  const [first] = rows;
  check(first !== undefined, 'staircaseFigure', 'expected at least one row, got none');
  const titles = rows.map(row => row.title);
  const once = distinct(titles).length === titles.length;
  check(once, 'staircaseFigure', `expected one run of each estimator, got ${titles.join(', ')}`);
  const pairs = oneOf('staircaseFigure', 'truth', rows, row => row.truth);
  const settings = oneOf('staircaseFigure', 'critic and batch', rows, criticText);
  const {
    steps,
    course: {truth},
    device,
  } = first;
  const range: [number, number] = [-1, 1.35 * Math.max(...truth)];
  const every = Math.max(1, Math.ceil(steps / POINTS));
  const kept = Array.from({length: Math.floor(steps / every)}, (_, i) => (i + 1) * every - 1);
  const {data, places} = panels(
    rows.map((row, i) => panelOf(row, {color: mark(i).color, range, kept, span})),
    {x: {title: 'training step', range: [0, steps * 1.02], nticks: 6}, top: 140, bottom: 84, gap: 50},
  );
  const plateaus = distinct(truth).filter(value => truth.filter(other => other === value).length >= LAST);
  const ends = rows.map(({title, course: {estimate}}) => ({
    title,
    values: plateaus.map(value => {
      const there = estimate.filter((_, step) => truth[step] === value);
      return {value, mean: mean(there.slice(-LAST)) ?? NaN};
    }),
  }));
  const endText = ({title, values}: (typeof ends)[number]) => {
    const means = values.map(({value, mean: average}) => `${value} nats: ${average.toFixed(1)}`);
    return `${title}, mean of the last ${LAST} steps at each truth: ${means.join(', ')}.`;
  };
  return {
    name: 'staircase',
    data,
    layout: layout({
      title: heading,
      subtitle: `${settings}; black: truth, dark: mean, dotted: best critic, dashed: ceiling`,
      ...places,
    }),
    caption:
      `Mutual information of ${pairs} as critics estimate it while it climbs, in nats; ${settings}, one seed. ` +
      `Pale: each step's batch; dark: exponential mean over ${span} steps; black: the truth; dotted: the same ` +
      'estimate with the best critic, which is known here, smoothed alike; dashed: what the estimator cannot pass, ' +
      `where there is such a ceiling. ${device}.`,
    alt: sentences(...ends.map(endText)),
    credits: [],
    runs: [],
    rows: ends.flatMap(({title, values}) =>
      values.map(({value, mean: average}) => ({
        estimator: title,
        truth: value,
        [`mean of the last ${LAST} steps`]: average,
      })),
    ),
  };
}

type PanelLook = {
  color: string;
  range: [number, number];
  /** Steps that are drawn, from 0. */
  kept: readonly number[];
  span: number;
};

function panelOf({title, ceiling, course}: EstimatorRow, {color, range, kept, span}: PanelLook): Panel {
  const {estimate, optimal, truth} = course;
  const steps = kept.map(step => step + 1);
  const curve = (name: string, values: readonly number[], look: LineLook & {rest?: {opacity: number}}) => {
    const hover = `${name}: %{y:.2f} nats at step %{x}`;
    return line(
      `${title}, ${name}`,
      steps,
      kept.map(step => values[step]!),
      {...look, hover, legend: false},
    );
  };
  return {
    heading: `${title} (nats)`,
    height: 150,
    y: {nticks: 5, tickformat: 'd', range},
    traces: [
      curve('a batch', estimate, {color, width: 1, rest: {opacity: 0.25}}),
      curve('truth', truth, {color: colors.black, width: 2.5, shape: 'hv'}),
      curve('best critic', smoothed(optimal, span), {color: colors.quiet, width: 2, dash: 'dot'}),
      curve('estimate', smoothed(estimate, span), {color, width: 3}),
    ],
    marks: axes => {
      if (ceiling === null || ceiling > range[1]) return {};
      const on = {x: `${axes.x} domain`, y: axes.y};
      const text = `ceiling ${ceiling.toFixed(2)}`;
      return {
        shapes: [across(axes, ceiling, {color: colors.quiet, width: 2, dash: 'dash'})],
        annotations: [quietNote(text, {on, x: 0.005, y: ceiling, anchor: 'left bottom'})],
      };
    },
  };
}

/** Exponential mean of a span, 2/(span + 1) of the new value at each step, started at the first. */
function smoothed(values: readonly number[], span: number): number[] {
  const weight = 2 / (span + 1);
  let average = values[0]!;
  return values.map(value => (average += weight * (value - average)));
}
