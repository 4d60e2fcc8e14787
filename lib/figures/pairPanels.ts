// How alike two views of one image are, and how alike different images: both distributions in one panel for each setting of a dial.

import type {PlotlyObject} from './figure';
import {panels, type PanelsOptions} from './panels';
import {colors, mark, size} from './theme';

/** One setting: shares of pairs in equal bins of the axis. */
export type PairShares = {label: string; same: readonly number[]; different: readonly number[]};

export interface PairPanelsOptions {
  /** Of the axis, whose equal bins the shares are. */
  range: readonly [low: number, high: number];
  /** Between two ticks. */
  tick: number;
  /** What is measured, under the last panel. */
  title: string;
  /** The same in a word, for the hover. */
  short: string;
}

const [SAME, DIFFERENT] = [{name: 'two views of one image', style: 0}, {name: 'different images', style: 1}] as const;

const PANEL = 120;

/** Room above and below such panels, and right of them for the labels: pixels. */
export const pairMargins = {top: 150, bottom: 84, right: 120} as const;

/** "two views of one image (solid line, circle) and different images (dashed line, diamond)". */
export const pairNames = [SAME, DIFFERENT].map(({name, style}) => `${name} (${{solid: 'solid', dash: 'dashed'}[mark(style).dash as 'solid' | 'dash']} line, ${mark(style).symbol})`).join(' and ');

/** The panels, one above the other on one scale, with a mark at each mean; and those means in words. */
export function pairPanels(settings: readonly PairShares[], {range: [low, high], tick, title, short}: PairPanelsOptions): ReturnType<typeof panels> & {means: string} {
  const shown = settings.map(({label, same, different}) => ({label, curves: [{...SAME, shares: same}, {...DIFFERENT, shares: different}].map(curve => ({...curve, mean: meanOf(curve.shares, low, high)}))}));
  const top = Math.max(...shown.flatMap(({curves}) => curves.flatMap(({shares}) => shares)));
  const x: PanelsOptions['x'] = {range: [low, high], dtick: tick, title};
  return {
    ...panels(shown.map(({label, curves}, panel) => ({
      height: PANEL, y: {range: [0, 108 * top], nticks: 4, ...(panel > 0 && {matches: 'y'})},
      traces: curves.flatMap(({name, style, shares, mean}): PlotlyObject[] => {
        const {color, symbol, dash} = mark(style);
        return [
          {type: 'scatter', mode: 'lines', name, legendgroup: name, showlegend: panel === 0, x: shares.map((_, i) => center(i, shares.length, low, high)), y: shares.map(share => 100 * share),
            line: {color, width: 2.5, dash, shape: 'hvh'}, fill: 'tozeroy', fillcolor: `${color}30`, hovertemplate: `${name}, ${label}<br>${short} %{x:.2f}: %{y:.1f} % of pairs<extra></extra>`},
          {type: 'scatter', mode: 'markers', name: `mean, ${name}`, legendgroup: name, showlegend: false, x: [mean], y: [0], cliponaxis: false,
            marker: {color, symbol, size: 13, line: {color: colors.paper, width: 1.5}}, hovertemplate: `mean, ${name}, ${label}: %{x:.2f}<extra></extra>`},
        ];
      }),
      marks: (x, y) => ({annotations: [{text: label, xref: `${x} domain`, yref: `${y} domain`, x: 1, y: 0.5, xanchor: 'left', yanchor: 'middle', xshift: 14, showarrow: false, font: {size: size.heading}}]}),
    })), {x, top: pairMargins.top, bottom: pairMargins.bottom, gap: 22}),
    means: shown.map(({label, curves}) => `${label}: ${curves.map(({name, mean}) => `${name} ${mean.toFixed(2)}`).join(', ')}`).join('; '),
  };
}

/** Of the i-th of equal bins. */
export const center = (i: number, bins: number, low: number, high: number): number => low + ((high - low) * (i + 0.5)) / bins;

const meanOf = (shares: readonly number[], low: number, high: number) => shares.reduce((sum, share, i) => sum + share * center(i, shares.length, low, high), 0);

/** Bin by bin the mean of several histograms. */
export const meanShares = (histograms: readonly (readonly number[])[]): number[] => histograms[0]!.map((_, i) => histograms.reduce((sum, shares) => sum + shares[i]!, 0) / histograms.length);
