// Accuracy, uniformity and tolerance against the temperature: the dial of NT-Xent, with every seed, and what papers report beside it.

import {meanInterval} from '../analysis/meanInterval';
import {check} from '../check';
import type {PublishedTemperatureRow} from '../studies/literature/temperature';
import type {Accuracies} from '../evaluation/accuracies';
import type {BaselineRow} from '../studies/baselines';
import type {TemperatureRow} from '../studies/temperatureStudy';
import type {Figure, PlotlyObject, Row} from './figure';
import {distinct, grouped} from './grouped';
import {axis, colours, heading, layout, legend, mark, nth, size, spread, stack} from './theme';

export interface TemperatureFigureOptions {
  /** The same protocol on features that were not trained: horizontal lines. */
  baselines?: readonly BaselineRow[];
  /** Only contrastive rows that have a temperature are drawn, in a panel of their own where the data set is another. */
  published?: readonly PublishedTemperatureRow[];
  /** Which accuracy is drawn. @default 'linear' */
  accuracy?: keyof Accuracies;
  /** @default 'SimCLR on <data set>: what the temperature does' */
  title?: string;
}

const accuracyNames = {
  knn: 'k-NN on the embedding', knnProjection: 'k-NN on the projection',
  linear: 'a linear probe on the embedding', linearProjection: 'a linear probe on the projection',
} as const satisfies Record<keyof Accuracies, string>;

const baselineNames = {chance: 'chance', pixels: 'raw pixels', hog: 'HOG', untrained: 'untrained'} as const satisfies Record<BaselineRow['baseline'], string>;
const baselineDashes = {chance: 'dot', pixels: 'dash', hog: 'solid', untrained: 'dashdot'} as const satisfies Record<BaselineRow['baseline'], string>;

/** Room right of the panels for the names of lines, and between two such names, in pixels. */
const [LABELS, LABEL_GAP] = [225, 25];

const percent = (share: number) => 100 * share;
const oneDigit = (share: number) => `${percent(share).toFixed(1)} %`;

type Panel = 'accuracy' | 'published' | 'uniformity' | 'tolerance';

/** What is measured at each temperature, in the unit of its axis. */
type Series = {name: string; of: (row: TemperatureRow) => number; digits: number; unit: string; style: number};

/**
 * Accuracy (last epoch, and the epoch chosen on the validation split) with baselines and published marks; below it uniformity and tolerance of the projections.
 * Every seed is a point; means carry a 95 % t-interval over seeds.
 *
 * @param rows Of one data set; any number of temperatures and seeds, at least one row.
 * @throws RangeError when there is no row, or rows of several data sets.
 */
