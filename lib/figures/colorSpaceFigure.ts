// What encoders are worth against how much one channel tells of the others, space by space; learned spaces beside them.
// Tian et al. 2020 (InfoMin), "What Makes for Good Views for Contrastive Learning?", arXiv:2005.10243, sec. 4.

import {spearman} from '../analysis/spearman';
import {check} from '../check';
import type {BaselineRow} from '../studies/baselines';
import {spaceTitle, splitSpaces, type ColorSpaceRow} from '../studies/colorSpaceStudy';
import type {Figure, Row} from './figure';
import {distinct} from './grouped';
import {informationMeasures, informationPanel, informationPoints, margins, type Measure, type Point} from './informationPanel';
import {countsText, oneOf, provenanceText, seedsText, tableRow} from './measuredTexts';
import {panels} from './panels';
import {layout} from './theme';

export interface ColorSpaceFigureOptions {
  /** Those of HOG and of an untrained encoder are lines across: one network, as wide as both of CMC's together. */
  baselines?: readonly BaselineRow[];
  /** @default 'One channel against the rest' */
  title?: string;
}

const titleOf = ({space}: ColorSpaceRow) => spaceTitle(space);

/**
 * Panels of one accuracy each over I_NCE, a point a space: on the data set by a linear probe and by neighbours, and by a linear probe on each data set that encoders were transferred to. Every seed is a small point; means
 * carry 95 % t-intervals both ways. The axis shows what was measured: both ceilings lie far to the right of it and stand in the caption.
 *
 * @param rows Of one data set, K, τ and encoder.
 * @throws RangeError when there is no row, or rows are of several data sets, K, τ or encoders.
 */
export function colorSpaceFigure(rows: readonly ColorSpaceRow[], {baselines = [], title = 'One channel against the rest'}: ColorSpaceFigureOptions = {}): Figure {
  check(rows.length > 0, 'colorSpaceFigure', 'expected at least one row, got none');
  const dataset = oneOf('colorSpaceFigure', 'data set', rows, row => row.dataset);
  oneOf('colorSpaceFigure', 'K, τ and encoder', rows, ({settings: {candidates, temperature, backbone}}) => `${candidates}, ${temperature}, ${backbone}`);
  const [{logK, cosineCeiling, settings: {candidates, temperature}}] = rows as [ColorSpaceRow];
  const measures = informationMeasures(dataset, Object.keys(rows[0]!.transfer));
  const titles = splitSpaces.filter(space => rows.some(row => row.space === space)).map(spaceTitle);
  const pointsOf = (measure: Measure): Point<ColorSpaceRow>[] => informationPoints(rows, titles, titleOf, measure);
  const xs = rows.map(({information}) => information), room = 0.12 * (Math.max(...xs) - Math.min(...xs) || 1);
  const range = [Math.min(...xs) - room, Math.max(...xs) + room] as const;
  const {data, height, axes, annotations, shapes} = panels(measures.map((measure, i) => informationPanel(measure, pointsOf(measure), {baselines, range, style: i, ceilings: {logK, cosineCeiling}, named: false, labels: 'names'})),
    {x: {title: `I_NCE of held-out pairs (nats; K = ${candidates}, τ = ${temperature})`, range: [...range], nticks: 8}, top: 130, bottom: 84, gap: 56});
  const correlation = (measure: Measure) => {
    const points = pointsOf(measure);
    return points.length >= 3 ? [`${measure.name}: ${spearman(points.map(({x}) => x.mean), points.map(({y}) => y.mean)).toFixed(2).replace('-', '−')}`] : [];
  };
  const correlations = measures.flatMap(correlation);
  return {
    name: `color-spaces-${dataset}`,
    data,
    layout: layout({title, subtitle: `${dataset}; ${seedsText(rows)}`, height, top: 130, bottom: 84, ...margins, annotations, shapes, ...axes}),
    caption: [
      `CMC between the first channel of each space and its other two, one crop for both. Learned spaces are flows from RGB, trained against two encoders, with labels also for two classifiers, before CMC was trained on what they make.`,
      `Across: I_NCE = log K − cross-view InfoNCE of channels of the test split of ${dataset}, by each run's own encoders; its ceilings, ${cosineCeiling.toFixed(2)} nats for cosines over τ and log K = ${logK.toFixed(2)}, lie ${Math.max(...range) < cosineCeiling ? 'to the right of the axis' : 'on the axis'}.`,
      ...(correlations.length ? [`Rank correlation of accuracy with I_NCE over spaces: ${correlations.join('; ')}.`] : []),
      `${countsText(rows, titleOf)}; bars are 95 % t-intervals of the mean over seeds.`,
      ...(baselines.length ? ['Lines across: the same protocol on HOG and on an untrained encoder, one network as wide as both of CMC together.'] : []),
      provenanceText(rows),
    ].join(' '),
    alt: measures.map(measure => `${measure.heading}: ${pointsOf(measure).map(({value, x, y}) => `${value} ${x.mean.toFixed(2)} nats, ${y.mean.toFixed(1)} %`).join('; ')}.`).join(' '),
    credits: [],
    runs: distinct(rows.map(row => row.run)),
    rows: [...rows.map(({transfer, flow, ...row}): Row => ({...tableRow(row), title: titleOf(row as ColorSpaceRow), flowMinutes: flow?.minutes ?? null, ...Object.fromEntries(Object.entries(transfer).map(([name, read]) => [`transfer ${name}`, read]))})),
      ...baselines.map((row): Row => ({kind: 'baseline', ...row}))],
  };
}
