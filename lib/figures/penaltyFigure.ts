// Which negatives a contrastive loss pushes at each temperature: the push against similarity, and
// how much of it falls on the nearest.
// Wang & Liu 2021, "Understanding the Behaviour of Contrastive Loss", arXiv:2012.09740.

import {cumsum, descending, sum} from 'd3-array';
import {check} from '../check';
import {distinct} from './distinct';
import type {Figure, PlotlyObject, Row} from './figure';
import {inside, note, panelHeading, stroke, type Axes} from './notes';
import {stack, type Marks} from './panels';
import {sentences, spanOf, thousands} from './texts';
import {axis, axisTitle, colors, layout, mark, size, spread, ticksAt, width} from './theme';
import {line, points} from './traces';

/** What the loss does at one temperature. */
export type PenaltyRow = {
  temperature: number;
  /** Cosines of one anchor with its m negatives, in any order. */
  similarities: readonly number[];
  /**
   * Mean share of the push by rank, the nearest first: m shares that add up to 1, as
   * `penaltyByRank` returns them.
   */
  shares: readonly number[];
  /** Of the training that the similarities come from. */
  run?: string;
};

export interface PenaltyFigureOptions {
  /** @default 'A small temperature pushes the nearest negatives' */
  title?: string;
  /** Where the similarities come from, for the caption. @default nothing */
  source?: string;
}

/** Ranks drawn of a curve at most, evenly on the logarithmic axis. */
const POINTS = 200;
const pixels = {
  panel: 300,
  /** Between the panels. */
  gap: 160,
  /** Above the first, without its legend. */
  top: 152,
  bottom: 84,
  left: 90,
  right: 50,
  /** A line of the legend. */
  legendLine: 34,
  /** Between two numbers above the lower panel. */
  numberGap: 66,
  /** Room for them under its heading. */
  numbers: 30,
} as const;
/** Names that stand in a line of the legend. */
const LEGEND_NAMES = 7;

/** A row, ready to be drawn: values at the drawn ranks, shares in percent. */
type Curve = {
  temperature: number;
  name: string;
  ranks: number[];
  cosines: number[];
  penalties: number[];
  shares: number[];
  together: number[];
  half: {rank: number; share: number};
  look: ReturnType<typeof mark>;
};

/** Axes of the panels. */
const above = {x: 'x', y: 'y'} as const;
const below = {x: 'x2', y: 'y2'} as const;

/**
 * Above: relative penalty of each negative of an anchor against its cosine. Below: share of the
 * push on the nearest k negatives together, with the k that take half of it. Both with what an even
 * push would give.
 *
 * @param rows One for each temperature, at least one, all with as many negatives, at least 2.
 * @throws RangeError when there is no row, a temperature twice or not above 0, or rows with other
 * numbers of negatives.
 */