export function temperatureFigure(rows: readonly TemperatureRow[], {baselines = [], published = [], accuracy = 'linear', title}: TemperatureFigureOptions = {}): Figure {
  check(rows.length > 0, 'temperatureFigure', 'expected at least one row, got none');
  const datasets = distinct(rows.map(row => row.dataset));
  check(datasets.length === 1, 'temperatureFigure', `expected rows of one data set, got ${datasets.join(', ')}`);
  const [dataset] = datasets as [string];
  const contrastive = published.filter(row => row.loss === 'contrastive' && row.temperature !== null);
  const here = contrastive.filter(row => sameName(row.dataset, dataset));
  const elsewhere = contrastive.filter(row => !sameName(row.dataset, dataset));

  const temperatures = distinct(rows.map(row => row.temperature)).sort((a, b) => a - b);
  const seeds = distinct(rows.map(row => row.seed)).length;
  const [last, chosen]: [Series, Series] = [
    {name: 'last epoch', of: row => percent(row.last[accuracy]), digits: 1, unit: ' %', style: 0},
    {name: 'epoch chosen on validation', of: row => percent(row.chosen[accuracy]), digits: 1, unit: ' %', style: 1},
  ];
  const uniformity: Series = {name: 'uniformity', of: row => row.uniformity, digits: 2, unit: '', style: 0};
  const tolerance: Series = {name: 'tolerance', of: row => row.tolerance, digits: 2, unit: '', style: 0};

  const panels: Panel[] = ['accuracy', ...(elsewhere.length ? ['published' as const] : []), 'uniformity', 'tolerance'];
  const heights = panels.map(panel => ({accuracy: 380, published: 250, uniformity: 150, tolerance: 150})[panel]);
  const {height, domains} = stack(heights, {top: 180, bottom: 84, gap: 52});
  const at = (panel: Panel) => panels.indexOf(panel);

  const baselineLines = baselineMeans(baselines, accuracy);
  const accuracyRange = rangeFromZero([...rows.flatMap(row => [last.of(row), chosen.of(row)]), ...baselineLines.map(line => line.value), ...here.map(row => percent(row.accuracy)),
    ...temperatures.map(τ => meanInterval(rows.filter(row => row.temperature === τ).map(last.of)).high)]);
  const publishedRange = rangeAround(elsewhere.map(row => percent(row.accuracy)));
  const publishedSeries = [...grouped(elsewhere, row => `${row.dataset}|${row.source}`).values()].map(group => group.sort((a, b) => a.temperature! - b.temperature!));

  const data = [
    ...measured(rows, temperatures, last, at('accuracy'), -1),
    ...measured(rows, temperatures, chosen, at('accuracy'), 1),
    ...baselineLines.map(line => baselineTrace(line, at('accuracy'))),
    ...(here.length ? [publishedTrace(here, 6, at('accuracy'), 'published')] : []),
    ...publishedSeries.map((group, i) => publishedTrace(group, i + 2, at('published'))),
    ...measured(rows, temperatures, uniformity, at('uniformity'), 0),
    ...measured(rows, temperatures, tolerance, at('tolerance'), 0),
  ];
  const ticks = ticksOf([...temperatures, ...contrastive.map(row => row.temperature!)], temperatures);
  const τRange: [number, number] = [Math.log10(Math.min(...ticks.all)) - 0.07, Math.log10(Math.max(...ticks.all)) + 0.07];
  const axes = Object.fromEntries(panels.flatMap((panel, i) => [
    [`xaxis${nth(i)}`, axis({type: 'log', range: τRange, domain: [0, 1], anchor: `y${nth(i)}`, tickmode: 'array', tickvals: ticks.all, ticktext: ticks.text,
      showticklabels: i === panels.length - 1, ...(i > 0 && {matches: 'x'}), ...(i === panels.length - 1 && {title: {text: 'temperature τ (no unit, logarithmic)', font: {size: size.heading}, standoff: 12}})})],
    [`yaxis${nth(i)}`, axis({domain: domains[i]!, anchor: `x${nth(i)}`, nticks: panel === 'accuracy' ? 7 : 4, tickformat: {accuracy: 'd', published: 'd', uniformity: '.1f', tolerance: '.2f'}[panel], ...(panel === 'accuracy' && {range: accuracyRange}), ...(panel === 'published' && {range: publishedRange})})],
  ]));
  const annotations = [
    heading(`accuracy of ${accuracyNames[accuracy]}, test split (%)`, at('accuracy')),
    ...(elsewhere.length ? [heading('published for other images and encoders: linear probe (%)', at('published')), sourcesInside(publishedSeries, at('published'))] : []),
    heading('uniformity of projections (higher: more even on the sphere)', at('uniformity')),
    heading('tolerance: mean cosine of projections of one class', at('tolerance')),
  ];
  const share = (τ: number) => (Math.log10(τ) - τRange[0]) / (τRange[1] - τRange[0]);
  const labels = [
    beside(baselineLines.map(({value, name}) => ({from: 1, value, text: `${name} ${value.toFixed(1)} %`, colour: colours.quiet})), at('accuracy'), accuracyRange, heights[at('accuracy')]!),
    beside(publishedSeries.map((group, i) => ({from: share(group.at(-1)!.temperature!), value: percent(group.at(-1)!.accuracy), text: group[0]!.dataset, colour: mark(i + 2).colour})),
      at('published'), publishedRange, heights[at('published')] ?? 0),
  ].reduce((all, some) => ({annotations: [...all.annotations, ...some.annotations], shapes: [...all.shapes, ...some.shapes]}));

  const spreadText = seeds > 1 ? `${seeds} seeds: every one a small point; mean with 95 % t-interval` : 'one seed: no spread known';
  const best = temperatures.map(τ => ({τ, mean: meanInterval(rows.filter(row => row.temperature === τ).map(last.of)).mean})).sort((a, b) => b.mean - a.mean)[0]!;
  const sources = distinct([...here, ...elsewhere].map(row => `${row.source}, arXiv:${row.arxiv}, ${row.table}`));
  return {
    name: `temperature-${accuracy}-${dataset}`,
    data,
    layout: layout({
      title: title ?? `SimCLR on ${dataset}: what the temperature does`, subtitle: spreadText, height, top: 180, bottom: 84, right: LABELS,
      showlegend: true, legend: legend(height),
      annotations: [...annotations, ...labels.annotations], shapes: [...(elsewhere.length ? [tinted(at('published'))] : []), ...labels.shapes], ...axes,
    }),
    caption: [
      `Temperature τ of NT-Xent against accuracy (${accuracyNames[accuracy]}) on the test split of ${dataset}, and uniformity (−log E exp(−2‖x − y‖²)) and tolerance (mean cosine of same-class pairs) of the projections of the last epoch.`,
      `n = ${rows.length} runs: ${temperatures.length} temperatures, ${countsText(rows, temperatures)}; bars are 95 % t-intervals of the mean over seeds, which are wide when seeds are few.`,
      `Protocol: ${distinct(rows.map(row => row.protocol)).join(' | ')}. ${distinct(rows.map(row => row.epochs)).join(', ')} epochs; ${minutesText(rows)} on ${distinct(rows.map(row => row.device)).join(' | ')}.`,
      ...(baselineLines.length ? [`Lines: the same protocol on features that were not trained (${baselineLines.map(({name, n}) => (n > 1 ? `${name}: mean of ${n} seeds` : name)).join(', ')}).`] : []),
      ...(sources.length ? ['Published values are of other images, encoders and epochs: for the shape only.'] : []),
    ].join(' '),
    alt: [
      `Panels over temperature. Accuracy, ${accuracyNames[accuracy]}, mean at the last epoch: ${meansText(rows, temperatures, last)}; highest at τ = ${best.τ}.`,
      ...(baselineLines.length ? [`Baselines: ${baselineLines.map(({name, value}) => `${name} ${value.toFixed(1)} %`).join(', ')}.`] : []),
      ...publishedSeries.map(group => `Published, ${group[0]!.dataset}: ${group.map(row => `τ ${row.temperature}: ${oneDigit(row.accuracy)}`).join(', ')}.`),
      `Uniformity: ${meansText(rows, temperatures, uniformity)}. Tolerance: ${meansText(rows, temperatures, tolerance)}.`,
    ].join(' '),
    credits: sources,
    runs: rows.map(row => row.run),
    rows: [...rows.map((row): Row => ({kind: 'measured', ...withoutHistograms(row)})), ...baselines.map((row): Row => ({kind: 'baseline', ...row})), ...contrastive.map((row): Row => ({kind: 'published', ...row}))],
  };
}

