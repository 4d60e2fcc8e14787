// How alike two views of one image are, and how alike different images: both distributions in one
// panel for each setting of a dial.

import {sum} from 'd3-array';
import type {PlotlyObject} from './figure';
import {inside, note} from './notes';
import {panels, type Panel, type PlacedPanels} from './panels';
import {colors, mark, size} from './theme';
import {line, points} from './traces';

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

const kinds = [
  {name: 'two views of one image', style: 0},
  {name: 'different images', style: 1},
] as const;

/** Pixels. */
const PANEL = 120;

/** Room above and below such panels, and right of them for the labels: pixels. */
export const pairMargins = {top: 150, bottom: 84, right: 120} as const;

/** "two views of one image (solid line, circle) and different images (dashed line, diamond)". */
export const pairNames = kinds
  .map(({name, style}) => `${name} (${mark(style).dash === 'solid' ? 'solid' : 'dashed'} line, ${mark(style).symbol})`)
  .join(' and ');

/** One of the two distributions of a setting. */
type PairCurve = (typeof kinds)[number] & {shares: readonly number[]; mean: number};

/**
 * The panels, one above the other on one scale, with a mark at each mean; and those means in words.
 */
export function pairPanels(
  settings: readonly PairShares[],
  options: PairPanelsOptions,
): PlacedPanels & {means: string} {
  const {range, tick, title, short} = options;
  const [low, high] = range;
  const shown = settings.map(({label, same, different}) => ({
    label,
    curves: [same, different].map((shares, i): PairCurve => ({
      ...kinds[i]!,
      shares,
      mean: histogramMean(shares, low, high),
    })),
  }));
  const top = Math.max(...shown.flatMap(({curves}) => curves.flatMap(({shares}) => shares)));
  const drawn = shown.map(({label, curves}, panel): Panel => ({
    height: PANEL,
    y: {range: [0, 108 * top], nticks: 4, ...(panel > 0 && {matches: 'y'})},
    traces: curves.flatMap(curve => pairTraces(curve, {label, range, short, legend: panel === 0})),
    marks: axes => ({
      annotations: [
        note(label, {on: inside(axes), x: 1, y: 0.5, anchor: 'left middle', shift: {x: 14}, fontSize: size.heading}),
      ],
    }),
  }));
  const {top: above, bottom} = pairMargins;
  return {
    ...panels(drawn, {x: {range: [low, high], dtick: tick, title}, top: above, bottom, gap: 22}),
    means: shown
      .map(({label, curves}) => `${label}: ${curves.map(({name, mean}) => `${name} ${mean.toFixed(2)}`).join(', ')}`)
      .join('; '),
  };
}

type PairTraceOptions = Pick<PairPanelsOptions, 'range' | 'short'> & {label: string; legend: boolean};

/** The distribution, and a mark at its mean. */
function pairTraces({name, style, shares, mean}: PairCurve, options: PairTraceOptions): PlotlyObject[] {
  const {
    label,
    range: [low, high],
    short,
    legend,
  } = options;
  const {color, symbol, dash} = mark(style);
  const centers = shares.map((_, i) => center(i, shares.length, low, high));
  return [
    line(
      name,
      centers,
      shares.map(share => 100 * share),
      {
        color,
        width: 2.5,
        dash,
        shape: 'hvh',
        fill: `${color}30`,
        hover: `${name}, ${label}<br>${short} %{x:.2f}: %{y:.1f} % of pairs`,
        legend,
        group: name,
      },
    ),
    points(`mean, ${name}`, [mean], [0], {
      color,
      symbol,
      size: 13,
      rim: {color: colors.paper, width: 1.5},
      clip: false,
      hover: `mean, ${name}, ${label}: %{x:.2f}`,
      legend: false,
      group: name,
    }),
  ];
}

/** Of the i-th of equal bins. */
export const center = (i: number, bins: number, low: number, high: number): number =>
  low + ((high - low) * (i + 0.5)) / bins;

/** Mean of a histogram: shares in equal bins from low to high. */
export const histogramMean = (shares: readonly number[], low: number, high: number): number =>
  sum(shares, (share, i) => share * center(i, shares.length, low, high));

/** Bin by bin the mean of several histograms. */
export const meanShares = (histograms: readonly (readonly number[])[]): number[] =>
  histograms[0]!.map((_, i) => sum(histograms, shares => shares[i]) / histograms.length);
