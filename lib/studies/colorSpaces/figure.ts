// Space by space: how much one channel tells of the others, and what encoders are worth that
// learned it; learned spaces among them.
// Tian et al. 2020 (InfoMin), "What Makes for Good Views for Contrastive Learning?",
// arXiv:2005.10243.

import {groups} from 'd3-array';
import {meanInterval} from '../../analysis/meanInterval';
import {spearman} from '../../analysis/spearman';
import {check} from '../../check';
import type {Figure} from '../../figures/figure';
import {informationMeasures, informationRow} from '../../figures/informationPanel';
import {linePanels, type LineMeasure} from '../../figures/linePanels';
import {BARS, countsText, oneOf, provenanceText, seedsText} from '../../figures/measuredTexts';
import {rowsOfKind, sentences, signed} from '../../figures/texts';
import {layout} from '../../figures/theme';
import type {BaselineRow} from '../../study/baselines';
import {spaceTitle, type ColorSpaceRow} from './study';

/** Options of {@link colorSpaceFigure}. */
export interface ColorSpaceFigureOptions {
  /**
   * Those of an untrained encoder are lines down the panels: one network, as wide as both of CMC's
   * together.
   */
  baselines?: readonly BaselineRow[];
  /** Above the figure. @default 'One channel against the rest' */
  title?: string;
}

type Of = (row: ColorSpaceRow) => number;

/** Of a space, over its seeds. */
const mean = (rows: readonly ColorSpaceRow[], of: Of) => meanInterval(rows.map(of)).mean;

const information: Of = row => row.information;

/**
 * A line for each space, the one whose halves share least on top; panels of I_NCE and of the
 * accuracies. Every seed is a small point, the mean a large one with its 95 % t-interval.
 *
 * @param rows Of one data set, K, τ and encoder.
 * @throws RangeError when there is no row, or rows are of several data sets, K, τ or encoders.
 */
export function colorSpaceFigure(rows: readonly ColorSpaceRow[], options: ColorSpaceFigureOptions = {}): Figure {
  const {baselines = [], title = 'One channel against the rest'} = options;
  const [first] = rows;
  check(first !== undefined, 'colorSpaceFigure', 'expected at least one row, got none');
  const dataset = oneOf('colorSpaceFigure', 'data set', rows, row => row.dataset);
  oneOf('colorSpaceFigure', 'K, τ and encoder', rows, encoderText);
  const {
    logK,
    cosineCeiling,
    settings: {candidates, temperature},
  } = first;
  const lines = groups(rows, row => spaceTitle(row.space))
    .map(([name, group]) => ({name, rows: group}))
    .sort((a, b) => mean(a.rows, information) - mean(b.rows, information));
  const transfer = Object.keys(first.transfer);
  const shortNames = ['linear (%)', 'k-NN (%)', ...transfer.map(name => `linear, ${name} (%)`)];
  const measures = informationMeasures(dataset, transfer).map((measure, i) => ({...measure, short: shortNames[i]!}));
  const untrained = baselines.filter(row => row.baseline === 'untrained');
  const drawn = measures.map(({of, baseline, short}): LineMeasure<ColorSpaceRow> => {
    const known = baseline !== null && untrained.length > 0;
    const reference = known && {reference: meanInterval(untrained.map(row => 100 * row[baseline])).mean};
    return {heading: short, interval: true, of, ...reference};
  });
  const {data, places} = linePanels(lines, [{heading: 'I_NCE (nats)', interval: true, of: information}, ...drawn], {
    key: untrained.length > 0 ? '– – untrained' : '',
  });
  const shared = lines.map(line => mean(line.rows, information));
  const correlations = measures.map(({name, of}) => {
    const accuracies = lines.map(line => mean(line.rows, of));
    return lines.length < 3 ? '' : `${name}: ${signed(spearman(shared, accuracies), 2)}`;
  });
  const lineText = ({name, rows: group}: (typeof lines)[number]) => {
    const accuracies = measures.map(({of, short}) => `${short} ${mean(group, of).toFixed(1)}`);
    return `${name}: I_NCE ${mean(group, information).toFixed(2)} nats, ${accuracies.join(', ')}.`;
  };
  return {
    name: `color-spaces-${dataset}`,
    data,
    layout: layout({title, subtitle: `${dataset}; ${seedsText(rows)}`, ...places}),
    caption: sentences(
      'CMC between the first channel of each space and its other two, one crop for both. Learned spaces are flows ' +
        'from RGB, trained against two encoders, with labels also for two classifiers, before CMC was trained on ' +
        'what they make.',
      `I_NCE = log K − cross-view InfoNCE of channels of the test split of ${dataset}, by each run's own encoders, ` +
        `with K = ${candidates} and τ = ${temperature}; it cannot pass ${cosineCeiling.toFixed(2)} nats (cosines ` +
        `over τ) and log K = ${logK.toFixed(2)}.`,
      lines.length >= 3 && `Rank correlation of accuracy with I_NCE over spaces: ${correlations.join('; ')}.`,
      `${countsText(rows, row => row.space)}; ${BARS}.`,
      untrained.length > 0 &&
        'Dashed: the same protocol on an untrained encoder, one network as wide as both of CMC together.',
      provenanceText(rows),
    ),
    alt: sentences(...lines.map(lineText)),
    credits: [],
    runs: rows.map(row => row.run),
    rows: [
      ...rows.map(({flow, ...row}) => ({
        ...informationRow(row),
        title: spaceTitle(row.space),
        flowMinutes: flow?.minutes ?? null,
      })),
      ...rowsOfKind('baseline', baselines),
    ],
  };
}

/** What makes estimates comparable. */
const encoderText = ({settings: {candidates, temperature, backbone}}: ColorSpaceRow): string =>
  `${candidates}, ${temperature}, ${backbone}`;
