// Accuracy, uniformity and tolerance against the temperature of one loss, with every seed, and what papers report beside it.

import {meanInterval} from '../../analysis/meanInterval';
import {check} from '../../check';
import type {Accuracies} from '../../evaluation/accuracies';
import type {BaselineRow} from '../../study/baselines';
import type {PublishedTemperatureRow} from './published';
import {methodTitles} from './task';
import {settingText, type TemperatureRow} from './study';
import type {Figure, PlotlyObject, Row} from '../../figures/figure';
import {distinct, grouped} from '../../figures/grouped';
import {LABELS, panels, sideLabels, type Panel} from '../../figures/panels';
import {publishedPanel, publishedTrace, type PublishedCurve} from '../../figures/publishedPanel';
import {dialAxis, meansOf, meansText, seedCurve, settingsOf, type DialAxis, type Measurement} from '../../figures/seedCurve';
import {lossTitles} from './lossTitles';
import {accuracyNames, countsText, oneOf, provenanceText, seedsText, tableRow} from '../../figures/measuredTexts';
import {colors, layout, legend} from '../../figures/theme';

export interface TemperatureFigureOptions {
  /** The same protocol on features that were not trained: horizontal lines. */
  baselines?: readonly BaselineRow[];
  /** Only rows of the same loss that have a temperature are drawn, in a panel of their own where the data set is another. */
  published?: readonly PublishedTemperatureRow[];
  /** Which accuracy is drawn. @default 'linear' */
  accuracy?: keyof Accuracies;
  /** @default '<Method> on <data set>: what the temperature does' */
  title?: string;
}

const baselineStyles = {
  chance: {name: 'chance', dash: 'dot'}, pixels: {name: 'raw pixels', dash: 'dash'}, hog: {name: 'HOG', dash: 'solid'}, untrained: {name: 'untrained', dash: 'dashdot'},
} as const satisfies Record<BaselineRow['baseline'], {name: string; dash: string}>;

const percent = (share: number) => 100 * share;
const [shareStyle, valueStyle] = [{dialName: 'τ', digits: 1, unit: ' %'}, {dialName: 'τ', digits: 2, unit: ''}] as const;

/** The measurements of one kind, and its name in legend and hover. */
type Measured = {name: string; values: Measurement[]};

/**
 * Accuracy (last epoch, and the epoch chosen on the validation split) with baselines and published marks; below it uniformity and tolerance of the projections.
 * Every seed is a point; means carry a 95 % t-interval over seeds.
 *
 * @param rows Of one data set, one method and one loss that has a temperature; any number of temperatures and seeds, at least one. Runs whose τ moved are left out.
 * @throws RangeError when there is no such row, or rows of several data sets, methods or losses.
 */
export function temperatureFigure(all: readonly TemperatureRow[], {baselines = [], published = [], accuracy = 'linear', title}: TemperatureFigureOptions = {}): Figure {
  const rows = all.filter(isAtOneTemperature);
  check(rows.length > 0, 'temperatureFigure', 'expected at least one row with a temperature, got none');
  const the = <T extends string>(name: string, of: (row: TemperatureRow) => T) => oneOf('temperatureFigure', name, rows, of);
  const [dataset, method, loss] = [the('data set', row => row.dataset), the('method', row => row.method), the('loss', row => row.loss)];
  const contrastive = published.filter(row => row.loss === loss && row.temperature !== null);
  const byTemperature = (some: PublishedTemperatureRow[]) => some.sort((a, b) => a.temperature! - b.temperature!);
  const here = byTemperature(contrastive.filter(row => sameName(row.dataset, dataset)));
  const elsewhere = [...grouped(contrastive.filter(row => !sameName(row.dataset, dataset)), row => `${row.dataset}|${row.source}|${row.table}`).values()].map(byTemperature);

  const measured = (name: string, of: (row: TemperatureRow) => number): Measured => ({name, values: rows.map(row => ({dial: row.temperature, value: of(row), seed: row.seed, run: row.run}))});
  const [last, chosen] = [measured('last epoch', row => percent(row.last[accuracy])), measured('epoch chosen on validation', row => percent(row.chosen[accuracy]))];
  const [uniformity, tolerance] = [measured('uniformity', row => row.uniformity), measured('tolerance', row => row.tolerance)];
  const lines = baselineMeans(baselines, accuracy);

  const axis = dialAxis('log', [...rows, ...contrastive].map(row => row.temperature!), settingsOf(last.values));
  const {data, height, axes, annotations, shapes} = panels([
    accuracyPanel(`accuracy of ${accuracyNames[accuracy]}, test split (%)`, axis, last, chosen, lines, here),
    ...(elsewhere.length ? [publishedPanel(elsewhere.map((group, i) => curveOf(group, i + 2)), {heading: 'published for other images and encoders: linear probe (%)', height: 250, axis, dialName: 'τ', note: sourcesOf(elsewhere)})] : []),
    metricPanel('uniformity of projections (higher: more even on the sphere)', axis, uniformity, '.1f'),
    metricPanel('tolerance: mean cosine of projections of one class', axis, tolerance, '.2f'),
  ], {x: {...axis, title: 'temperature τ (no unit, logarithmic)'}, top: 180, bottom: 84, gap: 52});

  const sources = distinct([...here, ...elsewhere.flat()].map(row => `${row.source}, arXiv:${row.arxiv}, ${row.table}`));
  const best = meansOf(last.values).reduce((a, b) => (b.mean > a.mean ? b : a));
  return {
    name: `temperature-${accuracy}-${dataset}`,
    data,
    layout: layout({
      title: title ?? `${methodTitles[method]} on ${dataset}: what the temperature does`, subtitle: seedsText(rows),
      height, top: 180, bottom: 84, right: LABELS, showlegend: true, legend: legend(height), annotations, shapes, ...axes,
    }),
    caption: [
      `Temperature τ of the ${lossTitles[loss]} loss against accuracy (${accuracyNames[accuracy]}) on the test split of ${dataset}, and uniformity (−log E exp(−2‖x − y‖²)) and tolerance (mean cosine of same-class pairs) of the projections of the last epoch.`,
      `${countsText(rows, settingText)}; bars are 95 % t-intervals of the mean over seeds, which are wide when seeds are few.`,
      provenanceText(rows),
      ...(lines.length ? [`Lines: the same protocol on features that were not trained (${lines.map(({name, n}) => (n > 1 ? `${name}: mean of ${n} seeds` : name)).join(', ')}).`] : []),
      ...(sources.length ? ['Published values are of other images, encoders and epochs: for the shape only.'] : []),
    ].join(' '),
    alt: [
      `Panels over temperature. Accuracy, ${accuracyNames[accuracy]}, mean at the last epoch: ${meansText(last.values, shareStyle)}; highest at τ = ${best.dial}.`,
      ...(lines.length ? [`Baselines: ${lines.map(({name, value}) => `${name} ${value.toFixed(1)} %`).join(', ')}.`] : []),
      ...elsewhere.map(group => `Published, ${group[0]!.dataset}: ${group.map(row => `τ ${row.temperature}: ${percent(row.accuracy).toFixed(1)} %`).join(', ')}.`),
      `Uniformity: ${meansText(uniformity.values, valueStyle)}. Tolerance: ${meansText(tolerance.values, valueStyle)}.`,
    ].join(' '),
    credits: sources,
    runs: rows.map(row => row.run),
    rows: [...rows.map(tableRow), ...baselines.map((row): Row => ({kind: 'baseline', ...row})), ...contrastive.map((row): Row => ({kind: 'published', ...row}))],
  };
}

