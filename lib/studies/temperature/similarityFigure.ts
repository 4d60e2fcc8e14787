// Cosine similarities at each temperature: how close two views of one image come, and how far apart
// different images stay.

import {ascending} from 'd3-array';
import {check} from '../../check';
import {distinct} from '../../figures/distinct';
import type {Figure, PlotlyObject, Row} from '../../figures/figure';
import {oneOf} from '../../figures/measuredTexts';
import {center, histogramMean, meanShares, pairMargins, pairNames, pairPanels} from '../../figures/pairPanels';
import {count, meanOverText, sentences} from '../../figures/texts';
import {axis, layout, mark, size} from '../../figures/theme';
import {line} from '../../figures/traces';
import type {TemperatureRow} from './study';

export interface SimilarityFigureOptions {
  /** @default 'Similarities on <data set>, by temperature' */
  title?: string;
}

/** What the horizontal axis counts. */
const COSINE = 'cosine similarity of projections (no unit)';

/**
 * One panel for each temperature, the smallest on top: shares of pairs by cosine similarity of
 * projections, mean over seeds, with a small triangle at each mean.
 *
 * @param all Of one data set and one loss; those with a temperature are drawn, at least one;
 * histograms of equal bins from −1 to 1.
 * @throws RangeError when there is no such row, rows of several data sets or losses, or histograms
 * of different sizes.
 */
export function similarityFigure(all: readonly TemperatureRow[], {title}: SimilarityFigureOptions = {}): Figure {
  const {rows, dataset, bins, temperatures, seeds} = histogramsOf('similarityFigure', all);
  const settings = temperatures.map(τ => {
    const some = rows.filter(row => row.temperature === τ);
    return {
      label: `τ = ${τ}`,
      same: meanShares(some.map(row => row.positiveSimilarities)),
      different: meanShares(some.map(row => row.negativeSimilarities)),
    };
  });
  const {data, places, means} = pairPanels(settings, {range: [-1, 1], tick: 0.5, title: COSINE, short: 'cosine'});
  return {
    name: `similarities-${dataset}`,
    data,
    layout: layout({
      title: title ?? `Similarities on ${dataset}, by temperature`,
      subtitle: `share of pairs (%); marks on the axis: means; ${meanOverText(seeds)}`,
      right: pairMargins.right,
      legend: true,
      ...places,
    }),
    caption: sentences(
      `Cosine similarities of projections of the test split of ${dataset} after training at each temperature τ, in ` +
        `${bins} bins: ${pairNames}.`,
      `Shares are means over ${count(seeds, 'seed')}, n = ${rows.length} runs; all panels have one scale.`,
    ),
    alt: `One histogram for each temperature. Mean cosine similarity, ${means}.`,
    credits: [],
    runs: rows.map(row => row.run),
    rows: rows.flatMap(row => binRows(row, bins)),
  };
}

/** What the slider shows of a row. */
const similarities = [
  {name: 'two views of one image', of: (row: TemperatureRow) => row.positiveSimilarities},
  {name: 'different images', of: (row: TemperatureRow) => row.negativeSimilarities},
  {name: 'the ten nearest of them', of: (row: TemperatureRow) => row.nearestSimilarities},
] as const;

/** Pixels of the figure with a slider. */
const SLIDER_HEIGHT = 620;

/**
 * The same, one temperature at a time with a slider: positives, all negatives, and of each view its
 * ten nearest negatives, which a small temperature pushes away first.
 *
 * @param all As of {@link similarityFigure}.
 * @see Wang & Liu 2021, arXiv:2012.09740, which draws positives and the ten nearest negatives at
 * several temperatures.
 */
