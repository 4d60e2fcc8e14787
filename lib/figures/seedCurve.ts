// A measurement against a dial: the mean over seeds with its interval, and every seed as a point.

import {meanInterval} from '../analysis/meanInterval';
import type {PlotlyObject} from './figure';
import {distinct} from './grouped';
import {colours, mark} from './theme';

/** One run of a sweep. */
export type Measurement = {dial: number; value: number; seed: number; run: string};

export interface SeedCurveOptions {
  /** As in the legend. */
  name: string;
  /** Of the dial, as in 'τ = 0.1'. */
  dialName: string;
  /** Of values, after the point. */
  digits: number;
  /** After a value, with its blank. */
  unit: string;
  /** Number of its colour and mark. */
  style: number;
  /** Which side of the dial's place: two curves then do not cover each other. */
  side: -1 | 0 | 1;
  legend: boolean;
}

/** Factor on the dial's place (its axis is logarithmic): marks stand beside each other, not on each other. */
const shift = (dial: number, side: number, part: 'mean' | 'seed') => dial * 10 ** (part === 'mean' ? 0.014 * side : 0.036 * (side || 0.6));

/** Settings of the dial, in order. */
export const settingsOf = (measurements: readonly Measurement[]): number[] => distinct(measurements.map(({dial}) => dial)).sort((a, b) => a - b);

/** Mean and interval at each setting of the dial. */
export const meansOf = (measurements: readonly Measurement[]) => settingsOf(measurements).map(dial => ({dial, ...meanInterval(measurements.filter(m => m.dial === dial).map(({value}) => value))}));

/** A line through the means with 95 % t-intervals over seeds; a single seed is its own mean and has none. */
export function seedCurve(measurements: readonly Measurement[], {name, dialName, digits, unit, style, side, legend}: SeedCurveOptions): PlotlyObject[] {
  const {colour, symbol, dash} = mark(style);
  const means = meansOf(measurements);
  const bar = (end: number, mean: number) => (Number.isFinite(end) ? Math.abs(end - mean) : null);
  const number = `%{y:.${digits}f}${unit}<extra></extra>`;
  const line: PlotlyObject = {
    type: 'scatter', mode: 'lines+markers', name, legendgroup: name, showlegend: legend,
    x: means.map(({dial}) => shift(dial, side, 'mean')), y: means.map(({mean}) => mean), customdata: means.map(({dial, n}) => [dial, n]),
    error_y: {type: 'data', symmetric: false, array: means.map(({mean, high}) => bar(high, mean)), arrayminus: means.map(({mean, low}) => bar(low, mean)), thickness: 2.5, width: 7, color: colour},
    line: {color: colour, width: 3, dash}, marker: {color: colour, symbol, size: 13, line: {color: colours.paper, width: 1}},
    hovertemplate: `${name}, mean of %{customdata[1]}<br>${dialName} = %{customdata[0]}: ${number}`,
  };
  const several = new Set(means.filter(({n}) => n > 1).map(({dial}) => dial));
  const points = measurements.filter(({dial}) => several.has(dial));
  return points.length === 0 ? [line] : [line, {
    type: 'scatter', mode: 'markers', name: `${name}, each seed`, legendgroup: name, showlegend: false,
    x: points.map(({dial}) => shift(dial, side, 'seed')), y: points.map(({value}) => value), customdata: points.map(({dial, seed, run}) => [dial, seed, run]),
    marker: {color: colours.paper, symbol, size: 8, line: {color: colour, width: 2}},
    hovertemplate: `${name}, seed %{customdata[1]}, run %{customdata[2]}<br>${dialName} = %{customdata[0]}: ${number}`,
  }];
}

/** "τ 0.1: 41.1 %, τ 1: 37.8 %". */
export function meansText(measurements: readonly Measurement[], {dialName, digits, unit}: Pick<SeedCurveOptions, 'dialName' | 'digits' | 'unit'>): string {
  return meansOf(measurements).map(({dial, mean}) => `${dialName} ${dial}: ${mean.toFixed(digits)}${unit}`).join(', ');
}

/** A tick at each setting; where two would touch, the one in `first` keeps its label. */
export function dialTicks(settings: readonly number[], first: readonly number[]): {tickvals: number[]; ticktext: string[]} {
  const tickvals = distinct(settings).sort((a, b) => a - b);
  const written: number[] = [];
  for (const setting of [...first, ...tickvals]) if (written.every(other => other === setting || Math.abs(Math.log10(setting / other)) > 0.1)) written.push(setting);
  return {tickvals, ticktext: tickvals.map(setting => (written.includes(setting) ? String(setting) : ''))};
}
