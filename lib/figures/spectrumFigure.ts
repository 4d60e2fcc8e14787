// Spectra of embeddings beside each other: how fast their variance falls from direction to direction.
// Jing et al. 2022, "Understanding Dimensional Collapse in Contrastive Self-Supervised Learning", arXiv:2110.09348, who show singular values in this way.

import {check} from '../check';
import type {Figure, PlotlyObject} from './figure';
import {panels} from './panels';
import {layout, mark, size, spread, wrap} from './theme';

export interface SpectrumFigureOptions {
  /** @default 'Spectrum of the projections' */
  title?: string;
  /** Where the embeddings come from, for the caption. @default nothing */
  source?: string;
  runs?: readonly string[];
}

/** Variances below this are rounding of float32, and drawn as this. */
const LEAST = 1e-9;
const [PANEL, TOP, BOTTOM, LABEL] = [420, 138, 84, 230];

/**
 * A curve for each embedding: variance along its principal directions, largest first, on a logarithmic scale.
 *
 * @param spectra As `spectrum` returns them, by name.
 * @throws RangeError when there is none, or one is empty.
 */
export function spectrumFigure(spectra: Record<string, readonly number[]>, {title = 'Spectrum of the projections', source, runs = []}: SpectrumFigureOptions = {}): Figure {
  const all = Object.entries(spectra);
  check(all.length > 0 && all.every(([, values]) => values.length > 0), 'spectrumFigure', 'expected at least one spectrum with values, got none');
  const drawn = all.map(([name, values]) => ({name, values: values.map(value => Math.max(LEAST, value))}));
  const longest = Math.max(...all.map(([, values]) => values.length));
  const logs = drawn.flatMap(({values}) => values.map(Math.log10));
  const [low, high] = [Math.floor(Math.min(...logs)) - 0.1, Math.ceil(Math.max(...logs)) + 0.1];
  const place = (value: number) => (Math.log10(value) - low) / (high - low) * PANEL;
  const labels = spread(drawn.map(({values}) => place(values[Math.floor(2 * values.length / 3)]!)), 46);   // at their ends all are rounding
  const {data, height, axes, annotations, shapes} = panels([{
    heading: 'variance along the direction (unit projections, logarithmic)', height: PANEL, y: {type: 'log', range: [low, high], dtick: 1, exponentformat: 'power'},
    traces: drawn.map(({name, values}, i): PlotlyObject => {
      const {color, dash, symbol} = mark(i);
      return {type: 'scatter', mode: 'lines+markers', name, x: values.map((_, k) => k + 1), y: values, line: {color, width: 3, dash}, marker: {color, symbol, size: 11, maxdisplayed: 7},
        hovertemplate: `${name}, direction %{x}: %{y:.2e}<extra></extra>`};
    }),
    marks: (x, y) => ({annotations: drawn.map(({name, values}, i) => ({text: wrap(name, 22, 2).join('<br>'), xref: x, yref: `${y} domain`, x: values.length, y: 0, xanchor: 'left', yanchor: 'middle', align: 'left', xshift: 10, yshift: labels[i]!, showarrow: false,
      font: {size: size.small, color: mark(i).color}}))}),
  }], {x: {range: [0, longest * 1.01], nticks: 8, title: 'principal direction, largest variance first'}, top: TOP, bottom: BOTTOM, gap: 0});
  const fallen = (values: readonly number[]) => values.filter(value => value > values[0]! / 100).length;
  return {
    name: 'spectrum',
    data,
    layout: layout({title, subtitle: 'a cliff: dimensional collapse; low everywhere: complete collapse', height, top: TOP, bottom: BOTTOM, left: 100, right: LABEL, annotations, shapes, ...axes}),
    caption: `Variance of unit projections along their principal directions, largest first${source ? `: ${source}` : ''}. One run each: no spread over seeds is shown. Variances below ${LEAST} are rounding, and drawn there.`,
    alt: `Spectra. ${all.map(([name, values]) => `${name}: ${fallen(values)} of ${values.length} directions have at least a hundredth of the largest variance, ${values[0]!.toPrecision(2)}`).join('; ')}.`,
    credits: [],
    runs: [...runs],
    rows: all.flatMap(([name, values]) => values.map((variance, k) => ({embedding: name, direction: k + 1, variance}))),
  };
}