/** They are drawn by `similarityFigure`. */
const withoutHistograms = ({positiveSimilarities: _p, negativeSimilarities: _n, ...row}: TemperatureRow) => row;

const sameName = (a: string, b: string) => a.toLowerCase().replace(/[^a-z0-9]/g, '') === b.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Marks of two series stand beside each other, not on each other: factor on τ for the mean and for the seeds, `side` −1, 0 or 1. */
const shift = (τ: number, side: number, part: 'mean' | 'seed') => τ * 10 ** (part === 'mean' ? 0.014 * side : 0.036 * (side || 0.6));

/** Means with intervals joined by a line, and each seed as a point. */
function measured(rows: readonly TemperatureRow[], temperatures: readonly number[], {name, of, digits, unit, style}: Series, panel: number, side: number): PlotlyObject[] {
  const {colour, symbol, dash} = mark(style);
  const axes = {xaxis: `x${nth(panel)}`, yaxis: `y${nth(panel)}`};
  const means = temperatures.map(τ => ({τ, ...meanInterval(rows.filter(row => row.temperature === τ).map(of))}));
  const bar = (end: number, mean: number) => (Number.isFinite(end) ? Math.abs(end - mean) : null);
  const line: PlotlyObject = {
    type: 'scatter', mode: 'lines+markers', ...axes, name, legendgroup: name, showlegend: panel === 0,
    x: means.map(({τ}) => shift(τ, side, 'mean')), y: means.map(({mean}) => mean), customdata: means.map(({τ, n}) => [τ, n]),
    error_y: {type: 'data', symmetric: false, array: means.map(({mean, high}) => bar(high, mean)), arrayminus: means.map(({mean, low}) => bar(low, mean)), thickness: 2.5, width: 7, color: colour},
    line: {color: colour, width: 3, dash}, marker: {color: colour, symbol, size: 13, line: {color: colours.paper, width: 1}},
    hovertemplate: `${name}, mean of %{customdata[1]}<br>τ = %{customdata[0]}: %{y:.${digits}f}${unit}<extra></extra>`,
  };
  const many = rows.filter(row => means.some(({τ, n}) => τ === row.temperature && n > 1));   // a single seed is its own mean
  return many.length === 0 ? [line] : [line, {
    type: 'scatter', mode: 'markers', ...axes, name: `${name}, each seed`, legendgroup: name, showlegend: false,
    x: many.map(row => shift(row.temperature, side, 'seed')), y: many.map(of), customdata: many.map(row => [row.temperature, row.seed, row.run]),
    marker: {color: colours.paper, symbol, size: 8, line: {color: colour, width: 2}},
    hovertemplate: `${name}, seed %{customdata[1]}, run %{customdata[2]}<br>τ = %{customdata[0]}: %{y:.${digits}f}${unit}<extra></extra>`,
  }];
}

