// Space by space: how much one channel tells of the others, and what encoders are worth that learned it; learned spaces among them.
// Tian et al. 2020 (InfoMin), "What Makes for Good Views for Contrastive Learning?", arXiv:2005.10243.

import {meanInterval} from '../../analysis/meanInterval';
import {spearman} from '../../analysis/spearman';
import {check} from '../../check';
import type {BaselineRow} from '../../study/baselines';
import {spaceTitle, type ColorSpaceRow} from './study';
import type {Figure, Row} from '../../figures/figure';
import {grouped} from '../../figures/grouped';
import {informationMeasures} from '../../figures/informationPanel';
import {linePanels, type LineMeasure} from '../../figures/linePanels';
import {countsText, oneOf, provenanceText, seedsText, tableRow} from '../../figures/measuredTexts';
import {layout} from '../../figures/theme';

export interface ColorSpaceFigureOptions {
  /** Those of an untrained encoder are lines down the panels: one network, as wide as both of CMC's together. */
  baselines?: readonly BaselineRow[];
  /** @default 'One channel against the rest' */
  title?: string;
}

/** Of a space, over its seeds. */
const mean = (rows: readonly ColorSpaceRow[], of: (row: ColorSpaceRow) => number) => meanInterval(rows.map(of)).mean;

/**
 * A line for each space, the one whose halves share least on top; panels of I_NCE and of the accuracies. Every seed is a small point, the mean a large one with its 95 % t-interval.
 *
 * @param rows Of one data set, K, τ and encoder.
 * @throws RangeError when there is no row, or rows are of several data sets, K, τ or encoders.
 */
export function colorSpaceFigure(rows: readonly ColorSpaceRow[], {baselines = [], title = 'One channel against the rest'}: ColorSpaceFigureOptions = {}): Figure {
  check(rows.length > 0, 'colorSpaceFigure', 'expected at least one row, got none');
  const dataset = oneOf('colorSpaceFigure', 'data set', rows, row => row.dataset);
  oneOf('colorSpaceFigure', 'K, τ and encoder', rows, ({settings: {candidates, temperature, backbone}}) => `${candidates}, ${temperature}, ${backbone}`);
  const [{logK, cosineCeiling, settings: {candidates, temperature}}] = rows as [ColorSpaceRow];
  const information = (row: ColorSpaceRow) => row.information;
  const lines = [...grouped(rows, row => spaceTitle(row.space))].map(([name, rows]) => ({name, rows})).sort((a, b) => mean(a.rows, information) - mean(b.rows, information));
  const measures = informationMeasures(dataset, Object.keys(rows[0]!.transfer));
  const untrained = baselines.filter(row => row.baseline === 'untrained');
  const short = ['linear (%)', 'k-NN (%)', ...Object.keys(rows[0]!.transfer).map(name => `linear, ${name} (%)`)];
  const {data, layout: places} = linePanels(lines, [
    {heading: 'I_NCE (nats)', interval: true, of: information},
    ...measures.map(({of, baseline}, i): LineMeasure<ColorSpaceRow> => ({heading: short[i]!, interval: true, of, ...(baseline !== null && untrained.length > 0 && {reference: meanInterval(untrained.map(row => 100 * row[baseline])).mean})})),
  ], {key: untrained.length > 0 ? '– – untrained' : ''});
  const correlations = lines.length >= 3 ? measures.map(({name, of}) => `${name}: ${spearman(lines.map(({rows}) => mean(rows, information)), lines.map(({rows}) => mean(rows, of))).toFixed(2).replace('-', '−')}`) : [];
  return {
    name: `color-spaces-${dataset}`,
    data,
    layout: layout({title, subtitle: `${dataset}; ${seedsText(rows)}`, ...places}),
    caption: [
      `CMC between the first channel of each space and its other two, one crop for both. Learned spaces are flows from RGB, trained against two encoders, with labels also for two classifiers, before CMC was trained on what they make.`,
      `I_NCE = log K − cross-view InfoNCE of channels of the test split of ${dataset}, by each run's own encoders, with K = ${candidates} and τ = ${temperature}; it cannot pass ${cosineCeiling.toFixed(2)} nats (cosines over τ) and log K = ${logK.toFixed(2)}.`,
      ...(correlations.length ? [`Rank correlation of accuracy with I_NCE over spaces: ${correlations.join('; ')}.`] : []),
      `${countsText(rows, row => row.space)}; bars are 95 % t-intervals of the mean over seeds.`,
      ...(untrained.length ? ['Dashed: the same protocol on an untrained encoder, one network as wide as both of CMC together.'] : []),
      provenanceText(rows),
    ].join(' '),
    alt: lines.map(({name, rows}) => `${name}: I_NCE ${mean(rows, information).toFixed(2)} nats, ${measures.map(({of}, i) => `${short[i]!} ${mean(rows, of).toFixed(1)}`).join(', ')}.`).join(' '),
    credits: [],
    runs: rows.map(row => row.run),
    rows: [...rows.map(({transfer, flow, ...row}): Row => ({...tableRow(row), title: spaceTitle(row.space), flowMinutes: flow?.minutes ?? null, ...Object.fromEntries(Object.entries(transfer).map(([name, read]) => [`transfer ${name}`, read]))})),
      ...baselines.map((row): Row => ({kind: 'baseline', ...row}))],
  };
}
