// One thing about masked autoencoders turned: a line for each setting with what its encoder is
// worth and what a step costs, and the paper's numbers at the right.
// He et al. 2022 (MAE), arXiv:2111.06377, table 1.

import {meanInterval} from '../../analysis/meanInterval';
import {check} from '../../check';
import type {Figure} from '../../figures/figure';
import {linePanels, type LineColumn, type LineMeasure} from '../../figures/linePanels';
import {BARS, countsText, oneOf, seedsText} from '../../figures/measuredTexts';
import {percent, rowsOfKind, sentences} from '../../figures/texts';
import {colors, layout} from '../../figures/theme';
import type {MaskAblation} from './ablations';
import type {PublishedMaskRow} from './published';
import type {MaskRow} from './study';
import {isUntrained, maskMeasures, maskProvenance, maskSources, maskTableRow} from './texts';

export interface MaskAblationFigureOptions {
  /** Rows of encoders that were not pre-trained: lines down the panels. The others are left out. */
  rows?: readonly MaskRow[];
  /** Only those about the same thing are printed. */
  published?: readonly PublishedMaskRow[];
}

/** Pixels of the panel of seconds. */
const SECONDS = 130;
/** Pixels of a column of the paper's. */
const COLUMN = 100;

const seconds: LineMeasure<MaskRow> = {
  heading: 'seconds a step',
  pixels: SECONDS,
  floor: 0,
  of: row => row.secondsPerStep ?? NaN,
};

/** Of those runs that were measured so. */
const meanOf = (rows: readonly MaskRow[], of: (row: MaskRow) => number) =>
  meanInterval(rows.map(of).filter(Number.isFinite)).mean;

/**
 * Every seed is a small point, the mean a large one with its 95 % t-interval over seeds: k-NN,
 * linear probe, fine-tuning where all lines have it, seconds a step.
 *
 * @throws RangeError when there is no line, or rows are of several data sets.
 */
export function maskAblationFigure(
  {ablation, title, about, lines}: MaskAblation,
  {rows = [], published = []}: MaskAblationFigureOptions = {},
): Figure {
  const untrained = rows.filter(isUntrained);
  const used = lines.flatMap(line => line.rows);
  check(used.length > 0, 'maskAblationFigure', 'expected at least one row, got none');
  const all = [...used, ...untrained];
  const dataset = oneOf('maskAblationFigure', 'data set', all, row => row.dataset);
  const everywhere = ({of}: {of(row: MaskRow): number}) =>
    lines.every(line => line.rows.some(row => Number.isFinite(of(row))));
  const drawn = Object.values(maskMeasures).filter(everywhere);
  const accuracies = drawn.map(({name, of}): LineMeasure<MaskRow> => {
    const known = untrained.some(row => Number.isFinite(of(row)));
    return {heading: `${name} (%)`, interval: true, ...(known && {reference: meanOf(untrained, of)}), of};
  });
  const paper = published.filter(row => row.ablation === ablation && lines.some(line => line.paper === row.setting));
  const column = (measure: string, of: (row: PublishedMaskRow) => number): LineColumn => ({
    heading: ['He et al.', measure],
    pixels: COLUMN,
    cells: new Map(
      lines.flatMap(({name, paper: setting}) =>
        paper.filter(row => row.setting === setting).map(row => [name, (100 * of(row)).toFixed(1)] as const),
      ),
    ),
  });
  const references = accuracies.flatMap(({heading, reference}) =>
    reference === undefined ? [] : [`${heading.replace(' (%)', '')} ${percent(reference)}`],
  );
  const {data, places} = linePanels(lines, [...accuracies, ...(everywhere(seconds) ? [seconds] : [])], {
    key: `<span style="color:${colors.blue}">●</span> mean   ${references.length ? '– – not pre-trained' : ''}`,
    ...(paper.length > 0 && {
      columns: [column('fine-tuned', row => row.fineTuned), column('linear', row => row.linear)],
    }),
  });
  const sources = maskSources(paper);
  const [source] = paper;
  const lineText = ({name, rows: group}: MaskAblation['lines'][number]) =>
    `${name} ${drawn.map(measure => `${measure.name} ${percent(meanOf(group, measure.of))}`).join(', ')}`;
  return {
    name: `masks-${ablation.replace(' ', '-')}-${dataset}`,
    data,
    layout: layout({title, subtitle: `${dataset}; ${seedsText(used)}`, ...places}),
    caption: sentences(
      about,
      `Accuracy on the test split of ${dataset}: ${drawn.map(({name}) => name).join(', ')}, at the last epoch; ` +
        "seconds are the median of a run's training steps.",
      references.length > 0 && 'Lines down: the same encoder, not pre-trained.',
      source &&
        `At the right, in percent: ${sources.join('; ')}: ${source.encoder} on ${source.dataset}, ${source.epochs} ` +
          'epochs, fine-tuned and by a linear probe. For the order only.',
      `${countsText(used, ({variant}) => variant)}; ${BARS}.`,
      maskProvenance(all),
    ),
    alt: sentences(
      `${title}: ${lines.map(lineText).join('; ')}.`,
      references.length > 0 && `Not pre-trained: ${references.join(', ')}.`,
      source && `${source.source}: ${paper.map(paperText).join('; ')}.`,
    ),
    credits: sources,
    runs: all.map(row => row.run),
    rows: [
      ...lines.flatMap(({name, rows: group}) => group.map(row => ({line: name, ...maskTableRow(row)}))),
      ...untrained.map(row => ({line: 'not pre-trained', ...maskTableRow(row)})),
      ...rowsOfKind('published', paper),
    ],
  };
}

const paperText = ({setting, fineTuned, linear}: PublishedMaskRow): string =>
  `${setting} fine-tuned ${percent(100 * fineTuned)}, linear ${percent(100 * linear)}`;
