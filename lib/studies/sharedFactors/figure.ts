// What an encoder knows of each factor when its two views shared some of them: a line for each
// choice, a panel for each factor, beside the encoder before its first step.
// Tian et al. 2020 (InfoMin), arXiv:2005.10243, table 2.

import {groups} from 'd3-array';
import {meanInterval} from '../../analysis/meanInterval';
import {check} from '../../check';
import type {FactorName} from '../../datasets/factors';
import type {Figure} from '../../figures/figure';
import {linePanels, type LineColumn, type LineMeasure} from '../../figures/linePanels';
import {accuracyNames, BARS, countsText, oneOf, provenanceText, seedsText, tableRow} from '../../figures/measuredTexts';
import {percent, sentences} from '../../figures/texts';
import {layout} from '../../figures/theme';
import type {SharedFactorsRow} from './study';

/** Options of {@link sharedFactorsFigure}. */
export interface SharedFactorsFigureOptions {
  /**
   * Which factors have a panel.
   * @default digit, position and background, those of the paper's toy
   */
  factors?: readonly FactorName[];
  /** Which accuracy is drawn. @default 'linear' */
  accuracy?: 'knn' | 'linear';
  /** Above the figure. @default 'What two views share is what is learned' */
  title?: string;
}

/** What the two views shared. */
const nameOf = ({shared}: SharedFactorsRow) => shared.join(' + ');

const meanOf = (rows: readonly SharedFactorsRow[], of: (row: SharedFactorsRow) => number) =>
  meanInterval(rows.map(of)).mean;

/**
 * Every seed is a small point, the mean a large one with its 95 % t-interval; down each panel the
 * mean of the untrained encoders. At the right the exact information that views share, and I_NCE.
 *
 * @param rows Of one data set.
 * @throws RangeError when there is no row, or rows of several data sets.
 */
export function sharedFactorsFigure(
  rows: readonly SharedFactorsRow[],
  options: SharedFactorsFigureOptions = {},
): Figure {
  const {
    factors = ['digit', 'position', 'background'],
    accuracy = 'linear',
    title = 'What two views share is what is learned',
  } = options;
  const [first] = rows;
  check(first !== undefined, 'sharedFactorsFigure', 'expected at least one row, got none');
  const dataset = oneOf('sharedFactorsFigure', 'data set', rows, row => row.dataset);
  const lines = groups(rows, nameOf).map(([name, group]) => ({name, rows: group}));
  const accuracyOf = (factor: FactorName) => (row: SharedFactorsRow) => 100 * row.factors[factor][accuracy];
  const measures = factors.map((factor): LineMeasure<SharedFactorsRow> => ({
    heading: `${factor} (%)`,
    interval: true,
    floor: 0,
    reference: meanOf(rows, row => 100 * row.untrained[factor][accuracy]),
    of: accuracyOf(factor),
  }));
  const column = (name: string, of: (row: SharedFactorsRow) => number): LineColumn => ({
    heading: [name, '(nats)'],
    pixels: 80,
    cells: new Map(lines.map(line => [line.name, meanOf(line.rows, of).toFixed(2)] as const)),
  });
  const {data, places} = linePanels(lines, measures, {
    key: '– – before training',
    columns: [column('exact', row => row.exact), column('I_NCE', row => row.information)],
  });
  const lineText = ({name, rows: group}: (typeof lines)[number]) => {
    const known = factors.map(factor => `${factor} ${percent(meanOf(group, accuracyOf(factor)))}`);
    return `${name} shared: ${known.join(', ')}.`;
  };
  return {
    name: `shared-factors-${accuracy}-${dataset}`,
    data,
    layout: layout({title, subtitle: `${dataset}; ${seedsText(rows)}`, ...places}),
    caption: sentences(
      'Two views of a generated image share the factors that are named at the left and draw all others for themselves.',
      `Accuracy of ${accuracyNames[accuracy]} for each factor, on combinations that no probe has seen; dashed: the ` +
        'same encoders before their first step.',
      'At the right what the views share, exactly, and I_NCE of held-out pairs, whose ceiling is ' +
        `${first.cosineCeiling.toFixed(2)} nats.`,
      `${countsText(rows, nameOf)}; ${BARS}.`,
      provenanceText(rows),
    ),
    alt: sentences(...lines.map(lineText)),
    credits: [],
    runs: rows.map(row => row.run),
    rows: rows.map(({factors: known, ...row}) => ({...tableRow(row), ...known})),
  };
}
