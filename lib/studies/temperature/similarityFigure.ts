// Cosine similarities at each temperature: how close two views of one image come, and how far apart different images stay.

import {check} from '../../check';
import type {TemperatureRow} from './study';
import type {Figure, PlotlyObject, Row} from '../../figures/figure';
import {distinct} from '../../figures/grouped';
import {center, meanShares, pairMargins, pairNames, pairPanels} from '../../figures/pairPanels';
import {oneOf} from '../../figures/measuredTexts';
import {axis, layout, legend, mark, size} from '../../figures/theme';

export interface SimilarityFigureOptions {
  /** @default 'Similarities on <data set>, by temperature' */
  title?: string;
}

/**
 * One panel for each temperature, the smallest on top: shares of pairs by cosine similarity of projections, mean over seeds, with a small triangle at each mean.
 *
 * @param all Of one data set and one loss; those with a temperature are drawn, at least one; histograms of equal bins from −1 to 1.
 * @throws RangeError when there is no such row, rows of several data sets or losses, or histograms of different sizes.
 */
export function similarityFigure(all: readonly TemperatureRow[], {title}: SimilarityFigureOptions = {}): Figure {
  const {rows, dataset, bins, temperatures} = histogramsOf('similarityFigure', all);
  const seeds = distinct(rows.map(row => row.seed)).length;
  const {data, height, axes, annotations, means} = pairPanels(temperatures.map(τ => {
    const some = rows.filter(row => row.temperature === τ);
    return {label: `τ = ${τ}`, same: meanShares(some.map(row => row.positiveSimilarities)), different: meanShares(some.map(row => row.negativeSimilarities))};
  }), {range: [-1, 1], tick: 0.5, title: 'cosine similarity of projections (no unit)', short: 'cosine'});
  return {
    name: `similarities-${dataset}`,
    data,
    layout: layout({
      title: title ?? `Similarities on ${dataset}, by temperature`, subtitle: `share of pairs (%); marks on the axis: means; ${seeds > 1 ? `mean over ${seeds} seeds` : 'one seed'}`,
      height, ...pairMargins, showlegend: true, legend: legend(height),
      annotations,
      ...axes,
    }),
    caption: `Cosine similarities of projections of the test split of ${dataset} after training at each temperature τ, in ${bins} bins: ${pairNames}. `
      + `Shares are means over ${seeds} seed${seeds === 1 ? '' : 's'}, n = ${rows.length} runs; all panels have one scale.`,
    alt: `One histogram for each temperature. Mean cosine similarity, ${means}.`,
    credits: [],
    runs: rows.map(row => row.run),
    rows: rows.flatMap(row => Array.from({length: bins}, (_, i): Row => ({run: row.run, dataset: row.dataset, temperature: row.temperature, seed: row.seed, cosine: center(i, bins, -1, 1),
      positives: row.positiveSimilarities[i], negatives: row.negativeSimilarities[i]}))),
  };
}

/**
 * The same, one temperature at a time with a slider: positives, all negatives, and of each view its ten nearest negatives, which a small temperature pushes away first.
 *
 * @param all As of {@link similarityFigure}.
 * @see Wang & Liu 2021, arXiv:2012.09740, which draws positives and the ten nearest negatives at several temperatures.
 */
