// Accuracy, uniformity and tolerance against the temperature of one loss, with every seed, and what
// papers report beside it.

import {greatest, groups, least} from 'd3-array';
import {meanInterval} from '../../analysis/meanInterval';
import {check} from '../../check';
import type {Accuracies} from '../../evaluation/accuracies';
import {differencePanel, differencesText} from '../../figures/differencePanel';
import {distinct} from '../../figures/distinct';
import type {Figure} from '../../figures/figure';
import {
  accuracyNames,
  BARS,
  countsText,
  oneOf,
  projectionMeasures,
  provenanceText,
  seedsText,
  tableRow,
} from '../../figures/measuredTexts';
import {LABELS, panels, sideLabels, type Panel, type SideLabel} from '../../figures/panels';
import {publishedPanel, publishedTrace, type PublishedCurve} from '../../figures/publishedPanel';
import {
  dialAxis,
  meansOf,
  meansText,
  seedCurve,
  settingsOf,
  type DialAxis,
  type Measurement,
} from '../../figures/seedCurve';
import {percent, rowsOfKind, sentences, spanOf} from '../../figures/texts';
import {colors, layout} from '../../figures/theme';
import {level} from '../../figures/traces';
import type {BaselineRow} from '../../study/baselines';
import {differencesTo} from '../../study/pairedDifference';
import {methodTitles} from './task';
import {lossTitles} from './lossTitles';
import type {PublishedTemperatureRow} from './published';
import {settingText, type TemperatureRow} from './study';

export interface TemperatureFigureOptions {
  /** The same protocol on features that were not trained: horizontal lines. */
  baselines?: readonly BaselineRow[];
  /**
   * Only rows of the same loss that have a temperature are drawn, in a panel of their own where the
   * data set is another.
   */
  published?: readonly PublishedTemperatureRow[];
  /** Which accuracy is drawn. @default 'linear' */
  accuracy?: keyof Accuracies;
  /**
   * The temperature with which the others are compared, image by image.
   * @default that nearest to 0.3, where Wang & Liu's accuracy is highest on all four data sets
   */
  reference?: number;
  /** [n] family of each test image, for the intervals of differences. @default each its own */
  families?: ArrayLike<number>;
  /** @default '<Method> on <data set>: what the temperature does' */
  title?: string;
}

const baselineStyles = {
  chance: {name: 'chance', dash: 'dot'},
  pixels: {name: 'raw pixels', dash: 'dash'},
  hog: {name: 'HOG', dash: 'solid'},
  untrained: {name: 'untrained', dash: 'dashdot'},
} as const satisfies Record<BaselineRow['baseline'], {name: string; dash: string}>;

const shareStyle = {dialName: 'τ', digits: 1, unit: ' %'} as const;
const valueStyle = {dialName: 'τ', digits: 2, unit: ''} as const;
/** Pixels above, below and between the panels. */
const spacing = {top: 180, bottom: 84, gap: 52} as const;

/** The measurements of one kind, and its name in legend and hover. */
type Measured = {name: string; values: Measurement[]};

/**
 * Accuracy (last epoch, and the epoch chosen on the validation split where that is another) with
 * baselines and published marks; below it differences to one temperature, uniformity and tolerance
 * of the projections. Every seed is a point; means carry a 95 % t-interval over seeds.
 *
 * @param all Of one data set, one method and one loss that has a temperature; any number of
 * temperatures and seeds, at least one. Runs whose τ moved are left out.
 * @throws RangeError when there is no such row, or rows of several data sets, methods or losses.
 */
