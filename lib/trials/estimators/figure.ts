// Estimators against the truth: mean, and how much an estimate varies from batch to batch, with the
// ceiling of InfoNCE. Poole et al. 2019, "On Variational Bounds of Mutual Information",
// arXiv:1905.06922, fig. 2 and 3.

import {ascending} from 'd3-array';
import {check} from '../../check';
import {distinct} from '../../figures/distinct';
import type {Figure} from '../../figures/figure';
import {BARS, countsText, oneOf, seedsText} from '../../figures/measuredTexts';
import {across} from '../../figures/notes';
import {LABELS, panels, sideLabels, type Panel} from '../../figures/panels';
import {dialAxis, meansOf, meansText, seedCurve, type Measurement} from '../../figures/seedCurve';
import {sentences, spanOf} from '../../figures/texts';
import {colors, layout, mark} from '../../figures/theme';
import {line} from '../../figures/traces';
import {criticText} from './criticText';
import type {EstimatorRow} from './trials';

export interface EstimatorFigureOptions {
  /** @default 'Estimators and the truth' */
  title?: string;
}

/** Pixels of the panels. */
const heights = {estimate: 430, deviation: 230} as const;
/** Sides of the dial's place, in turn. */
const sides = [-1, 0, 1] as const;

/**
 * Over the true information: the mean estimate with the diagonal and the ceilings, and the standard
 * deviation from batch to batch (logarithmic). Every seed is a point; means carry 95 % t-intervals.
 *
 * @param rows Of one critic and batch.
 * @throws RangeError when there is no row, or critics or batches differ.
 */
export function estimatorFigure(
  rows: readonly EstimatorRow[],
  {title: heading = 'Estimators and the truth'}: EstimatorFigureOptions = {},
): Figure {
  check(rows.length > 0, 'estimatorFigure', 'expected at least one row, got none');
  const pairs = oneOf('estimatorFigure', 'truth', rows, row => row.truth);
  const settings = oneOf('estimatorFigure', 'critic and batch', rows, criticText);
  const titles = distinct(rows.map(row => row.title));
  const axis = dialAxis('linear', distinct(rows.map(row => row.information)).sort(ascending));
  const common = {axis, dialName: 'I', dialUnit: ' nats'} as const;
  const measured = (name: string, of: (row: EstimatorRow) => number): Measurement[] =>
    rows
      .filter(row => row.title === name)
      .map(row => ({dial: row.information, value: of(row), seed: row.seed, run: ''}));
  const curves = (of: (row: EstimatorRow) => number, legend: boolean) =>
    titles.flatMap((name, i) => {
      const look = {style: i, side: sides[i % sides.length]!, legend};
      return seedCurve(measured(name, of), {...common, ...look, name, digits: 2, unit: ' nats'});
    });
  const ceilings = [
    ...new Map(rows.flatMap(({title, ceiling}) => (ceiling === null ? [] : [[title, ceiling] as const]))),
  ].map(([name, ceiling]) => ({name, ceiling, color: mark(titles.indexOf(name)).color}));
  const most = Math.max(...rows.flatMap(({mean, information}) => [mean, information]));
  const range: [number, number] = [-0.1 * most, 1.08 * most];
  const seen = ceilings.filter(({ceiling}) => ceiling <= range[1]);
  const labels = seen.map(({name, ceiling, color}) => ({from: 1, value: ceiling, text: `ceiling of ${name}`, color}));
  const [least, largest] = spanOf(rows.map(({deviation}) => deviation));
  const estimate: Panel = {
    heading: 'estimate (nats)',
    height: heights.estimate,
    y: {nticks: 7, range},
    traces: [
      line('truth', axis.range, axis.range, {color: colors.black, width: 2, hover: 'truth', legend: false}),
      ...curves(row => row.mean, true),
    ],
    marks: axes => {
      const {annotations, shapes} = sideLabels(labels, range, heights.estimate, axes);
      const lines = seen.map(({ceiling, color}) => across(axes, ceiling, {color, width: 2, dash: 'dash'}));
      return {annotations, shapes: [...shapes, ...lines]};
    },
  };
  const deviation: Panel = {
    heading: 'standard deviation from batch to batch (nats, logarithmic)',
    height: heights.deviation,
    y: {type: 'log', dtick: 1, range: [Math.log10(least / 1.5), Math.log10(largest * 1.5)]},
    traces: curves(row => row.deviation, false),
  };
  const {data, places} = panels([estimate, deviation], {
    x: {...axis, title: 'true mutual information (nats)'},
    top: 190,
    bottom: 84,
    gap: 56,
  });
  const below = distinct(
    rows.filter(({mean}) => mean < range[0]).map(({title, information}) => `${title} at ${information} nats`),
  );
  const ceilingTexts = ceilings.map(({name, ceiling}) => `${name} ${ceiling.toFixed(2)}`);
  const estimatorText = (name: string) => {
    const means = meansText(
      measured(name, row => row.mean),
      {...common, digits: 2, unit: ''},
    );
    const deviations = meansOf(measured(name, row => row.deviation)).map(({mean}) => mean.toFixed(2));
    return `${name}: ${means}; deviation ${deviations.join(', ')}.`;
  };
  return {
    name: 'estimators',
    data,
    layout: layout({
      title: heading,
      subtitle: `${settings}; ${seedsText(rows)}`,
      right: LABELS,
      legend: true,
      ...places,
    }),
    caption: sentences(
      `Mutual information of ${pairs} as trained critics estimate it, against the truth (black): mean over the last ` +
        `steps, and standard deviation from batch to batch. ${settings}.`,
      below.length > 0 && `Below the panel, in one seed at least: ${below.join(', ')}.`,
      ceilings.length > 0 && `Ceilings: ${ceilingTexts.join(', ')} nats.`,
      `${countsText(rows, row => `${row.title} ${row.information}`)}; ${BARS}.`,
      `${rows[0]!.device}.`,
    ),
    alt: sentences(...titles.map(estimatorText)),
    credits: [],
    runs: [],
    rows: rows.map(({estimator: _, course: __, ...row}) => row),
  };
}