export function penaltyFigure(
  rows: readonly PenaltyRow[],
  {title = 'A small temperature pushes the nearest negatives', source}: PenaltyFigureOptions = {},
): Figure {
  const m = negativesOf(rows);
  const curves = [...rows].sort((a, b) => a.temperature - b.temperature).map(curveOf);
  const top = pixels.top + pixels.legendLine * Math.ceil((rows.length + 1) / LEGEND_NAMES);
  const [upper, lower] = stack([pixels.panel, pixels.panel], pixels.gap) as [[number, number], [number, number]];
  const cosines = curves.flatMap(curve => curve.cosines);
  // what is pushed a thousandth of an even share is not seen
  const lowest = Math.log10(100 / m) - 3;
  const numbers = halfNumbers(curves, m);
  const halves = curves.map(({temperature, half}) => `τ ${temperature}: ${thousands(half.rank)}`).join(', ');
  return {
    name: 'penalties',
    data: [
      ...curves.flatMap(curve => [penaltyTrace(curve), togetherTrace(curve)]),
      ...evenTraces(curves[0]!.ranks, m, cosines),
      ...curves.map(halfTrace),
    ],
    layout: layout({
      title,
      subtitle: 'push: gradient by the negatives of an anchor; marks: how many of the nearest take half of it',
      height: top + pixels.bottom + 2 * pixels.panel + pixels.gap,
      top,
      bottom: pixels.bottom,
      left: pixels.left,
      right: pixels.right,
      legend: true,
      annotations: [
        panelHeading('push on one negative (% of all, logarithmic)', inside(above), 5, 'left'),
        panelHeading('push on the nearest k negatives together (% of all)', inside(below), 5 + pixels.numbers, 'left'),
        ...numbers.annotations,
      ],
      shapes: numbers.shapes,
      xaxis: axis({
        anchor: 'y',
        domain: [0, 1],
        range: around(cosines),
        nticks: 9,
        title: axisTitle('cosine similarity of the negative with the anchor (no unit)', {standoff: 10}),
      }),
      yaxis: axis({anchor: 'x', domain: upper, type: 'log', range: [lowest, 2.1], ...powers(Math.ceil(lowest), 2)}),
      xaxis2: axis({
        anchor: 'y2',
        domain: [0, 1],
        type: 'log',
        range: rankRange(m),
        ...rankTicks(m),
        title: axisTitle('k, number of negatives from the nearest on (logarithmic)', {standoff: 10}),
      }),
      yaxis2: axis({anchor: 'x2', domain: lower, range: [0, FULL], ...ticksAt([0, 25, 50, 75, 100])}),
    }),
    caption: sentences(
      `How a contrastive loss at each temperature τ shares out its push among m = ${thousands(m)} negatives` +
        `${source === undefined ? '' : `, ${source}`}.`,
      'Above: relative penalty r = e^(s/τ) / Σ e^(s/τ) of the negatives of one anchor against their cosine ' +
        'similarity s (Wang & Liu 2021, arXiv:2012.09740).',
      'Below: its sum over the nearest k negatives, mean over anchors; half of the push falls on the nearest, ' +
        `${halves}.`,
      'Dotted: all negatives pushed alike, as for τ → ∞.',
    ),
    alt: sentences(
      'Two panels with a line for each temperature.',
      'Above, the push on a negative rises exponentially with its similarity, the steeper the smaller the temperature.',
      `Below, the number of nearest negatives that take half of the push: ${halves}.`,
    ),
    credits: [],
    runs: distinct(rows.flatMap(({run}) => run ?? [])),
    rows: curves.flatMap(curveRows),
  };
}

/** @returns How many negatives each row has. @throws RangeError when rows do not go together. */
function negativesOf(rows: readonly PenaltyRow[]): number {
  check(rows.length > 0, 'penaltyFigure', 'expected at least one row, got none');
  const temperatures = rows.map(row => row.temperature);
  const apart = distinct(temperatures).length === rows.length && temperatures.every(τ => τ > 0);
  check(apart, 'penaltyFigure', `expected one row for each temperature, above 0, got ${temperatures.join(', ')}`);
  const sizes = distinct(rows.flatMap(row => [row.similarities.length, row.shares.length]));
  const [m = 0] = sizes;
  const alike = sizes.length === 1 && m >= 2;
  check(alike, 'penaltyFigure', `expected as many negatives in all rows, at least 2, got ${sizes.join(', ')}`);
  return m;
}

function curveOf({temperature, similarities, shares}: PenaltyRow, i: number): Curve {
  const ranks = drawnRanks(similarities.length);
  const sorted = [...similarities].sort(descending);
  const nearest = sorted[0]!;
  const all = sum(sorted, s => Math.exp((s - nearest) / temperature));
  const sums = [...cumsum(shares)];
  const half = sums.findIndex(share => share >= sums.at(-1)! / 2);
  const at = (values: readonly number[], scale: number) => ranks.map(rank => scale * values[rank - 1]!);
  const cosines = at(sorted, 1);
  return {
    temperature,
    name: `τ = ${temperature}`,
    ranks,
    cosines,
    penalties: cosines.map(s => (100 * Math.exp((s - nearest) / temperature)) / all),
    shares: at(shares, 100),
    together: at(sums, 100),
    half: {rank: half + 1, share: 100 * sums[half]!},
    look: mark(i),
  };
}

/** For a table: a line for each rank that is drawn. */
const curveRows = ({temperature, ranks, cosines, penalties, shares, together}: Curve): Row[] =>
  ranks.map((rank, i) => ({
    temperature,
    rank,
    cosine: cosines[i],
    penaltyPercent: penalties[i],
    sharePercent: shares[i],
    togetherPercent: together[i],
  }));

