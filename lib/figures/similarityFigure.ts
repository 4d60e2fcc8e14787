// Cosine similarities at each temperature: how close two views of one image come, and how far apart different images stay.

import {check} from '../check';
import type {TemperatureRow} from '../studies/temperatureStudy';
import type {Figure, Row} from './figure';
import {distinct} from './grouped';
import {centre, meanShares, pairMargins, pairNames, pairPanels} from './pairPanels';
import {layout, legend} from './theme';

export interface SimilarityFigureOptions {
  /** @default 'Similarities on <data set>, by temperature' */
  title?: string;
}

/**
 * One panel for each temperature, the smallest on top: shares of pairs by cosine similarity of projections, mean over seeds, with a small triangle at each mean.
 *
 * @param rows Of one data set, at least one; histograms of equal bins from −1 to 1.
 * @throws RangeError when there is no row, rows of several data sets, or histograms of different sizes.
 */
export function similarityFigure(rows: readonly TemperatureRow[], {title}: SimilarityFigureOptions = {}): Figure {
  check(rows.length > 0, 'similarityFigure', 'expected at least one row, got none');
  const datasets = distinct(rows.map(row => row.dataset));
  check(datasets.length === 1, 'similarityFigure', `expected rows of one data set, got ${datasets.join(', ')}`);
  const sizes = distinct(rows.flatMap(row => [row.positiveSimilarities.length, row.negativeSimilarities.length]));
  check(sizes.length === 1 && sizes[0]! > 0, 'similarityFigure', `expected histograms of one number of bins, got ${sizes.join(', ')}`);
  const [bins] = sizes as [number];

  const temperatures = distinct(rows.map(row => row.temperature)).sort((a, b) => a - b);
  const seeds = distinct(rows.map(row => row.seed)).length;
  const {data, height, axes, annotations, means} = pairPanels(temperatures.map(τ => {
    const some = rows.filter(row => row.temperature === τ);
    return {label: `τ = ${τ}`, same: meanShares(some.map(row => row.positiveSimilarities)), different: meanShares(some.map(row => row.negativeSimilarities))};
  }), {range: [-1, 1], tick: 0.5, title: 'cosine similarity of projections (no unit)', short: 'cosine'});
  return {
    name: `similarities-${datasets[0]}`,
    data,
    layout: layout({
      title: title ?? `Similarities on ${datasets[0]}, by temperature`, subtitle: `share of pairs (%); marks on the axis: means; ${seeds > 1 ? `mean over ${seeds} seeds` : 'one seed'}`,
      height, ...pairMargins, showlegend: true, legend: legend(height),
      annotations,
      ...axes,
    }),
    caption: `Cosine similarities of projections of the test split of ${datasets[0]} after training at each temperature τ, in ${bins} bins: ${pairNames}. `
      + `Shares are means over ${seeds} seed${seeds === 1 ? '' : 's'}, n = ${rows.length} runs; all panels have one scale.`,
    alt: `One histogram for each temperature. Mean cosine similarity, ${means}.`,
    credits: [],
    runs: rows.map(row => row.run),
    rows: rows.flatMap(row => Array.from({length: bins}, (_, i): Row => ({run: row.run, dataset: row.dataset, temperature: row.temperature, seed: row.seed, cosine: centre(i, bins, -1, 1),
      positives: row.positiveSimilarities[i], negatives: row.negativeSimilarities[i]}))),
  };
}
