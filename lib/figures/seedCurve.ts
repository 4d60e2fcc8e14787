// A measurement against a dial: the mean over seeds with its interval, and every seed as a point.

import {meanInterval} from '../analysis/meanInterval';
import type {PlotlyObject} from './figure';
import {distinct} from './grouped';
import {colors, mark} from './theme';

/** One run of a sweep. */
export type Measurement = {dial: number; value: number; seed: number; run: string};

/** The horizontal axis of a dial, as plotly has it: a tick at each setting. Where it is logarithmic, `range` is in powers of ten. */
export type DialAxis = {type: 'log' | 'linear'; range: [number, number]; tickmode: 'array'; tickvals: number[]; ticktext: string[]};

export interface SeedCurveOptions {
  /** As in the legend. */
  name: string;
  axis: DialAxis;
  /** Of the dial, as in 'τ = 0.1'. */
  dialName: string;
  /** After a setting of the dial, with its blank. @default '' */
  dialUnit?: string;
  /** Of values, after the point. */
  digits: number;
  /** After a value, with its blank. */
  unit: string;
  /** Number of its color and mark. */
  style: number;
  /** Which side of the dial's place: two curves then do not cover each other. */
  side: -1 | 0 | 1;
  legend: boolean;
}

/** Shares of the axis: by how much means and seeds are moved so that marks stand beside each other, not on each other; beyond its ends; and between two labels at least. */
const [MEAN, SEED, MARGIN, LABEL] = [0.01, 0.026, 0.055, 0.06];

const along = (dial: number, {type}: Pick<DialAxis, 'type'>) => (type === 'log' ? Math.log10(dial) : dial);

/** Where a setting stands on the axis: 0 at its left end, 1 at its right. */
export const shareOf = (dial: number, axis: Pick<DialAxis, 'type' | 'range'>): number => (along(dial, axis) - axis.range[0]) / (axis.range[1] - axis.range[0]);

/** A setting, moved by a share of the axis. */
export function moved(dial: number, by: number, axis: DialAxis): number {
  const place = along(dial, axis) + by * (axis.range[1] - axis.range[0]);
  return axis.type === 'log' ? 10 ** place : place;
}

/** @param first Where two labels would touch, these keep theirs. @param text A label. */
export function dialAxis(type: DialAxis['type'], settings: readonly number[], first: readonly number[] = settings, text: (setting: number) => string = String): DialAxis {
  const tickvals = distinct(settings).sort((a, b) => a - b);
  const [low, high] = [tickvals[0]!, tickvals.at(-1)!].map(setting => along(setting, {type})) as [number, number];
  const margin = MARGIN * (high - low || 1);
  const axis = {type, range: [low - margin, high + margin] as [number, number], tickmode: 'array' as const};
  const written: number[] = [];
  for (const setting of [...first, ...tickvals]) if (written.every(other => other === setting || Math.abs(shareOf(setting, axis) - shareOf(other, axis)) > LABEL)) written.push(setting);
  return {...axis, tickvals, ticktext: tickvals.map(setting => (written.includes(setting) ? text(setting) : ''))};
}

/** Settings of the dial, in order. */
export const settingsOf = (measurements: readonly Measurement[]): number[] => distinct(measurements.map(({dial}) => dial)).sort((a, b) => a - b);

/** Mean and interval at each setting of the dial. */
export const meansOf = (measurements: readonly Measurement[]) => settingsOf(measurements).map(dial => ({dial, ...meanInterval(measurements.filter(m => m.dial === dial).map(({value}) => value))}));

/** A line through the means with 95 % t-intervals over seeds; a single seed is its own mean and has none. */
export function seedCurve(measurements: readonly Measurement[], {name, axis, dialName, dialUnit = '', digits, unit, style, side, legend}: SeedCurveOptions): PlotlyObject[] {
  const {color, symbol, dash} = mark(style);
  const means = meansOf(measurements);
  const bar = (end: number, mean: number) => (Number.isFinite(end) ? Math.abs(end - mean) : null);
  const number = `%{y:.${digits}f}${unit}<extra></extra>`;
  const line: PlotlyObject = {
    type: 'scatter', mode: 'lines+markers', name, legendgroup: name, showlegend: legend,
    x: means.map(({dial}) => moved(dial, MEAN * side, axis)), y: means.map(({mean}) => mean), customdata: means.map(({dial, n}) => [dial, n]),
    error_y: {type: 'data', symmetric: false, array: means.map(({mean, high}) => bar(high, mean)), arrayminus: means.map(({mean, low}) => bar(low, mean)), thickness: 2.5, width: 7, color},
    line: {color, width: 3, dash}, marker: {color, symbol, size: 13, line: {color: colors.paper, width: 1}},
    hovertemplate: `${name}, mean of %{customdata[1]}<br>${dialName} = %{customdata[0]}${dialUnit}: ${number}`,
  };
  const several = new Set(means.filter(({n}) => n > 1).map(({dial}) => dial));
  const points = measurements.filter(({dial}) => several.has(dial));
  return points.length === 0 ? [line] : [line, {
    type: 'scatter', mode: 'markers', name: `${name}, each seed`, legendgroup: name, showlegend: false,
    x: points.map(({dial}) => moved(dial, SEED * (side || 0.6), axis)), y: points.map(({value}) => value), customdata: points.map(({dial, seed, run}) => [dial, seed, run]),
    marker: {color: colors.paper, symbol, size: 8, line: {color, width: 2}},
    hovertemplate: `${name}, seed %{customdata[1]}, run %{customdata[2]}<br>${dialName} = %{customdata[0]}${dialUnit}: ${number}`,
  }];
}

/** "τ 0.1: 41.1 %, τ 1: 37.8 %". */
export function meansText(measurements: readonly Measurement[], {dialName, dialUnit = '', digits, unit}: Pick<SeedCurveOptions, 'dialName' | 'dialUnit' | 'digits' | 'unit'>): string {
  return meansOf(measurements).map(({dial, mean}) => `${dialName} ${dial}${dialUnit}: ${mean.toFixed(digits)}${unit}`).join(', ');
}