/** 1 to m, evenly on a logarithmic axis where there are many. */
const drawnRanks = (m: number): number[] =>
  distinct(Array.from({length: POINTS}, (_, i) => Math.round(m ** (i / (POINTS - 1)))));

/** A trace in one of the panels. */
const on = ({x, y}: Axes): PlotlyObject => ({xaxis: x, yaxis: y});

const penaltyTrace = ({name, cosines, penalties, look: {color, dash}}: Curve): PlotlyObject =>
  line(name, cosines, penalties, {
    color,
    width: 3.5,
    dash,
    hover: `${name}<br>cosine %{x:.2f}: %{y:.2g} % of the push`,
    group: name,
    rest: on(above),
  });

const togetherTrace = ({name, ranks, together, look: {color, dash}}: Curve): PlotlyObject =>
  line(name, ranks, together, {
    color,
    width: 3.5,
    dash,
    hover: `${name}<br>nearest %{x}: %{y:.1f} % of the push`,
    legend: false,
    group: name,
    rest: on(below),
  });

const halfTrace = ({name, half, look: {color, symbol}}: Curve): PlotlyObject =>
  points(`half, ${name}`, [half.rank], [half.share], {
    color,
    symbol,
    size: 15,
    rim: {color: colors.paper, width: 1.5},
    clip: false,
    hover: `${name}<br>half of the push on the nearest %{x}`,
    legend: false,
    group: name,
    rest: on(below),
  });

/**
 * The numbers of negatives that take half of the push, above the lower panel: moved apart where
 * they would touch, each with a thin line from its mark.
 */
function halfNumbers(curves: readonly Curve[], m: number): Required<Marks> {
  const [low, high] = rankRange(m);
  const inner = width - pixels.left - pixels.right;
  const from = curves.map(({half}) => (inner * (Math.log10(half.rank) - low)) / (high - low));
  const places = spread(from, pixels.numberGap);
  const within = inside(below);
  return {
    annotations: curves.map(({half}, i) => {
      const place = {x: 0, y: 1, anchor: 'center bottom', shift: {x: places[i], y: 6}};
      return note(thousands(half.rank), {on: within, ...place, fontSize: size.text});
    }),
    shapes: curves.map(({half, look: {color}}, i) =>
      stroke(within, [from[i]! / inner, half.share / FULL], [places[i]! / inner, 1.02], {color, width: 1.5}),
    ),
  };
}

/** End of the lower panel's axis, in percent. */
const FULL = 104;
/** Of its axis of ranks, in powers of ten. */
const rankRange = (m: number): [number, number] => [-0.05, Math.log10(m) + 0.05];

/** The same share for all of m negatives. */
function evenTraces(ranks: readonly number[], m: number, cosines: readonly number[]): PlotlyObject[] {
  const name = 'all alike';
  const look = {color: colors.quiet, width: 2.5, dash: 'dot', group: name};
  return [
    line(name, around(cosines), [100 / m, 100 / m], {...look, hover: 'all alike: %{y:.2g} % each', rest: on(above)}),
    line(
      name,
      ranks,
      ranks.map(rank => (100 * rank) / m),
      {
        ...look,
        hover: 'all alike<br>any %{x}: %{y:.1f} %',
        legend: false,
        rest: on(below),
      },
    ),
  ];
}

function around(cosines: readonly number[]): [number, number] {
  const [low, high] = spanOf(cosines);
  return [low - 0.03, high + 0.03];
}

/** Labeled powers of ten, every second where there are more than six. */
function powers(from: number, to: number) {
  const step = to - from > 5 ? 2 : 1;
  const exponents = Array.from({length: Math.floor((to - from) / step) + 1}, (_, i) => to - i * step);
  const text = (exponent: number) => (10 ** exponent).toFixed(Math.max(0, -exponent));
  return ticksAt(
    exponents.map(exponent => 10 ** exponent),
    exponents.map(text),
  );
}

/** Powers of ten, and m itself: a power that would touch it is left out. */
function rankTicks(m: number) {
  const tens = Array.from({length: Math.floor(Math.log10(m)) + 1}, (_, i) => 10 ** i);
  const ranks = [...tens.filter(ten => Math.log10(m / ten) > 0.2), m];
  return ticksAt(ranks, ranks.map(thousands));
}