function accuracyPanel(heading: string, axis: DialAxis, last: Measured, chosen: Measured, lines: readonly BaselineLine[], here: readonly PublishedTemperatureRow[]): Panel {
  const values = [...last.values, ...chosen.values, ...lines].map(({value}) => value).concat(here.map(row => percent(row.accuracy)), [...meansOf(last.values), ...meansOf(chosen.values)].map(({high}) => high));
  const range: [number, number] = [0, Math.min(100, 1.06 * Math.max(...values.filter(Number.isFinite)))];
  const height = 380;
  return {
    heading, height, y: {nticks: 7, tickformat: 'd', range},
    traces: [
      ...seedCurve(last.values, {name: last.name, axis, ...shareStyle, style: 0, side: -1, legend: true}),
      ...seedCurve(chosen.values, {name: chosen.name, axis, ...shareStyle, style: 1, side: 1, legend: true}),
      ...lines.map(({name, value, dash}): PlotlyObject => ({type: 'scatter', mode: 'lines', name, showlegend: false, x: [1e-6, 1e6], y: [value, value], line: {color: colors.quiet, width: 2, dash},
        hovertemplate: `${name}: %{y:.1f} %<extra></extra>`})),
      ...(here.length ? [publishedTrace(curveOf(here, 6), shareStyle, 'published')] : []),
    ],
    marks: (x, y) => sideLabels(lines.map(({value, name}) => ({from: 1, value, text: `${name} ${value.toFixed(1)} %`, color: colors.quiet})), range, height, x, y),
  };
}

const metricPanel = (heading: string, axis: DialAxis, {name, values}: Measured, tickformat: string): Panel =>
  ({heading, height: 150, y: {nticks: 4, tickformat}, traces: seedCurve(values, {name, axis, ...valueStyle, style: 0, side: 0, legend: false})});

function curveOf(rows: readonly PublishedTemperatureRow[], style: number): PublishedCurve {
  const [{dataset, source}] = rows as [PublishedTemperatureRow];
  return {name: dataset, source, style, points: rows.map(row => ({dial: row.temperature!, value: percent(row.accuracy)}))};
}

/** Whose numbers they are, where they stand. */
function sourcesOf(series: readonly (readonly PublishedTemperatureRow[])[]): string {
  const bySource = grouped(series.map(group => group[0]!), row => `${row.source}, ${row.table}`);
  return [...bySource].map(([source, rows]) => (bySource.size > 1 && rows.length < 3 ? `${rows.map(row => row.dataset).join(', ')}: ${source}` : source)).join('; ');
}

type BaselineLine = {name: string; dash: string; value: number; n: number};

/** One line for each baseline, in percent: the mean over its seeds. */
function baselineMeans(baselines: readonly BaselineRow[], accuracy: keyof Accuracies): BaselineLine[] {
  const probe = accuracy.startsWith('knn') ? 'knn' : 'linear';
  return [...grouped(baselines, row => row.baseline)].map(([baseline, group]) => ({...baselineStyles[baseline], value: meanInterval(group.map(row => percent(row[probe]))).mean, n: group.length}));
}

const sameName = (a: string, b: string) => a.toLowerCase().replace(/[^a-z0-9]/g, '') === b.toLowerCase().replace(/[^a-z0-9]/g, '');

const isAtOneTemperature = (row: TemperatureRow): row is TemperatureRow & {temperature: number} => row.temperature !== null;
