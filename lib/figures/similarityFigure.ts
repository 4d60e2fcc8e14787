// Cosine similarities at each temperature: how close two views of one image come, and how far apart different images stay.

import {check} from '../check';
import type {TemperatureRow} from '../studies/temperatureStudy';
import type {Figure, PlotlyObject, Row} from './figure';
import {distinct} from './grouped';
import {panels} from './panels';
import {colours, layout, legend, mark, size} from './theme';

export interface SimilarityFigureOptions {
  /** @default 'Similarities on <data set>, by temperature' */
  title?: string;
}

const series = [
  {name: 'two views of one image', of: (row: TemperatureRow) => row.positiveSimilarities, style: 0},
  {name: 'different images', of: (row: TemperatureRow) => row.negativeSimilarities, style: 1},
] as const;

const PANEL = 120;

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
  const sizes = distinct(rows.flatMap(row => series.map(({of}) => of(row).length)));
  check(sizes.length === 1 && sizes[0]! > 0, 'similarityFigure', `expected histograms of one number of bins, got ${sizes.join(', ')}`);
  const [bins] = sizes as [number];
  const centre = (i: number) => -1 + (2 * i + 1) / bins;

  const temperatures = distinct(rows.map(row => row.temperature)).sort((a, b) => a - b);
  const seeds = distinct(rows.map(row => row.seed)).length;
  const shown = temperatures.map(τ => ({τ, curves: series.map(({name, of, style}) => {
    const some = rows.filter(row => row.temperature === τ);
    const shares = Array.from({length: bins}, (_, i) => some.reduce((sum, row) => sum + of(row)[i]!, 0) / some.length);
    return {name, style, shares, mean: shares.reduce((sum, share, i) => sum + share * centre(i), 0)};
  })}));
  const top = Math.max(...shown.flatMap(({curves}) => curves.flatMap(({shares}) => shares)));
  const {data, height, axes, annotations} = panels(shown.map(({τ, curves}, panel) => ({
    height: PANEL, y: {range: [0, 108 * top], nticks: 4, ...(panel > 0 && {matches: 'y'})},
    traces: curves.flatMap(({name, style, shares, mean}): PlotlyObject[] => {
      const {colour, symbol, dash} = mark(style);
      return [
        {type: 'scatter', mode: 'lines', name, legendgroup: name, showlegend: panel === 0, x: shares.map((_, i) => centre(i)), y: shares.map(share => 100 * share),
          line: {color: colour, width: 2.5, dash, shape: 'hvh'}, fill: 'tozeroy', fillcolor: `${colour}30`, hovertemplate: `${name}, τ = ${τ}<br>cosine %{x:.2f}: %{y:.1f} % of pairs<extra></extra>`},
        {type: 'scatter', mode: 'markers', name: `mean, ${name}`, legendgroup: name, showlegend: false, x: [mean], y: [0], cliponaxis: false,
          marker: {color: colour, symbol, size: 13, line: {color: colours.paper, width: 1.5}}, hovertemplate: `mean, ${name}, τ = ${τ}: %{x:.2f}<extra></extra>`},
      ];
    }),
    marks: (x, y) => ({annotations: [{text: `τ = ${τ}`, xref: `${x} domain`, yref: `${y} domain`, x: 1, y: 0.5, xanchor: 'left', yanchor: 'middle', xshift: 14, showarrow: false, font: {size: size.heading}}]}),
  })), {x: {range: [-1, 1], dtick: 0.5, title: 'cosine similarity of projections (no unit)'}, top: 150, bottom: 84, gap: 22});
  const text = (τ: number, curves: (typeof shown)[number]['curves']) => `τ ${τ}: ${curves.map(({name, mean}) => `${name} ${mean.toFixed(2)}`).join(', ')}`;
  return {
    name: `similarities-${datasets[0]}`,
    data,
    layout: layout({
      title: title ?? `Similarities on ${datasets[0]}, by temperature`, subtitle: `share of pairs (%); marks on the axis: means; ${seeds > 1 ? `mean over ${seeds} seeds` : 'one seed'}`,
      height, top: 150, bottom: 84, right: 120, showlegend: true, legend: legend(height),
      annotations,
      ...axes,
    }),
    caption: `Cosine similarities of projections of the test split of ${datasets[0]} after training at each temperature τ, in ${bins} bins: two views of one image (${marksText(0)}) and different images `
      + `(${marksText(1)}). Shares are means over ${seeds} seed${seeds === 1 ? '' : 's'}, n = ${rows.length} runs; all panels have one scale.`,
    alt: `One histogram for each temperature. Mean cosine similarity, ${shown.map(({τ, curves}) => text(τ, curves)).join('; ')}.`,
    credits: [],
    runs: rows.map(row => row.run),
    rows: rows.flatMap(row => Array.from({length: bins}, (_, i): Row => ({run: row.run, dataset: row.dataset, temperature: row.temperature, seed: row.seed, cosine: centre(i),
      positives: row.positiveSimilarities[i], negatives: row.negativeSimilarities[i]}))),
  };
}

const marksText = (style: number) => `${{solid: 'solid', dash: 'dashed'}[mark(style).dash as 'solid' | 'dash']} line, ${mark(style).symbol}`;