export function similaritySlider(all: readonly TemperatureRow[], {title}: SimilarityFigureOptions = {}): Figure {
  const {rows, dataset, bins, temperatures, seeds} = histogramsOf('similaritySlider', all);
  const sharesAt = (τ: number) =>
    similarities.map(({name, of}) => ({name, shares: meanShares(rows.filter(row => row.temperature === τ).map(of))}));
  const centers = Array.from({length: bins}, (_, bin) => center(bin, bins, -1, 1));
  const tracesAt = (τ: number): PlotlyObject[] =>
    sharesAt(τ).map(({name, shares}, i) => {
      const {color, dash} = mark(i);
      const hover = `${name}, τ = ${τ}<br>cosine %{x:.2f}: %{y:.1f} %`;
      const heights = shares.map(share => 100 * share);
      return line(name, centers, heights, {color, width: 3, dash, shape: 'hvh', fill: `${color}28`, hover});
    });
  const top = 108 * Math.max(...temperatures.flatMap(τ => sharesAt(τ).flatMap(({shares}) => shares)));
  const shown = temperatures.at(-1)!;
  const meansAt = (τ: number) =>
    sharesAt(τ).map(({name, shares}) => `${name} ${histogramMean(shares, -1, 1).toFixed(2)}`);
  return {
    name: `similarities-slider-${dataset}`,
    data: tracesAt(shown),
    frames: temperatures.map(τ => ({name: String(τ), data: tracesAt(τ)})),
    layout: layout({
      title: title ?? `Similarities on ${dataset}: turn τ`,
      subtitle: `share of pairs (%); ${meanOverText(seeds)}; τ = ${shown} until the slider is moved`,
      height: SLIDER_HEIGHT,
      top: 170,
      bottom: 190,
      legend: true,
      xaxis: axis({range: [-1, 1], dtick: 0.5, title: COSINE}),
      yaxis: axis({range: [0, top], nticks: 5}),
      sliders: [slider(temperatures)],
    }),
    caption: sentences(
      `Cosine similarities of projections of the test split of ${dataset} after training at each temperature τ, in ` +
        `${bins} bins: two views of one image, different images, and of each view the ten nearest different images.`,
      `Shares are means over ${count(seeds, 'seed')}, n = ${rows.length} runs.`,
    ),
    alt: sentences(
      'Histograms with a slider over the temperature.',
      `Mean cosine similarity: ${temperatures.map(τ => `τ = ${τ}: ${meansAt(τ).join(', ')}`).join('; ')}.`,
    ),
    credits: [],
    runs: rows.map(row => row.run),
    rows: rows.flatMap(row => binRows(row, bins).map((bin, i) => ({...bin, nearest: row.nearestSimilarities[i]}))),
  };
}

/** One step a temperature; the largest is shown at first. */
const slider = (temperatures: readonly number[]): PlotlyObject => ({
  active: temperatures.length - 1,
  currentvalue: {prefix: 'temperature τ = ', font: {size: size.heading}},
  pad: {t: 78},
  font: {size: size.small},
  steps: temperatures.map(τ => ({
    label: String(τ),
    method: 'animate',
    args: [[String(τ)], {mode: 'immediate', frame: {duration: 0, redraw: true}, transition: {duration: 0}}],
  })),
});

/** For a table: a line for each bin of a run's histograms. */
const binRows = (row: TemperatureRow, bins: number): Row[] =>
  Array.from({length: bins}, (_, i) => ({
    run: row.run,
    dataset: row.dataset,
    temperature: row.temperature,
    seed: row.seed,
    cosine: center(i, bins, -1, 1),
    positives: row.positiveSimilarities[i],
    negatives: row.negativeSimilarities[i],
  }));

type AtTemperature = TemperatureRow & {temperature: number};

/** The rows that have a temperature, and what all of them share. */
type Histograms = {rows: AtTemperature[]; dataset: string; bins: number; temperatures: number[]; seeds: number};

function histogramsOf(caller: string, all: readonly TemperatureRow[]): Histograms {
  const rows = all.filter((row): row is AtTemperature => row.temperature !== null);
  check(rows.length > 0, caller, 'expected at least one row with a temperature, got none');
  const dataset = oneOf(caller, 'data set', rows, row => row.dataset);
  oneOf(caller, 'loss', rows, row => row.loss);
  const sizes = distinct(rows.flatMap(row => similarities.map(({of}) => of(row).length)));
  const [bins = 0] = sizes;
  check(sizes.length === 1 && bins > 0, caller, `expected histograms of one number of bins, got ${sizes.join(', ')}`);
  const temperatures = distinct(rows.map(row => row.temperature)).sort(ascending);
  return {rows, dataset, bins, temperatures, seeds: distinct(rows.map(row => row.seed)).length};
}
