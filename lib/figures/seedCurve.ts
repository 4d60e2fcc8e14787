// A measurement against a dial: the mean over seeds with its interval, and every seed as a point.

import {ascending} from 'd3-array';
import {meanInterval} from '../analysis/meanInterval';
import type {PlotlyObject} from './figure';
import {distinct} from './distinct';
import {colors, mark} from './theme';
import {roomyRange} from './texts';
import {errorBars, line, seedPoints} from './traces';

/** One run of a sweep. */
export type Measurement = {dial: number; value: number; seed: number; run: string};

/**
 * The horizontal axis of a dial, as plotly has it: a tick at each setting. A logarithmic `range` is
 * in powers of ten.
 */
export type DialAxis = {
  type: 'log' | 'linear';
  range: [number, number];
  tickmode: 'array';
  tickvals: number[];
  ticktext: string[];
};

/** Options of {@link seedCurve}: the dial, the unit of values, and the look of one curve. */
export interface SeedCurveOptions {
  /** As in the legend. */
  name: string;
  /** Of the dial: see {@link dialAxis}. */
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
  /** Whether the legend has a line for it. */
  legend: boolean;
}

/** How far marks are moved to stand beside each other, not on each other: shares of the axis. */
const beside = {
  mean: 0.01,
  seed: 0.026,
} as const;
/** Share of the axis beyond its first and last setting. */
const MARGIN = 0.055;
/** Between two labels at least: a share of the axis. */
const LABEL = 0.06;

const along = (dial: number, {type}: Pick<DialAxis, 'type'>) => (type === 'log' ? Math.log10(dial) : dial);

/** Where a setting stands on the axis: 0 at its left end, 1 at its right. */
export const shareOf = (dial: number, axis: Pick<DialAxis, 'type' | 'range'>): number =>
  (along(dial, axis) - axis.range[0]) / (axis.range[1] - axis.range[0]);

/** A setting, moved by a share of the axis. */
export function moved(dial: number, by: number, axis: DialAxis): number {
  const place = along(dial, axis) + by * (axis.range[1] - axis.range[0]);
  return axis.type === 'log' ? 10 ** place : place;
}

/**
 * The axis of a dial, with a label at each setting that has room for it.
 *
 * @param settings Those that were trained, in the dial's unit.
 * @param first Where two labels would touch, these keep theirs.
 * @param text A label.
 */
export function dialAxis(
  type: DialAxis['type'],
  settings: readonly number[],
  first: readonly number[] = settings,
  text: (setting: number) => string = String,
): DialAxis {
  const tickvals = distinct(settings).sort(ascending);
  const ends = roomyRange(
    tickvals.map(setting => along(setting, {type})),
    MARGIN,
  );
  const axis = {type, range: ends, tickmode: 'array' as const};
  const written: number[] = [];
  const touch = (a: number, b: number) => a !== b && Math.abs(shareOf(a, axis) - shareOf(b, axis)) <= LABEL;
  for (const setting of [...first, ...tickvals]) {
    if (!written.some(other => touch(other, setting))) written.push(setting);
  }
  return {...axis, tickvals, ticktext: tickvals.map(setting => (written.includes(setting) ? text(setting) : ''))};
}

/** Settings of the dial, in order. */
export const settingsOf = (measurements: readonly Measurement[]): number[] =>
  distinct(measurements.map(({dial}) => dial)).sort(ascending);

/** Mean and interval at each setting of the dial. */
export const meansOf = (measurements: readonly Measurement[]) =>
  settingsOf(measurements).map(dial => ({
    dial,
    ...meanInterval(measurements.filter(m => m.dial === dial).map(({value}) => value)),
  }));

/**
 * A line through the means with 95 % t-intervals over seeds; a single seed is its own mean and has
 * none.
 */
export function seedCurve(measurements: readonly Measurement[], options: SeedCurveOptions): PlotlyObject[] {
  const {name, axis, dialName, dialUnit = '', digits, unit, style, side, legend} = options;
  const {color, symbol, dash} = mark(style);
  const means = meansOf(measurements);
  const setting = `${dialName} = %{customdata[0]}${dialUnit}: %{y:.${digits}f}${unit}`;
  const curve = line(
    name,
    means.map(({dial}) => moved(dial, beside.mean * side, axis)),
    means.map(({mean}) => mean),
    {
      color,
      width: 3,
      dash,
      points: {color, symbol, size: 13, rim: {color: colors.paper, width: 1}},
      errorY: errorBars(means, {color}),
      data: means.map(({dial, n}) => [dial, n]),
      hover: `${name}, mean of %{customdata[1]}<br>${setting}`,
      legend,
      group: name,
    },
  );
  const several = new Set(means.filter(({n}) => n > 1).map(({dial}) => dial));
  const drawn = measurements.filter(({dial}) => several.has(dial));
  if (drawn.length === 0) return [curve];
  const places = drawn.map(({dial}) => moved(dial, beside.seed * (side || 0.6), axis));
  const seeds = seedPoints(
    name,
    places,
    drawn.map(({value}) => value),
    {
      color,
      symbol,
      data: drawn.map(({dial, seed, run}) => [dial, seed, run]),
      hover: `${name}, seed %{customdata[1]}, run %{customdata[2]}<br>${setting}`,
      legend: false,
      group: name,
    },
  );
  return [curve, seeds];
}

/** How a text names the dial and writes a measurement. */
type MeansTextOptions = Pick<SeedCurveOptions, 'dialName' | 'dialUnit' | 'digits' | 'unit'>;

/** "τ 0.1: 41.1 %, τ 1: 37.8 %". */
export function meansText(
  measurements: readonly Measurement[],
  {dialName, dialUnit = '', digits, unit}: MeansTextOptions,
): string {
  return meansOf(measurements)
    .map(({dial, mean}) => `${dialName} ${dial}${dialUnit}: ${mean.toFixed(digits)}${unit}`)
    .join(', ');
}