export function temperatureFigure(all: readonly TemperatureRow[], options: TemperatureFigureOptions = {}): Figure {
  const {baselines = [], published = [], accuracy = 'linear', families, title} = options;
  const rows = all.filter(isAtOneTemperature);
  check(rows.length > 0, 'temperatureFigure', 'expected at least one row with a temperature, got none');
  const the = <T extends string>(name: string, of: (row: TemperatureRow) => T) =>
    oneOf('temperatureFigure', name, rows, of);
  const dataset = the('data set', row => row.dataset);
  const method = the('method', row => row.method);
  const loss = the('loss', row => row.loss);
  const papers = published.filter(row => row.loss === loss).filter(isAtOneTemperature);
  const [here, elsewhere] = placedPapers(papers, dataset);

  const measured = (name: string, of: (row: TemperatureRow) => number): Measured => ({
    name,
    values: rows.map(row => ({dial: row.temperature, value: of(row), seed: row.seed, run: row.run})),
  });
  const last = measured('last epoch', row => 100 * row.last[accuracy]);
  const early = rows.some(row => row.chosen.epoch !== row.epochs); // else both are the same
  const chosen = early && measured('epoch chosen on validation', row => 100 * row.chosen[accuracy]);
  const uniformity = measured('uniformity', row => row.uniformity);
  const tolerance = measured('tolerance', row => row.tolerance);
  const lines = baselineMeans(baselines, accuracy);

  const temperatures = settingsOf(last.values);
  const {reference = least(temperatures, τ => Math.abs(Math.log(τ / 0.3)))!} = options;
  const compared = {reference, nameOf: (τ: number) => `τ = ${τ}`, style: 0};
  const reader = accuracy === 'knn' || accuracy === 'linear' ? accuracy : undefined; // whose hits rows keep
  const differences = reader ? differencesTo(rows, reference, row => row.temperature, {families, reader}) : [];

  const axis = dialAxis(
    'log',
    [...rows, ...papers].map(row => row.temperature),
    temperatures,
  );
  const {data, places} = panels(
    [
      accuracyPanel(`accuracy of ${accuracyNames[accuracy]}, test split (%)`, axis, last, chosen, lines, here),
      ...(differences.length ? [differencePanel(differences, compared)] : []),
      ...(elsewhere.length ? [elsewherePanel(elsewhere, axis)] : []),
      metricPanel('uniformity of projections (higher: more even on the sphere)', axis, uniformity, '.1f'),
      metricPanel('tolerance: mean cosine of projections of one class', axis, tolerance, '.2f'),
    ],
    {x: {...axis, title: 'temperature τ (no unit, logarithmic)'}, ...spacing},
  );

  const papersDrawn = [...here, ...elsewhere.flat()];
  const sources = distinct(papersDrawn.map(row => `${row.source}, arXiv:${row.arxiv}, ${row.table}`));
  const best = greatest(meansOf(last.values), ({mean}) => mean);
  const lineTexts = lines.map(({name, n}) => (n > 1 ? `${name}: mean of ${n} seeds` : name));
  return {
    name: `temperature-${accuracy}-${dataset}`,
    data,
    layout: layout({
      title: title ?? `${methodTitles[method]} on ${dataset}: what the temperature does`,
      subtitle: seedsText(rows),
      right: LABELS,
      legend: true,
      ...places,
    }),
    caption: sentences(
      `Temperature τ of the ${lossTitles[loss]} loss against accuracy (${accuracyNames[accuracy]}) on the test split ` +
        `of ${dataset}, and ${projectionMeasures} of the projections of the last epoch.`,
      `${countsText(rows, settingText)}; ${BARS}, which are wide when seeds are few.`,
      provenanceText(rows),
      differences.length > 0 &&
        `Below: the same test images at each τ and at τ = ${reference}, paired; intervals over seeds and images.`,
      lines.length > 0 && `Lines: the same protocol on features that were not trained (${lineTexts.join(', ')}).`,
      sources.length > 0 && 'Published values are of other images, encoders and epochs: for the shape only.',
    ),
    alt: sentences(
      `Panels over temperature. Accuracy, ${accuracyNames[accuracy]}, mean at the last epoch: ` +
        `${meansText(last.values, shareStyle)}; highest at τ = ${best?.dial}.`,
      differences.length > 0 && `${differencesText(differences, compared)}.`,
      lines.length > 0 && `Baselines: ${lines.map(({name, value}) => `${name} ${percent(value)}`).join(', ')}.`,
      ...elsewhere.map(paperText),
      `Uniformity: ${meansText(uniformity.values, valueStyle)}. Tolerance: ${meansText(tolerance.values, valueStyle)}.`,
    ),
    credits: sources,
    runs: rows.map(row => row.run),
    rows: [...rows.map(tableRow), ...rowsOfKind('baseline', baselines), ...rowsOfKind('published', papers)],
  };
}

/** A row of a paper with a temperature. */
type Paper = PublishedTemperatureRow & {temperature: number};

/**
 * Rows of our data set; and those of others, table by table. Both from the smallest temperature on.
 */
