// What an encoder knows of each factor when its two views shared some of them: a line for each choice, a panel for each factor, beside the encoder before its first step.
// Tian et al. 2020 (InfoMin), arXiv:2005.10243, table 2.

import {check} from '../../check';
import type {FactorName} from '../../datasets/factors';
import type {SharedFactorsRow} from './study';
import {meanInterval} from '../../analysis/meanInterval';
import type {Figure} from '../../figures/figure';
import {grouped} from '../../figures/grouped';
import {linePanels, type LineMeasure} from '../../figures/linePanels';
import {accuracyNames, countsText, oneOf, provenanceText, seedsText, tableRow} from '../../figures/measuredTexts';
import {layout} from '../../figures/theme';

export interface SharedFactorsFigureOptions {
  /** Which factors have a panel. @default digit, position and background, those of the paper's toy */
  factors?: readonly FactorName[];
  /** Which accuracy is drawn. @default 'linear' */
  accuracy?: 'knn' | 'linear';
  /** @default 'What two views share is what is learned' */
  title?: string;
}

const name = ({shared}: SharedFactorsRow) => shared.join(' + ');

/**
 * Every seed is a small point, the mean a large one with its 95 % t-interval; down each panel the mean of the untrained encoders. At the right the exact information that views share, and I_NCE.
 *
 * @param rows Of one data set.
 * @throws RangeError when there is no row, or rows of several data sets.
 */
export function sharedFactorsFigure(rows: readonly SharedFactorsRow[], {factors = ['digit', 'position', 'background'], accuracy = 'linear', title = 'What two views share is what is learned'}: SharedFactorsFigureOptions = {}): Figure {
  check(rows.length > 0, 'sharedFactorsFigure', 'expected at least one row, got none');
  const dataset = oneOf('sharedFactorsFigure', 'data set', rows, row => row.dataset);
  const lines = [...grouped(rows, name)].map(([name, rows]) => ({name, rows}));
  const measures = factors.map((factor): LineMeasure<SharedFactorsRow> => ({
    heading: `${factor} (%)`, interval: true, floor: 0, reference: meanInterval(rows.map(row => 100 * row.untrained[factor][accuracy])).mean, of: row => 100 * row.factors[factor][accuracy],
  }));
  const nats = (of: (row: SharedFactorsRow) => number) => new Map(lines.map(({name, rows}) => [name, meanInterval(rows.map(of)).mean.toFixed(2)]));
  const {data, layout: places} = linePanels(lines, measures, {
    key: '– – before training', columns: [{heading: ['exact', '(nats)'], pixels: 80, cells: nats(row => row.exact)}, {heading: ['I_NCE', '(nats)'], pixels: 80, cells: nats(row => row.information)}],
  });
  const percent = (group: readonly SharedFactorsRow[], factor: FactorName) => `${meanInterval(group.map(row => 100 * row.factors[factor][accuracy])).mean.toFixed(1)} %`;
  return {
    name: `shared-factors-${accuracy}-${dataset}`,
    data,
    layout: layout({title, subtitle: `${dataset}; ${seedsText(rows)}`, ...places}),
    caption: [
      `Two views of a generated image share the factors that are named at the left and draw all others for themselves. Accuracy of ${accuracyNames[accuracy]} for each factor, on combinations that no probe has seen; dashed: the same encoders before their first step.`,
      `At the right what the views share, exactly, and I_NCE of held-out pairs, whose ceiling is ${rows[0]!.cosineCeiling.toFixed(2)} nats.`,
      `${countsText(rows, name)}; bars are 95 % t-intervals of the mean over seeds.`, provenanceText(rows),
    ].join(' '),
    alt: lines.map(({name, rows: group}) => `${name} shared: ${factors.map(factor => `${factor} ${percent(group, factor)}`).join(', ')}.`).join(' '),
    credits: [],
    runs: rows.map(row => row.run),
    rows: rows.map(({factors: known, untrained, ...row}) => ({...tableRow(row), ...Object.fromEntries(Object.entries(known).map(([factor, read]) => [factor, read])), untrained})),
  };
}
