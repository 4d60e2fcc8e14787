// What encoder and decoder of a masked autoencoder cost, against the share of patches that is
// hidden. He et al. 2022 (MAE), arXiv:2111.06377, sec. 3.

import {ascending, groups, median} from 'd3-array';
import {check} from '../../check';
import {distinct} from '../../figures/distinct';
import type {Figure, PlotlyObject} from '../../figures/figure';
import {oneOf} from '../../figures/measuredTexts';
import {LABELS, panels, sideLabels, type Panel, type SideLabel} from '../../figures/panels';
import {dialAxis, moved, shareOf, type DialAxis} from '../../figures/seedCurve';
import {spanOf} from '../../figures/texts';
import {colors, layout, mark} from '../../figures/theme';
import {errorBars, line, type TraceOptions} from '../../figures/traces';
import {inPercent} from '../../percent';
import type {MaskCostRow} from './cost';

export interface MaskCostFigureOptions {
  /** @default 'What hiding saves' */
  title?: string;
}

const halves = {
  encoder: {style: 0, side: -1},
  decoder: {style: 1, side: 1},
} as const satisfies Record<MaskCostRow['half'], object>;

/** Share of the axis by which marks are moved to stand beside each other. */
const BESIDE = 0.008;

/** Pixels of the panels. */
const heights = {time: 330, share: 300} as const;

/** A half at one ratio: the median of its turns, the shortest and the longest, in milliseconds. */
type Point = {ratio: number; encoded: number; middle: number; least: number; most: number; turns: number};

/** How a curve looks. */
type Look = {color: string; symbol: string; dash: string};
type HalfCurve = Look & {half: MaskCostRow['half']; points: Point[]; side: number};
type ShareCurve = Look & {name: string; points: {ratio: number; share: number}[]};

/**
 * Milliseconds of each half, the median over turns with their range; and the same in percent of the
 * lowest ratio's, beside the share of tokens that is left to encode.
 *
 * @throws RangeError when there is no row, or rows are of several networks, batches or devices.
 */
export function maskCostFigure(
  rows: readonly MaskCostRow[],
  {title = 'What hiding saves'}: MaskCostFigureOptions = {},
): Figure {
  check(rows.length > 0, 'maskCostFigure', 'expected at least one row, got none');
  const what = oneOf('maskCostFigure', 'network and batch', rows, networkText);
  const device = oneOf('maskCostFigure', 'device', rows, row => row.device);
  const curves = groups(rows, row => row.half).map(([half, own]): HalfCurve => {
    const {style, side} = halves[half];
    return {half, points: pointsOf(own), side, ...mark(style)};
  });
  const axis = dialAxis(
    'linear',
    rows.map(row => inPercent(row.ratio)),
  );
  const [first] = curves as [HalfCurve];
  const [{ratio: lowest, encoded: whole}] = first.points as [Point];
  const tokens = first.points.map(({ratio, encoded}) => ({ratio, share: (100 * encoded) / whole}));
  const shares: ShareCurve[] = [
    ...curves.map(({half, points, ...look}) => ({...look, name: half, points: sharesOf(points)})),
    {name: 'tokens encoded', points: tokens, color: colors.quiet, symbol: 'circle-open', dash: 'dot'},
  ];
  const {data, places} = panels([timePanel(curves, axis), sharePanel(shares, axis, lowest)], {
    x: {...axis, title: 'patches hidden (%)'},
    top: 138,
    bottom: 84,
    gap: 52,
  });
  const turns = turnsText(curves.flatMap(({points}) => points));
  const times = curves.map(({half, points}) => {
    const texts = points.map(({ratio, middle}) => `${ratio} %: ${middle.toFixed(1)} ms`);
    return `${half} ${texts.join(', ')}`;
  });
  const shareText = (points: ShareCurve['points']) =>
    points.map(({ratio, share}) => `${ratio} %: ${share.toFixed(0)} %`).join(', ');
  const halfShares = curves.map(({half, points}) => `${half} ${shareText(sharesOf(points))}`);
  return {
    name: 'mask-cost',
    data,
    layout: layout({
      title,
      subtitle: `${what}; median of ${turns}, bars: shortest and longest`,
      right: LABELS,
      ...places,
    }),
    caption:
      `Time of the two halves of a masked autoencoder's training step (${what}), forwards and backwards, without ` +
      `views, masks, loss and optimizer: the median of ${turns} that all took in turns, with the shortest and the ` +
      "longest; below in percent of the lowest ratio's, with the share of tokens that is left to encode. " +
      `Class tokens are not counted. ${device}.`,
    alt:
      `Two panels over the share of patches that is hidden. Milliseconds: ${times.join('; ')}. ` +
      `In percent of ${lowest} % hidden: ${halfShares.join('; ')}; tokens encoded ${shareText(tokens)}.`,
    credits: [],
    runs: [],
    rows: [...rows],
  };
}

