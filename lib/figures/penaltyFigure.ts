// Which negatives a contrastive loss pushes at each temperature: the push against similarity, and how much of it falls on the nearest.
// Wang & Liu 2021, "Understanding the Behaviour of Contrastive Loss", arXiv:2012.09740.

import {check} from '../check';
import type {Figure, PlotlyObject, Row} from './figure';
import {distinct} from './grouped';
import {stack} from './panels';
import {axis, colors, layout, legend, mark, size, spread, width} from './theme';

/** What the loss does at one temperature. */
export type PenaltyRow = {
  temperature: number;
  /** Cosines of one anchor with its m negatives, in any order. */
  similarities: readonly number[];
  /** Mean share of the push by rank, the nearest first: m shares that add up to 1, as `penaltyByRank` returns them. */
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
const PANEL = 300;
const [TOP, GAP, BOTTOM, LEFT, RIGHT] = [152, 160, 84, 90, 50];
/** Height of a line of the legend, and how many names stand in it. */
const [LEGEND_LINE, LEGEND_NAMES] = [34, 7];
/** Pixels between two numbers above the lower panel, which stand under its heading. */
const [NUMBER_GAP, NUMBER_HEIGHT] = [66, 30];

/** A row, ready to be drawn: values at the drawn ranks, shares in percent. */
type Curve = {temperature: number; name: string; ranks: number[]; cosines: number[]; penalties: number[]; shares: number[]; together: number[]; half: {rank: number; share: number}; line: ReturnType<typeof mark>};

/**
 * Above: relative penalty of each negative of an anchor against its cosine. Below: share of the push on the nearest k negatives together, with the k that take half of it. Both with what an even push would give.
 *
 * @param rows One for each temperature, at least one, all with as many negatives, at least 2.
 * @throws RangeError when there is no row, a temperature twice or not above 0, or rows with other numbers of negatives.
 */
export function penaltyFigure(rows: readonly PenaltyRow[], {title = 'A small temperature pushes the nearest negatives', source}: PenaltyFigureOptions = {}): Figure {
  check(rows.length > 0, 'penaltyFigure', 'expected at least one row, got none');
  const temperatures = rows.map(row => row.temperature);
  check(distinct(temperatures).length === rows.length && temperatures.every(τ => τ > 0), 'penaltyFigure', `expected one row for each temperature, above 0, got ${temperatures.join(', ')}`);
  const sizes = distinct(rows.flatMap(row => [row.similarities.length, row.shares.length]));
  check(sizes.length === 1 && sizes[0]! >= 2, 'penaltyFigure', `expected as many negatives in all rows, at least 2, got ${sizes.join(', ')}`);
  const [m] = sizes as [number];

  const curves = [...rows].sort((a, b) => a.temperature - b.temperature).map(curveOf);
  const top = TOP + LEGEND_LINE * Math.ceil((rows.length + 1) / LEGEND_NAMES);
  const height = top + BOTTOM + 2 * PANEL + GAP;
  const [above, below] = stack([PANEL, PANEL], GAP) as [[number, number], [number, number]];
  const cosines = curves.flatMap(curve => curve.cosines);
  const lowest = Math.log10(100 / m) - 3;   // what is pushed a thousandth of an even share is not seen
  const numbers = halfNumbers(curves, m);
  const halves = curves.map(({temperature, half}) => `τ ${temperature}: ${half.rank.toLocaleString('en-US')}`).join(', ');
  return {
    name: 'penalties',
    data: [...curves.flatMap(curve => [penaltyTrace(curve), togetherTrace(curve)]), ...evenTraces(curves[0]!.ranks, m, cosines), ...curves.map(halfTrace)],
    layout: layout({
      title, subtitle: 'push: gradient by the negatives of an anchor; marks: how many of the nearest take half of it', height, top, bottom: BOTTOM, left: LEFT, right: RIGHT,
      showlegend: true, legend: legend(height),
      annotations: [heading('push on one negative (% of all, logarithmic)', 'y', 0), heading('push on the nearest k negatives together (% of all)', 'y2', NUMBER_HEIGHT), ...numbers.annotations],
      shapes: numbers.shapes,
      xaxis: axis({anchor: 'y', domain: [0, 1], range: spanOf(cosines), nticks: 9, title: axisTitle('cosine similarity of the negative with the anchor (no unit)')}),
      yaxis: axis({anchor: 'x', domain: above, type: 'log', range: [lowest, 2.1], tickmode: 'array', ...powers(Math.ceil(lowest), 2)}),
      xaxis2: axis({anchor: 'y2', domain: [0, 1], type: 'log', range: rankRange(m), tickmode: 'array', ...rankTicks(m), title: axisTitle('k, number of negatives from the nearest on (logarithmic)')}),
      yaxis2: axis({anchor: 'x2', domain: below, range: [0, FULL], tickmode: 'array', tickvals: [0, 25, 50, 75, 100]}),
    }),
    caption: `How a contrastive loss at each temperature τ shares out its push among m = ${m.toLocaleString('en-US')} negatives${source === undefined ? '' : `, ${source}`}. `
      + 'Above: relative penalty r = e^(s/τ) / Σ e^(s/τ) of the negatives of one anchor against their cosine similarity s (Wang & Liu 2021, arXiv:2012.09740). '
      + `Below: its sum over the nearest k negatives, mean over anchors; half of the push falls on the nearest, ${halves}. Dotted: all negatives pushed alike, as for τ → ∞.`,
    alt: `Two panels with a line for each temperature. Above, the push on a negative rises exponentially with its similarity, the steeper the smaller the temperature. Below, the number of nearest negatives that take half of the push: ${halves}.`,
    credits: [],
    runs: distinct(rows.flatMap(({run}) => (run === undefined ? [] : [run]))),
    rows: curves.flatMap(({temperature, ranks, cosines, penalties, shares, together}) => ranks.map((rank, i): Row =>
      ({temperature, rank, cosine: cosines[i], penaltyPercent: penalties[i], sharePercent: shares[i], togetherPercent: together[i]}))),
  };
}

function curveOf({temperature, similarities, shares}: PenaltyRow, i: number): Curve {
  const ranks = drawnRanks(similarities.length);
  const sorted = [...similarities].sort((a, b) => b - a);
  const sum = sorted.reduce((sum, s) => sum + Math.exp((s - sorted[0]!) / temperature), 0);
  let total = 0;
  const sums = shares.map(share => (total += share));
  const half = sums.findIndex(sum => sum >= total / 2);
  const at = (values: readonly number[], scale: number) => ranks.map(rank => scale * values[rank - 1]!);
  return {
    temperature, name: `τ = ${temperature}`, ranks, cosines: at(sorted, 1), shares: at(shares, 100), together: at(sums, 100), line: mark(i),
    penalties: at(sorted, 1).map(s => 100 * Math.exp((s - sorted[0]!) / temperature) / sum), half: {rank: half + 1, share: 100 * sums[half]!},
  };
}

/** 1 to m, evenly on a logarithmic axis where there are many. */
const drawnRanks = (m: number): number[] => distinct(Array.from({length: POINTS}, (_, i) => Math.round(m ** (i / (POINTS - 1)))));

const penaltyTrace = ({name, cosines, penalties, line}: Curve): PlotlyObject => ({
  type: 'scatter', mode: 'lines', name, legendgroup: name, xaxis: 'x', yaxis: 'y', x: cosines, y: penalties, line: {color: line.color, width: 3.5, dash: line.dash},
  hovertemplate: `${name}<br>cosine %{x:.2f}: %{y:.2g} % of the push<extra></extra>`,
});

const togetherTrace = ({name, ranks, together, line}: Curve): PlotlyObject => ({
  type: 'scatter', mode: 'lines', name, legendgroup: name, showlegend: false, xaxis: 'x2', yaxis: 'y2', x: ranks, y: together, line: {color: line.color, width: 3.5, dash: line.dash},
  hovertemplate: `${name}<br>nearest %{x}: %{y:.1f} % of the push<extra></extra>`,
});

const halfTrace = ({name, half, line}: Curve): PlotlyObject => ({
  type: 'scatter', mode: 'markers', name: `half, ${name}`, legendgroup: name, showlegend: false, xaxis: 'x2', yaxis: 'y2', x: [half.rank], y: [half.share], cliponaxis: false,
  marker: {color: line.color, symbol: line.symbol, size: 15, line: {color: colors.paper, width: 1.5}},
  hovertemplate: `${name}<br>half of the push on the nearest %{x}<extra></extra>`,
});

/** The numbers of negatives that take half of the push, above the lower panel: moved apart where they would touch, each with a thin line from its mark. */
function halfNumbers(curves: readonly Curve[], m: number): {annotations: PlotlyObject[]; shapes: PlotlyObject[]} {
  const [low, high] = rankRange(m);
  const inner = width - LEFT - RIGHT;
  const from = curves.map(({half}) => inner * (Math.log10(half.rank) - low) / (high - low));
  const places = spread(from, NUMBER_GAP);
  const refs = {xref: 'x2 domain', yref: 'y2 domain'};
  return {
    annotations: curves.map(({half}, i) => ({text: half.rank.toLocaleString('en-US'), ...refs, x: 0, y: 1, xanchor: 'center', yanchor: 'bottom', xshift: places[i]!, yshift: 6, showarrow: false, font: {size: size.text}})),
    shapes: curves.map(({half, line}, i) => ({type: 'line', ...refs, x0: from[i]! / inner, x1: places[i]! / inner, y0: half.share / FULL, y1: 1.02, line: {color: line.color, width: 1.5}})),
  };
}

/** Of the axes of the lower panel: percent, and powers of ten. */
const FULL = 104;
const rankRange = (m: number): [number, number] => [-0.05, Math.log10(m) + 0.05];

/** The same share for all of m negatives. */
function evenTraces(ranks: readonly number[], m: number, cosines: readonly number[]): PlotlyObject[] {
  const shared = {type: 'scatter', mode: 'lines', name: 'all alike', legendgroup: 'all alike', line: {color: colors.quiet, width: 2.5, dash: 'dot'}};
  return [
    {...shared, xaxis: 'x', yaxis: 'y', x: spanOf(cosines), y: [100 / m, 100 / m], hovertemplate: 'all alike: %{y:.2g} % each<extra></extra>'},
    {...shared, showlegend: false, xaxis: 'x2', yaxis: 'y2', x: ranks, y: ranks.map(rank => 100 * rank / m), hovertemplate: 'all alike<br>any %{x}: %{y:.1f} %<extra></extra>'},
  ];
}

const spanOf = (cosines: readonly number[]): [number, number] => {
  const [low, high] = [Math.min(...cosines), Math.max(...cosines)];
  return [low - 0.03, high + 0.03];
};

const axisTitle = (text: string): PlotlyObject => ({text, font: {size: size.heading}, standoff: 10});

const heading = (text: string, y: string, lift: number): PlotlyObject => ({
  text, xref: `x${y.slice(1)} domain`, yref: `${y} domain`, x: 0, y: 1, xanchor: 'left', yanchor: 'bottom', yshift: 5 + lift, showarrow: false, font: {size: size.heading}, align: 'left',
});

/** Labeled powers of ten, every second where there are more than six. */
function powers(from: number, to: number): {tickvals: number[]; ticktext: string[]} {
  const step = to - from > 5 ? 2 : 1;
  const exponents = Array.from({length: Math.floor((to - from) / step) + 1}, (_, i) => to - i * step);
  return {tickvals: exponents.map(e => 10 ** e), ticktext: exponents.map(e => (e < 0 ? (10 ** e).toFixed(-e) : String(10 ** e)))};
}

/** Powers of ten, and m itself: a power that would touch it is left out. */
function rankTicks(m: number): {tickvals: number[]; ticktext: string[]} {
  const tens = Array.from({length: Math.floor(Math.log10(m)) + 1}, (_, i) => 10 ** i).filter(ten => Math.log10(m / ten) > 0.2);
  const tickvals = [...tens, m];
  return {tickvals, ticktext: tickvals.map(rank => rank.toLocaleString('en-US'))};
}