type BaselineLine = {baseline: BaselineRow['baseline']; name: string; value: number; n: number};

/** One line for each baseline, in percent: the mean over its seeds. */
function baselineMeans(baselines: readonly BaselineRow[], accuracy: keyof Accuracies): BaselineLine[] {
  const probe = accuracy.startsWith('knn') ? 'knn' : 'linear';
  return [...grouped(baselines, row => row.baseline)].map(([baseline, group]) =>
    ({baseline, name: baselineNames[baseline], value: meanInterval(group.map(row => percent(row[probe]))).mean, n: group.length}));
}

const baselineTrace = ({baseline, name, value}: BaselineLine, panel: number): PlotlyObject => ({
  type: 'scatter', mode: 'lines', xaxis: `x${nth(panel)}`, yaxis: `y${nth(panel)}`, name, showlegend: false,
  x: [1e-6, 1e6], y: [value, value], line: {color: colours.quiet, width: 2, dash: baselineDashes[baseline]}, hovertemplate: `${name}: %{y:.1f} %<extra></extra>`,
});

function publishedTrace(rows: readonly PublishedTemperatureRow[], style: number, panel: number, name?: string): PlotlyObject {
  const {colour, symbol, dash} = mark(style);
  const [{dataset, source}] = rows as [PublishedTemperatureRow];
  return {
    type: 'scatter', mode: 'lines+markers', xaxis: `x${nth(panel)}`, yaxis: `y${nth(panel)}`, name: name ?? dataset, showlegend: name !== undefined,
    x: rows.map(row => row.temperature), y: rows.map(row => percent(row.accuracy)), line: {color: colour, width: 2.5, dash},
    marker: {color: colour, symbol: `${symbol}-open`, size: 12, line: {color: colour, width: 2.5}}, hovertemplate: `${dataset}, ${source}<br>τ = %{x}: %{y:.1f} %<extra></extra>`,
  };
}

