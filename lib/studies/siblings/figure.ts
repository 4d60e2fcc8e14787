// A part of the methods taken out, put in or turned: a line for each setting with its accuracy, its
// spread and its directions, and which of them are sick.

import {meanInterval} from '../../analysis/meanInterval';
import {check} from '../../check';
import type {Accuracies} from '../../evaluation/accuracies';
import {distinct} from '../../figures/distinct';
import type {Figure} from '../../figures/figure';
import {linePanels, type LineColumn, type LineMeasure} from '../../figures/linePanels';
import {accuracyNames, BARS, countsText, oneOf, provenanceText, seedsText, tableRow} from '../../figures/measuredTexts';
import {percent, sentences} from '../../figures/texts';
import {colors, layout, wrap} from '../../figures/theme';
import type {BaselineRow} from '../../study/baselines';
import {illness} from '../methods/illness';
import type {MethodRow} from '../methods/study';
import type {Ablation} from './study';

export interface AblationFigureOptions {
  /** Which accuracy is drawn. @default 'knn' */
  accuracy?: keyof Accuracies;
  /** Of the untrained encoder's a line down the first panel. */
  baselines?: readonly BaselineRow[];
  /** Numbers of a paper, by the name of the line; a column at the right. */
  published?: {heading: string; rows: readonly {setting: string; accuracy: number | null}[]};
}

/** A setting is sick when the health panel names something in most of its seeds. */
const sick = (rows: readonly MethodRow[]) => 2 * rows.filter(row => illness(row) !== '').length > rows.length;

/** The last epoch's measurements of health. */
const spreadOf = (row: MethodRow) => row.course.at(-1)!.collapse!;
const directionsOf = (row: MethodRow) => row.course.at(-1)!.dimensions!;

/**
 * Every seed is a small point, the mean a large one: a disc where the run is sound, a cross where
 * the health panel calls it sick.
 *
 * @param rows Of one data set; those of other variants are left out, and lines without rows too.
 * @throws RangeError when no row belongs to the ablation, or rows are of several data sets.
 */
export function ablationFigure(
  rows: readonly MethodRow[],
  {title, about, lines}: Ablation,
  {accuracy = 'knn', baselines = [], published}: AblationFigureOptions = {},
): Figure {
  const drawn = lines
    .map(([name, variant]) => ({name, rows: rows.filter(row => row.variant === variant)}))
    .filter(line => line.rows.length > 0)
    .map(line => ({...line, sick: sick(line.rows)}));
  const wanted = lines.map(([, variant]) => variant).join('; ');
  const got = distinct(rows.map(row => row.variant)).join('; ') || 'none';
  check(drawn.length > 0, 'ablationFigure', `expected rows of ${wanted}, got ${got}`);
  const used = distinct(drawn.flatMap(line => line.rows));
  const dataset = oneOf('ablationFigure', 'data set', used, row => row.dataset);
  const probe = accuracy.startsWith('knn') ? 'knn' : 'linear';
  const untrained = baselines.filter(({baseline}) => baseline === 'untrained').map(row => 100 * row[probe]);
  const read: LineMeasure<MethodRow> = {
    heading: `${probe === 'knn' ? 'k-NN' : 'linear'} accuracy (%)`,
    interval: true,
    ...(untrained.length > 0 && {reference: meanInterval(untrained).mean}),
    of: row => 100 * row.last[accuracy],
  };
  const measures: LineMeasure<MethodRow>[] = [
    read,
    {heading: 'std × √d', pixels: 150, floor: 0, of: spreadOf},
    {heading: 'directions', pixels: 150, log: true, of: directionsOf},
  ];
  const key = [
    `<span style="color:${colors.blue}">●</span> sound`,
    `<span style="color:${colors.vermilion}">✕</span> sick, says the health panel`,
    untrained.length ? '– – untrained' : '',
  ];
  const {data, places} = linePanels(drawn, measures, {
    key: key.join('   '),
    ...(published && {columns: [columnOf(published)]}),
  });
  return {
    name: `ablation-${title.toLowerCase().replace(/[^a-z]+/g, '-')}-${dataset}`,
    data,
    layout: layout({title, subtitle: `${dataset}; ${seedsText(used)}`, ...places}),
    caption: sentences(
      about,
      `Accuracy: ${accuracyNames[accuracy]}, test split of ${dataset}; std × √d of the unit projections (1: sound, ` +
        '0: all alike) and the directions they spread in (participation ratio), means of the last epoch.',
      published && `At the right: ${published.heading}, another data set and encoder.`,
      `${countsText(used, row => row.variant)}; ${BARS}.`,
      provenanceText(used),
    ),
    alt: `${title}: ${drawn
      .map(({name, rows: group}) => `${name} ${percent(meanInterval(group.map(read.of)).mean)}${illnessText(group)}`)
      .join('; ')}.`,
    credits: [],
    runs: used.map(row => row.run),
    rows: drawn.flatMap(({name, rows: group}) =>
      group.map(row => ({
        line: name,
        ...tableRow(row),
        batch: row.settings.batch,
        illness: illness(row),
        spread: spreadOf(row),
        directions: directionsOf(row),
      })),
    ),
  };
}

const columnOf = ({heading, rows}: NonNullable<AblationFigureOptions['published']>): LineColumn => ({
  heading: wrap(heading, 12),
  pixels: 120,
  cells: new Map(
    rows.map(({setting, accuracy}) => [setting, accuracy === null ? 'unstable' : percent(100 * accuracy)] as const),
  ),
});

/** ", sick (Collapse)", or nothing. */
function illnessText(rows: readonly MethodRow[]): string {
  if (!sick(rows)) return '';
  const names = distinct(rows.map(row => illness(row)).filter(Boolean)).map(said => said.split(/[:.(]/)[0]!.trim());
  return `, sick (${names.join('; ')})`;
}