export function similaritySlider(all: readonly TemperatureRow[], {title}: SimilarityFigureOptions = {}): Figure {
  const {rows, dataset, bins, temperatures} = histogramsOf('similaritySlider', all);
  const seeds = distinct(rows.map(row => row.seed)).length;
  const curves = [
    {name: 'two views of one image', of: (row: TemperatureRow) => row.positiveSimilarities},
    {name: 'different images', of: (row: TemperatureRow) => row.negativeSimilarities},
    {name: 'the ten nearest of them', of: (row: TemperatureRow) => row.nearestSimilarities},
  ];
  const sharesAt = (τ: number) => curves.map(({of}) => meanShares(rows.filter(row => row.temperature === τ).map(of)));
  const top = 108 * Math.max(...temperatures.flatMap(τ => sharesAt(τ).flat()));
  const tracesAt = (τ: number): PlotlyObject[] => sharesAt(τ).map((shares, i) => {
    const {color, dash} = mark(i);
    return {type: 'scatter', mode: 'lines', name: curves[i]!.name, x: shares.map((_, bin) => center(bin, bins, -1, 1)), y: shares.map(share => 100 * share), line: {color, width: 3, dash, shape: 'hvh'},
      fill: 'tozeroy', fillcolor: `${color}28`, hovertemplate: `${curves[i]!.name}, τ = ${τ}<br>cosine %{x:.2f}: %{y:.1f} %<extra></extra>`};
  });
  const height = 620;
  const shown = temperatures.at(-1)!;
  const meanOf = (shares: readonly number[]) => shares.reduce((sum, share, bin) => sum + share * center(bin, bins, -1, 1), 0);
  return {
    name: `similarities-slider-${dataset}`,
    data: tracesAt(shown),
    frames: temperatures.map(τ => ({name: String(τ), data: tracesAt(τ)})),
    layout: layout({
      title: title ?? `Similarities on ${dataset}: turn τ`, subtitle: `share of pairs (%); ${seeds > 1 ? `mean over ${seeds} seeds` : 'one seed'}; τ = ${shown} until the slider is moved`,
      height, top: 170, bottom: 190, showlegend: true, legend: legend(height),
      xaxis: axis({range: [-1, 1], dtick: 0.5, title: {text: 'cosine similarity of projections (no unit)', font: {size: size.heading}, standoff: 12}}),
      yaxis: axis({range: [0, top], nticks: 5}),
      sliders: [{
        active: temperatures.length - 1, currentvalue: {prefix: 'temperature τ = ', font: {size: size.heading}}, pad: {t: 78}, font: {size: size.small},
        steps: temperatures.map(τ => ({label: String(τ), method: 'animate', args: [[String(τ)], {mode: 'immediate', frame: {duration: 0, redraw: true}, transition: {duration: 0}}]})),
      }],
    }),
    caption: `Cosine similarities of projections of the test split of ${dataset} after training at each temperature τ, in ${bins} bins: two views of one image, different images, and of each view the ten nearest different images. `
      + `Shares are means over ${seeds} seed${seeds === 1 ? '' : 's'}, n = ${rows.length} runs.`,
    alt: `Histograms with a slider over the temperature. Mean cosine similarity: ${temperatures.map(τ => `τ = ${τ}: ${sharesAt(τ).map((shares, i) => `${curves[i]!.name} ${meanOf(shares).toFixed(2)}`).join(', ')}`).join('; ')}.`,
    credits: [],
    runs: rows.map(row => row.run),
    rows: rows.flatMap(row => Array.from({length: bins}, (_, i): Row => ({run: row.run, dataset: row.dataset, temperature: row.temperature, seed: row.seed, cosine: center(i, bins, -1, 1),
      positives: row.positiveSimilarities[i], negatives: row.negativeSimilarities[i], nearest: row.nearestSimilarities[i]}))),
  };
}

/** The rows that have a temperature, and what all of them share. */
function histogramsOf(caller: string, all: readonly TemperatureRow[]): {rows: (TemperatureRow & {temperature: number})[]; dataset: string; bins: number; temperatures: number[]} {
  const rows = all.filter((row): row is TemperatureRow & {temperature: number} => row.temperature !== null);
  check(rows.length > 0, caller, 'expected at least one row with a temperature, got none');
  const dataset = oneOf(caller, 'data set', rows, row => row.dataset);
  oneOf(caller, 'loss', rows, row => row.loss);
  const sizes = distinct(rows.flatMap(row => [row.positiveSimilarities.length, row.negativeSimilarities.length, row.nearestSimilarities.length]));
  check(sizes.length === 1 && sizes[0]! > 0, caller, `expected histograms of one number of bins, got ${sizes.join(', ')}`);
  return {rows, dataset, bins: sizes[0]!, temperatures: distinct(rows.map(row => row.temperature)).sort((a, b) => a - b)};
}