const networkText = ({backbone, decoder, image, batch}: MaskCostRow): string =>
  `${backbone}, decoder of ${decoder}, ${image} px, batch ${batch}`;

/** In percent of the first. */
const sharesOf = (points: readonly Point[]) =>
  points.map(({ratio, middle}) => ({ratio, share: (100 * middle) / points[0]!.middle}));

/** "3 to 5 turns". */
function turnsText(points: readonly Point[]): string {
  const turns = distinct(points.map(point => point.turns));
  const [least, most] = spanOf(turns);
  if (turns.length > 1) return `${least} to ${most} turns`;
  return `${least} turn${least === 1 ? '' : 's'}`;
}

/** By ratio, ascending. */
function pointsOf(rows: readonly MaskCostRow[]): Point[] {
  return groups(rows, row => row.ratio)
    .sort(([a], [b]) => ascending(a, b))
    .map(([ratio, group]) => {
      const times = group.map(({seconds}) => 1000 * seconds);
      const [least, most] = spanOf(times);
      const middle = median(times) ?? NaN;
      return {ratio: inPercent(ratio), encoded: group[0]!.encoded, middle, least, most, turns: times.length};
    });
}

/** A curve over the ratio; what it says begins with its name and the ratio. */
const curve = (
  name: string,
  x: readonly number[],
  y: readonly number[],
  {color, symbol, dash}: Look,
  {hover, ...options}: TraceOptions,
): PlotlyObject =>
  line(name, x, y, {
    color,
    width: 3,
    dash,
    points: {color, symbol, size: 12, rim: {color: colors.paper, width: 1}},
    hover: `${name}, %{customdata} % hidden: ${hover}`,
    legend: false,
    ...options,
  });

function timePanel(curves: readonly HalfCurve[], axis: DialAxis): Panel {
  const longest = Math.max(...curves.flatMap(({points}) => points.map(({most}) => most)));
  const range: [number, number] = [0, 1.08 * longest];
  const label = ({half, points, color}: HalfCurve): SideLabel => {
    const {ratio, middle} = points.at(-1)!;
    return {from: shareOf(ratio, axis), value: middle, text: half, color};
  };
  return {
    heading: 'milliseconds, forwards and backwards',
    height: heights.time,
    y: {nticks: 6, tickformat: '~g', range},
    traces: curves.map(({half, points, side, ...look}) => {
      const ratios = points.map(({ratio}) => ratio);
      const spans = points.map(({middle, least, most}) => ({mean: middle, low: least, high: most}));
      return curve(
        half,
        ratios.map(ratio => moved(ratio, BESIDE * side, axis)),
        points.map(({middle}) => middle),
        look,
        {
          data: ratios,
          errorY: errorBars(spans, {color: look.color}),
          hover: '%{y:.1f} ms',
        },
      );
    }),
    marks: axes => sideLabels(curves.map(label), range, heights.time, axes),
  };
}

function sharePanel(curves: readonly ShareCurve[], axis: DialAxis, lowest: number): Panel {
  const most = Math.max(...curves.flatMap(({points}) => points.map(({share}) => share)));
  const range: [number, number] = [0, 1.08 * most];
  const label = ({name, points, color}: ShareCurve): SideLabel => {
    const {ratio, share} = points.at(-1)!;
    return {from: shareOf(ratio, axis), value: share, text: name, color};
  };
  return {
    heading: `percent of that at ${lowest} % hidden`,
    height: heights.share,
    y: {nticks: 6, tickformat: 'd', range},
    traces: curves.map(({name, points, ...look}) => {
      const ratios = points.map(({ratio}) => ratio);
      return curve(
        name,
        ratios,
        points.map(({share}) => share),
        look,
        {data: ratios, hover: '%{y:.1f} %'},
      );
    }),
    marks: axes => sideLabels(curves.map(label), range, heights.share, axes),
  };
}
