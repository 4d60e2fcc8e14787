// What an encoder is worth against how much its views share: each point a setting of the dial, arrows in the dial's direction, both ceilings of the estimate.
// Tian et al. 2020 (InfoMin), "What Makes for Good Views for Contrastive Learning?", arXiv:2005.10243, fig. 4 and 5.

import type {MeanInterval} from '../../analysis/meanInterval';
import {check} from '../../check';
import type {BaselineRow} from '../../study/baselines';
import {reverseU} from './reverseU';
import {viewDials} from './dials';
import type {ViewRow} from './study';
import type {Figure, Row} from '../../figures/figure';
import {distinct} from '../../figures/grouped';
import {heldOutText, informationMeasures, informationPanel, informationPoints, margins, type Measure, type Point} from '../../figures/informationPanel';
import {countsText, oneOf, provenanceText, seedsText, tableRow} from '../../figures/measuredTexts';
import {panels} from '../../figures/panels';
import {layout} from '../../figures/theme';

export interface GoodViewsFigureOptions {
  /** Those of the untrained encoder and of HOG are lines across. */
  baselines?: readonly BaselineRow[];
  /** @default 'Good views: <dial>' */
  title?: string;
}

/**
 * Panels of one accuracy each over I_NCE: on the data set by neighbors and by a linear probe, and by a linear probe on each data set that encoders were transferred to.
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
  const [{logK, cosineCeiling, settings: {candidates, temperature, pairs}}] = rows as [ViewRow];
  const {title: dialTitle, short} = viewDials[dial];
  const measures = informationMeasures(dataset, Object.keys(rows[0]!.transfer));
  const values = distinct(rows.map(({value}) => value)).sort((a, b) => a - b);
  const pointsOf = (measure: Measure) => informationPoints(rows, values, row => row.value, measure);
  const xs = rows.map(({information}) => information);
  const {data, height, axes, annotations, shapes} = panels(measures.map((measure, i) => informationPanel(measure, pointsOf(measure), {baselines, short, style: i, ceilings: {logK, cosineCeiling}, named: i === 0})),
    {x: {title: `I_NCE of held-out pairs (nats; K = ${candidates}, τ = ${temperature})`, range: [Math.min(0, ...xs) - 0.15, logK + 0.25], nticks: 8}, top: 150, bottom: 84, gap: 56});
  const pointText = ({value, x, y}: Point<ViewRow>) => `${short} ${value}: ${x.mean.toFixed(2)} nats, ${y.mean.toFixed(1)} %`;
  const found = values.length >= 3 ? measures.map(measure => ({measure, ...reverseU(rows.map(row => ({value: row.value, seed: row.seed, measured: measure.of(row)})))})) : [];
  const points = (value: number) => value.toFixed(1).replace('-', '−');
  const difference = ({mean, low, high}: MeanInterval) => `${points(mean)}${Number.isFinite(low) ? ` (${points(low)} to ${points(high)})` : ''}`;
  return {
    name: `good-views-${dial.toLowerCase()}-${dataset}`,
    data,
    layout: layout({title: title ?? `Good views: ${dialTitle}`, subtitle: `${dataset}; ${seedsText(rows)}; arrows: the dial goes up`, height, top: 150, bottom: 84, ...margins, annotations, shapes, ...axes}),
    caption: [
      `Each large mark is a setting of one dial, the ${dialTitle}; arrows lead from a value to the next higher one. Across: I_NCE = log K − cross-view InfoNCE of ${heldOutText(dataset, pairs)}, which no training has seen, by each run's own encoder; its ceilings are log K and, for cosines over τ, log K − log(1 + (K − 1)e^(−2/τ)).`,
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