function placedPapers(papers: readonly Paper[], dataset: string): [here: Paper[], elsewhere: Paper[][]] {
  const sorted = [...papers].sort((a, b) => a.temperature - b.temperature);
  const isHere = (row: Paper) => sameName(row.dataset, dataset);
  const others = papers.filter(row => !isHere(row));
  const tableOf = (row: Paper) => `${row.dataset}|${row.source}|${row.table}`;
  const tables = distinct(others.map(tableOf)).map(table => sorted.filter(row => tableOf(row) === table));
  return [sorted.filter(isHere), tables];
}

const elsewherePanel = (tables: readonly Paper[][], axis: DialAxis): Panel =>
  publishedPanel(
    tables.map((table, i) => curveOf(table, i + 2)),
    {
      heading: 'published for other images and encoders: linear probe (%)',
      height: 250,
      axis,
      dialName: 'τ',
      note: sourcesOf(tables),
    },
  );

function paperText(table: readonly Paper[]): string {
  const values = table.map(row => `τ ${row.temperature}: ${percent(100 * row.accuracy)}`);
  return `Published, ${table[0]!.dataset}: ${values.join(', ')}.`;
}

function accuracyPanel(
  heading: string,
  axis: DialAxis,
  last: Measured,
  chosen: Measured | false,
  lines: readonly BaselineLine[],
  here: readonly Paper[],
): Panel {
  const measured = [...last.values, ...(chosen ? chosen.values : [])];
  const highs = meansOf(last.values)
    .concat(chosen ? meansOf(chosen.values) : [])
    .map(({high}) => high);
  const papers = here.map(row => 100 * row.accuracy);
  const [, most] = spanOf([...[...measured, ...lines].map(({value}) => value), ...papers, ...highs]);
  const range: [number, number] = [0, Math.min(100, 1.06 * most)];
  const height = 380;
  const named = ({name, value}: BaselineLine): SideLabel => ({
    from: 1,
    value,
    text: `${name} ${percent(value)}`,
    color: colors.quiet,
  });
  return {
    heading,
    height,
    y: {nticks: 7, tickformat: 'd', range},
    traces: [
      ...seedCurve(last.values, {name: last.name, axis, ...shareStyle, style: 0, side: chosen ? -1 : 0, legend: true}),
      ...(chosen
        ? seedCurve(chosen.values, {name: chosen.name, axis, ...shareStyle, style: 1, side: 1, legend: true})
        : []),
      ...lines.map(({name, value, dash}) =>
        level(name, value, {color: colors.quiet, width: 2, dash, hover: `${name}: %{y:.1f} %`}),
      ),
      ...(here.length ? [publishedTrace(curveOf(here, 6), shareStyle, 'published')] : []),
    ],
    marks: axes => sideLabels(lines.map(named), range, height, axes),
  };
}

const metricPanel = (heading: string, axis: DialAxis, {name, values}: Measured, tickformat: string): Panel => ({
  heading,
  height: 150,
  y: {nticks: 4, tickformat},
  traces: seedCurve(values, {name, axis, ...valueStyle, style: 0, side: 0, legend: false}),
});

function curveOf(rows: readonly Paper[], style: number): PublishedCurve {
  const {dataset, source} = rows[0]!;
  const points = rows.map(row => ({dial: row.temperature, value: 100 * row.accuracy}));
  return {name: dataset, source, style, points};
}

/** Whose numbers they are, where they stand. */
function sourcesOf(tables: readonly (readonly Paper[])[]): string {
  const bySource = groups(
    tables.map(table => table[0]!),
    row => `${row.source}, ${row.table}`,
  );
  return bySource
    .map(([source, rows]) => {
      const few = bySource.length > 1 && rows.length < 3;
      return few ? `${rows.map(row => row.dataset).join(', ')}: ${source}` : source;
    })
    .join('; ');
}

type BaselineLine = {name: string; dash: string; value: number; n: number};

/** One line for each baseline, in percent: the mean over its seeds. */
function baselineMeans(baselines: readonly BaselineRow[], accuracy: keyof Accuracies): BaselineLine[] {
  const probe = accuracy.startsWith('knn') ? 'knn' : 'linear';
  return groups(baselines, row => row.baseline).map(([baseline, group]) => {
    const {mean, n} = meanInterval(group.map(row => 100 * row[probe]));
    return {...baselineStyles[baseline], value: mean, n};
  });
}

const sameName = (a: string, b: string) =>
  a.toLowerCase().replace(/[^a-z0-9]/g, '') === b.toLowerCase().replace(/[^a-z0-9]/g, '');

const isAtOneTemperature = <R extends {temperature: number | null}>(row: R): row is R & {temperature: number} =>
  row.temperature !== null;
