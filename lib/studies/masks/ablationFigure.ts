// One thing about masked autoencoders turned: a line for each setting with what its encoder is worth and what a step costs, and the paper's numbers at the right.
// He et al. 2022 (MAE), arXiv:2111.06377, table 1.

import {meanInterval} from '../../analysis/meanInterval';
import {check} from '../../check';
import type {PublishedMaskRow} from './published';
import type {MaskAblation} from './ablations';
import type {MaskRow} from './study';
import type {Figure} from '../../figures/figure';
import {linePanels, type LineColumn, type LineMeasure} from '../../figures/linePanels';
import {isUntrained, maskMeasures, maskProvenance, maskSources, maskTableRow, type MaskMeasure} from './texts';
import {countsText, oneOf, seedsText} from '../../figures/measuredTexts';
import {colors, layout} from '../../figures/theme';

export interface MaskAblationFigureOptions {
  /** Rows of encoders that were not pre-trained: lines down the panels. The others are left out. */
  rows?: readonly MaskRow[];
  /** Only those about the same thing are printed. */
  published?: readonly PublishedMaskRow[];
}

/** Pixels of the panel of seconds, and of a column of the paper's. */
const [SECONDS, COLUMN] = [130, 100];

/**
 * Every seed is a small point, the mean a large one with its 95 % t-interval over seeds: k-NN, linear probe, fine-tuning where all lines have it, seconds a step.
 *
 * @throws RangeError when there is no line, or rows are of several data sets.
 */
export function maskAblationFigure({ablation, title, about, lines}: MaskAblation, {rows = [], published = []}: MaskAblationFigureOptions = {}): Figure {
  const untrained = rows.filter(isUntrained);
  const used = lines.flatMap(line => line.rows);
  check(used.length > 0, 'maskAblationFigure', 'expected at least one row, got none');
  const dataset = oneOf('maskAblationFigure', 'data set', [...used, ...untrained], row => row.dataset);
  const everywhere = (of: (row: MaskRow) => number) => lines.every(line => line.rows.some(row => Number.isFinite(of(row))));
  const drawn = (Object.keys(maskMeasures) as MaskMeasure[]).map(measure => maskMeasures[measure]).filter(({of}) => everywhere(of));
  const seconds: LineMeasure<MaskRow> = {heading: 'seconds a step', pixels: SECONDS, floor: 0, of: row => row.secondsPerStep ?? NaN};
  const measures = [
    ...drawn.map(({name, of}): LineMeasure<MaskRow> => {
      const values = untrained.map(of).filter(Number.isFinite);
      return {heading: `${name} (%)`, interval: true, ...(values.length > 0 && {reference: meanInterval(values).mean}), of};
    }),
    ...(everywhere(seconds.of) ? [seconds] : []),
  ];
  const paper = published.filter(row => row.ablation === ablation && lines.some(line => line.paper === row.setting));
  const column = (name: string, of: (row: PublishedMaskRow) => number): LineColumn => ({
    heading: ['He et al.', name], pixels: COLUMN,
    cells: new Map(lines.flatMap(({name, paper: setting}) => paper.filter(row => row.setting === setting).map(row => [name, (100 * of(row)).toFixed(1)] as const))),
  });
  const references = measures.filter(({reference}) => reference !== undefined);
  const {data, layout: places} = linePanels(lines, measures, {
    key: `<span style="color:${colors.blue}">●</span> mean   ${references.length ? '– – not pre-trained' : ''}`,
    ...(paper.length > 0 && {columns: [column('fine-tuned', row => row.fineTuned), column('linear', row => row.linear)]}),
  });
  const sources = maskSources(paper);
  const all = [...used, ...untrained];
  return {
    name: `masks-${ablation.replace(' ', '-')}-${dataset}`,
    data,
    layout: layout({title, subtitle: `${dataset}; ${seedsText(used)}`, ...places}),
    caption: [
      `${about} Accuracy on the test split of ${dataset}: ${drawn.map(({name}) => name).join(', ')}, at the last epoch; seconds are the median of a run's training steps.`,
      ...(references.length ? ['Lines down: the same encoder, not pre-trained.'] : []),
      ...(paper.length ? [`At the right, in percent: ${sources.join('; ')}: ${paper[0]!.encoder} on ${paper[0]!.dataset}, ${paper[0]!.epochs} epochs, fine-tuned and by a linear probe. For the order only.`] : []),
      `${countsText(used, ({variant}) => variant)}; bars are 95 % t-intervals of the mean over seeds.`,
      maskProvenance(all),
    ].join(' '),
    alt: [
      `${title}: ${lines.map(line => `${line.name} ${drawn.map(({name, of}) => `${name} ${meanInterval(line.rows.map(of).filter(Number.isFinite)).mean.toFixed(1)} %`).join(', ')}`).join('; ')}.`,
      ...(references.length ? [`Not pre-trained: ${references.map(({heading, reference}) => `${heading.replace(' (%)', '')} ${reference!.toFixed(1)} %`).join(', ')}.`] : []),
      ...(paper.length ? [`${paper[0]!.source}: ${paper.map(row => `${row.setting} fine-tuned ${(100 * row.fineTuned).toFixed(1)} %, linear ${(100 * row.linear).toFixed(1)} %`).join('; ')}.`] : []),
    ].join(' '),
    credits: sources,
    runs: all.map(row => row.run),
    rows: [...lines.flatMap(({name, rows: group}) => group.map(row => ({line: name, ...maskTableRow(row)}))), ...untrained.map(row => ({line: 'not pre-trained', ...maskTableRow(row)})), ...paper.map(row => ({kind: 'published', ...row}))],
  };
}