/** Names of lines right of a panel, moved apart where they would touch, each led to from the share `from` of the panel's width. */
function beside(labels: readonly {from: number; value: number; text: string; colour: string}[], panel: number, [low, high]: readonly [number, number], pixels: number) {
  const heights = labels.map(({value}) => ((value - low) / (high - low)) * pixels);
  const places = spread(heights, LABEL_GAP);
  const refs = {xref: `x${nth(panel)} domain`, yref: `y${nth(panel)} domain`};
  return {
    annotations: labels.map(({text}, i): PlotlyObject => ({text, ...refs, x: 1, y: 0, xanchor: 'left', yanchor: 'middle', xshift: 24, yshift: places[i]!, showarrow: false, font: {size: size.text}})),
    shapes: labels.map(({from, colour}, i): PlotlyObject => ({type: 'line', ...refs, x0: from, x1: 1.03, y0: heights[i]! / pixels, y1: places[i]! / pixels, line: {color: colour, width: 1.5}})),
  };
}

/** Whose numbers they are, where they stand. */
function sourcesInside(series: readonly PublishedTemperatureRow[][], panel: number): PlotlyObject {
  const bySource = grouped(series.map(group => group[0]!), row => `${row.source}, ${row.table}`);
  const text = [...bySource].map(([source, rows]) => (bySource.size > 1 && rows.length < 3 ? `${rows.map(row => row.dataset).join(', ')}: ${source}` : source)).join('; ');
  return {text, xref: `x${nth(panel)} domain`, yref: `y${nth(panel)} domain`, x: 0, y: 0, xanchor: 'left', yanchor: 'bottom', xshift: 8, yshift: 4, showarrow: false, font: {size: size.small, color: colours.quiet}};
}

const tinted = (panel: number): PlotlyObject => ({type: 'rect', xref: `x${nth(panel)} domain`, yref: `y${nth(panel)} domain`, x0: 0, x1: 1, y0: 0, y1: 1, fillcolor: colours.tint, line: {width: 0}, layer: 'below'});

const rangeFromZero = (values: readonly number[]): [number, number] => [0, Math.min(100, 1.06 * Math.max(...values.filter(Number.isFinite)))];

const rangeAround = (values: readonly number[]): [number, number] => [Math.floor(Math.min(...values) / 10) * 10 - 10, Math.min(105, Math.ceil(Math.max(...values) / 10) * 10 + 5)];

/** A tick at each temperature; where two would touch, the measured one keeps its label. */
function ticksOf(values: readonly number[], first: readonly number[]): {all: number[]; text: string[]} {
  const all = distinct(values).sort((a, b) => a - b);
  const written: number[] = [];
  for (const τ of [...first, ...all]) if (written.every(other => other === τ || Math.abs(Math.log10(τ / other)) > 0.1)) written.push(τ);
  return {all, text: all.map(τ => (written.includes(τ) ? String(τ) : ''))};
}

function meansText(rows: readonly TemperatureRow[], temperatures: readonly number[], {of, digits, unit}: Series): string {
  return temperatures.map(τ => `τ ${τ}: ${meanInterval(rows.filter(row => row.temperature === τ).map(of)).mean.toFixed(digits)}${unit}`).join(', ');
}

function countsText(rows: readonly TemperatureRow[], temperatures: readonly number[]): string {
  const counts = distinct(temperatures.map(τ => rows.filter(row => row.temperature === τ).length));
  const text = counts.length === 1 ? `${counts[0]}` : `${Math.min(...counts)} to ${Math.max(...counts)}`;
  return `${text} seed${text === '1' ? '' : 's'} each`;
}

function minutesText(rows: readonly TemperatureRow[]): string {
  const minutes = rows.map(row => row.minutes);
  return `${Math.round(minutes.reduce((sum, value) => sum + value, 0))} minutes in all`;
}
