// Estimators against the truth: mean, and how much an estimate varies from batch to batch, with the ceiling of InfoNCE.
// Poole et al. 2019, "On Variational Bounds of Mutual Information", arXiv:1905.06922, fig. 2 and 3.

import {check} from '../../check';
import type {EstimatorRow} from './trials';
import type {Figure, PlotlyObject} from '../../figures/figure';
import {distinct} from '../../figures/grouped';
import {countsText, oneOf, seedsText} from '../../figures/measuredTexts';
import {LABELS, panels, sideLabels} from '../../figures/panels';
import {dialAxis, meansOf, meansText, seedCurve, type Measurement} from '../../figures/seedCurve';
import {colors, layout, legend, mark} from '../../figures/theme';

export interface EstimatorFigureOptions {
  /** @default 'Estimators and the truth' */
  title?: string;
}

/**
 * Over the true information: the mean estimate with the diagonal and the ceilings, and the standard deviation from batch to batch (logarithmic). Every seed is a point; means carry 95 % t-intervals.
 *
 * @param rows Of one critic and batch.
 * @throws RangeError when there is no row, or critics or batches differ.
 */
export function estimatorFigure(rows: readonly EstimatorRow[], {title = 'Estimators and the truth'}: EstimatorFigureOptions = {}): Figure {
  check(rows.length > 0, 'estimatorFigure', 'expected at least one row, got none');
  const pairs = oneOf('estimatorFigure', 'truth', rows, row => row.truth);
  const settings = oneOf('estimatorFigure', 'critic and batch', rows, ({critic, batch, steps}) => `${critic} critic, K = ${batch}, ${steps.toLocaleString('en')} steps`);
  const titles = distinct(rows.map(row => row.title)), truths = distinct(rows.map(row => row.information)).sort((a, b) => a - b);
  const measured = (name: string, of: (row: EstimatorRow) => number): Measurement[] => rows.filter(row => row.title === name).map(row => ({dial: row.information, value: of(row), seed: row.seed, run: ''}));
  const axis = dialAxis('linear', truths);
  const common = {axis, dialName: 'I', dialUnit: ' nats'} as const;
  const curves = (of: (row: EstimatorRow) => number, legend: boolean) => titles.flatMap((name, i) => seedCurve(measured(name, of), {...common, name, digits: 2, unit: ' nats', style: i, side: ([-1, 0, 1] as const)[i % 3]!, legend}));
  const ceilings = [...new Map(rows.flatMap(({title, ceiling}) => (ceiling === null ? [] : [[title, ceiling] as const])))];
  const most = Math.max(...rows.flatMap(({mean, information}) => [mean, information])), range: [number, number] = [-0.1 * most, 1.08 * most];
  const below = distinct(rows.filter(({mean}) => mean < range[0]).map(({title, information}) => `${title} at ${information} nats`));
  const spreads = rows.map(({deviation}) => deviation), height = 430;
  const drawn = panels([
    {heading: 'estimate (nats)', height, y: {nticks: 7, range}, traces: [
      {type: 'scatter', mode: 'lines', name: 'truth', showlegend: false, x: axis.range, y: axis.range, line: {color: colors.black, width: 2}, hovertemplate: 'truth<extra></extra>'} satisfies PlotlyObject,
      ...curves(row => row.mean, true),
    ], marks: (x, y) => {
      const seen = ceilings.filter(([, ceiling]) => ceiling <= range[1]);
      const {annotations, shapes} = sideLabels(seen.map(([name, ceiling]) => ({from: 1, value: ceiling, text: `ceiling of ${name}`, color: mark(titles.indexOf(name)).color})), range, height, x, y);
      return {annotations, shapes: [...shapes, ...seen.map(([name, ceiling]): PlotlyObject => ({type: 'line', xref: `${x} domain`, yref: y, x0: 0, x1: 1, y0: ceiling, y1: ceiling, line: {color: mark(titles.indexOf(name)).color, width: 2, dash: 'dash'}}))]};
    }},
    {heading: 'standard deviation from batch to batch (nats, logarithmic)', height: 230, y: {type: 'log', dtick: 1, range: [Math.log10(Math.min(...spreads) / 1.5), Math.log10(Math.max(...spreads) * 1.5)]}, traces: curves(row => row.deviation, false)},
  ], {x: {...axis, title: 'true mutual information (nats)'}, top: 190, bottom: 84, gap: 56});
  return {
    name: 'estimators',
    data: drawn.data,
    layout: layout({title, subtitle: `${settings}; ${seedsText(rows)}`, height: drawn.height, top: 190, bottom: 84, right: LABELS, showlegend: true, legend: legend(drawn.height), annotations: drawn.annotations, shapes: drawn.shapes, ...drawn.axes}),
    caption: [
      `Mutual information of ${pairs} as trained critics estimate it, against the truth (black): mean over the last steps, and standard deviation from batch to batch. ${settings}.`,
      ...(below.length ? [`Below the panel, in one seed at least: ${below.join(', ')}.`] : []),
      ...(ceilings.length ? [`Ceilings: ${ceilings.map(([name, ceiling]) => `${name} ${ceiling.toFixed(2)}`).join(', ')} nats.`] : []),
      `${countsText(rows, row => `${row.title} ${row.information}`)}; bars are 95 % t-intervals of the mean over seeds. ${rows[0]!.device}.`,
    ].join(' '),
    alt: titles.map(name => `${name}: ${meansText(measured(name, row => row.mean), {...common, digits: 2, unit: ''})}; deviation ${meansOf(measured(name, row => row.deviation)).map(({mean}) => mean.toFixed(2)).join(', ')}.`).join(' '),
    credits: [],
    runs: [],
    rows: rows.map(({estimator: _, course: __, ...row}) => row),
  };
}
