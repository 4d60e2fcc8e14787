// What an encoder is worth against how much its views share: each point a setting of the dial,
// arrows in the dial's direction, both ceilings of the estimate.
// Tian et al. 2020 (InfoMin), "What Makes for Good Views for Contrastive Learning?",
// arXiv:2005.10243, fig. 4 and 5.

import {ascending} from 'd3-array';
import type {MeanInterval} from '../../analysis/meanInterval';
import {check} from '../../check';
import {distinct} from '../../figures/distinct';
import type {Figure} from '../../figures/figure';
import {
  heldOutText,
  informationMeasures,
  informationPanel,
  informationPoints,
  informationRow,
  margins,
  type Measure,
  type Point,
} from '../../figures/informationPanel';
import {BARS, countsText, oneOf, provenanceText, seedsText} from '../../figures/measuredTexts';
import {panels} from '../../figures/panels';
import {percent, rowsOfKind, sentences, signed} from '../../figures/texts';
import {layout} from '../../figures/theme';
import type {BaselineRow} from '../../study/baselines';
import {viewDials} from './dials';
import {reverseU} from './reverseU';
import type {ViewRow} from './study';

/** Options of {@link goodViewsFigure}. */
export interface GoodViewsFigureOptions {
  /** Those of the untrained encoder and of HOG are lines across. */
  baselines?: readonly BaselineRow[];
  /** Above the figure. @default 'Good views: <dial>' */
  title?: string;
}

/**
 * Panels of one accuracy each over I_NCE: on the data set by neighbors and by a linear probe, and
 * by a linear probe on each data set that encoders were transferred to. Every seed is a small
 * point; means carry 95 % t-intervals both ways.
 *
 * @param rows Of one data set and one dial, K and τ.
 * @throws RangeError when there is no row, or rows are of several data sets, dials, K or τ: I_NCE
 * compares views by one encoder and one K alone.
 */
export function goodViewsFigure(rows: readonly ViewRow[], options: GoodViewsFigureOptions = {}): Figure {
  const {baselines = [], title} = options;
  const [first] = rows;
  check(first !== undefined, 'goodViewsFigure', 'expected at least one row, got none');
  const the = <T extends string>(name: string, of: (row: ViewRow) => T) => oneOf('goodViewsFigure', name, rows, of);
  const dataset = the('data set', row => row.dataset);
  const dial = the('dial', row => row.dial);
  the('K, τ and encoder', encoderText);
  const {logK, cosineCeiling, settings} = first;
  const {candidates, temperature} = settings;
  const {title: dialTitle, short} = viewDials[dial];
  const measures = informationMeasures(dataset, Object.keys(first.transfer));
  const values = distinct(rows.map(({value}) => value)).sort(ascending);
  const pointsOf = (measure: Measure) => informationPoints(rows, values, row => row.value, measure);
  const drawn = measures.map((measure, i) =>
    informationPanel(measure, pointsOf(measure), {
      baselines,
      short,
      style: i,
      ceilings: {logK, cosineCeiling},
      named: i === 0,
    }),
  );
  const {data, places} = panels(drawn, {
    x: {
      title: `I_NCE of held-out pairs (nats; K = ${candidates}, τ = ${temperature})`,
      range: [Math.min(0, ...rows.map(({information}) => information)) - 0.15, logK + 0.25],
      nticks: 8,
    },
    top: 150,
    bottom: 84,
    gap: 56,
  });
  const pointText = ({value, x, y}: Point<ViewRow>) =>
    `${short} ${value}: ${x.mean.toFixed(2)} nats, ${percent(y.mean)}`;
  const found = values.length >= 3 ? measures.map(measure => reverseText(rows, measure)) : [];
  return {
    name: `good-views-${dial.toLowerCase()}-${dataset}`,
    data,
    layout: layout({
      title: title ?? `Good views: ${dialTitle}`,
      subtitle: `${dataset}; ${seedsText(rows)}; arrows: the dial goes up`,
      ...margins,
      ...places,
    }),
    caption: sentences(
      `Each large mark is a setting of one dial, the ${dialTitle}; arrows lead from a value to the next higher one.`,
      `Across: I_NCE = log K − cross-view InfoNCE of ${heldOutText(dataset, settings.pairs)}, which no training has ` +
        "seen, by each run's own encoder; its ceilings are log K and, for cosines over τ, " +
        'log K − log(1 + (K − 1)e^(−2/τ)).',
      found.length > 0 && `Peak minus both ends in points, seed by seed: ${found.join('. ')}.`,
      `${countsText(rows, row => String(row.value))}; ${BARS}.`,
      baselines.length > 0 && 'Lines across: the same protocol on the untrained encoder and on HOG.',
      provenanceText(rows),
    ),
    alt: sentences(...measures.map(measure => `${measure.heading}: ${pointsOf(measure).map(pointText).join('; ')}.`)),
    credits: [],
    runs: rows.map(row => row.run),
    rows: [...rows.map(informationRow), ...rowsOfKind('baseline', baselines)],
  };
}

/** What makes estimates comparable. */
export const encoderText = ({settings: {candidates, temperature, backbone}}: ViewRow): string =>
  `${candidates}, ${temperature}, ${backbone}`;

/** "−1.3 (−2.0 to −0.6)". */
const differenceText = ({mean, low, high}: MeanInterval): string =>
  `${signed(mean, 1)}${Number.isFinite(low) ? ` (${signed(low, 1)} to ${signed(high, 1)})` : ''}`;

/** Where an accuracy peaks over the dial, and how far above both ends. */
function reverseText(rows: readonly ViewRow[], {name, of}: Measure): string {
  const measured = rows.map(row => ({value: row.value, seed: row.seed, measured: of(row)}));
  const {peak, ends, above, verdict} = reverseU(measured);
  const over = ([0, 1] as const).map(end => `above ${ends[end]} by ${differenceText(above[end])}`);
  return `${name}: peak at ${peak}, ${over.join(', ')}; reverse U: ${verdict}`;
}
