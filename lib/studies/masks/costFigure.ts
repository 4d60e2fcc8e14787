// What encoder and decoder of a masked autoencoder cost, against the share of patches that is hidden.
// He et al. 2022 (MAE), arXiv:2111.06377, sec. 3.

import {median} from '../../analysis/median';
import {check} from '../../check';
import type {MaskCostRow} from './cost';
import type {Figure, PlotlyObject} from '../../figures/figure';
import {distinct, grouped} from '../../figures/grouped';
import {oneOf} from '../../figures/measuredTexts';
import {LABELS, panels, sideLabels} from '../../figures/panels';
import {dialAxis, moved, shareOf} from '../../figures/seedCurve';
import {colours, layout, mark} from '../../figures/theme';
import {percent} from '../../percent';

export interface MaskCostFigureOptions {
  /** @default 'What hiding saves' */
  title?: string;
}

const halves = {encoder: {style: 0, side: -1}, decoder: {style: 1, side: 1}} as const satisfies Record<MaskCostRow['half'], object>;
/** Share of the axis by which marks are moved to stand beside each other. */
const BESIDE = 0.008;

/** A half at one ratio: the median of its turns, the shortest and the longest, in milliseconds. */
type Point = {ratio: number; encoded: number; middle: number; least: number; most: number; turns: number};

/**
 * Milliseconds of each half, the median over turns with their range; and the same in per cent of the lowest ratio's, beside the share of tokens that is left to encode.
 *
 * @throws RangeError when there is no row, or rows are of several networks, batches or devices.
 */
export function maskCostFigure(rows: readonly MaskCostRow[], {title = 'What hiding saves'}: MaskCostFigureOptions = {}): Figure {
  check(rows.length > 0, 'maskCostFigure', 'expected at least one row, got none');
  const what = oneOf('maskCostFigure', 'network and batch', rows, ({backbone, decoder, image, batch}) => `${backbone}, decoder of ${decoder}, ${image} px, batch ${batch}`);
  const device = oneOf('maskCostFigure', 'device', rows, row => row.device);
  const curves = [...grouped(rows, row => row.half)].map(([half, own]) => ({half, points: pointsOf(own), ...halves[half], ...mark(halves[half].style)}));
  const axis = dialAxis('linear', rows.map(row => percent(row.ratio)));
  const [[{ratio: lowest}]] = curves.map(({points}) => points) as [[Point]];
  const tokens = curves[0]!.points.map(({ratio, encoded}) => ({ratio, share: 100 * encoded / curves[0]!.points[0]!.encoded}));
  const drawn = (name: string, x: readonly number[], y: readonly number[], {colour, symbol, dash}: {colour: string; symbol: string; dash: string}, unit: string, rest: PlotlyObject = {}): PlotlyObject =>
    ({type: 'scatter', mode: 'lines+markers', name, showlegend: false, x, y, line: {color: colour, width: 3, dash}, marker: {color: colour, symbol, size: 12, line: {color: colours.paper, width: 1}}, hovertemplate: `${name}, %{customdata} % hidden: %{y:.1f} ${unit}<extra></extra>`, ...rest});
  const shares = [
    ...curves.map(({half, points, ...style}) => ({name: half, points: points.map(({ratio, middle}) => ({ratio, share: 100 * middle / points[0]!.middle})), ...style})),
    {name: 'tokens encoded', points: tokens, colour: colours.quiet, symbol: 'circle-open', dash: 'dot'},
  ];
  const most = Math.max(...curves.flatMap(({points}) => points.map(point => point.most)));
  const ranges = {time: [0, 1.08 * most], share: [0, 1.08 * Math.max(...shares.flatMap(({points}) => points.map(({share}) => share)))]} satisfies Record<string, [number, number]>;
  const heights = {time: 330, share: 300};
  const {data, height, axes, annotations, shapes} = panels([
    {
      heading: 'milliseconds, forwards and backwards', height: heights.time, y: {nticks: 6, tickformat: '~g', range: ranges.time},
      traces: curves.map(({half, points, side, ...style}) => drawn(half, points.map(({ratio}) => moved(ratio, BESIDE * side, axis)), points.map(({middle}) => middle), style, 'ms', {
        customdata: points.map(({ratio}) => ratio),
        error_y: {type: 'data', symmetric: false, array: points.map(({middle, most}) => most - middle), arrayminus: points.map(({middle, least}) => middle - least), thickness: 2.5, width: 7, color: style.colour},
      })),
      marks: (x, y) => sideLabels(curves.map(({half, points, colour}) => ({from: shareOf(points.at(-1)!.ratio, axis), value: points.at(-1)!.middle, text: half, colour})), ranges.time, heights.time, x, y),
    },
    {
      heading: `per cent of that at ${lowest} % hidden`, height: heights.share, y: {nticks: 6, tickformat: 'd', range: ranges.share},
      traces: shares.map(({name, points, ...style}) => drawn(name, points.map(({ratio}) => ratio), points.map(({share}) => share), style, '%', {customdata: points.map(({ratio}) => ratio)})),
      marks: (x, y) => sideLabels(shares.map(({name, points, colour}) => ({from: shareOf(points.at(-1)!.ratio, axis), value: points.at(-1)!.share, text: name, colour})), ranges.share, heights.share, x, y),
    },
  ], {x: {...axis, title: 'patches hidden (%)'}, top: 138, bottom: 84, gap: 52});
  const turns = distinct(curves.flatMap(({points}) => points.map(point => point.turns)));
  const turnsText = `${Math.min(...turns)}${turns.length > 1 ? ` to ${Math.max(...turns)}` : ''} turn${turns.length === 1 && turns[0] === 1 ? '' : 's'}`;
  const points = (unit: string, of: (point: Point, first: Point) => number) => curves.map(({half, points}) => `${half} ${points.map(point => `${point.ratio} %: ${of(point, points[0]!).toFixed(unit === '%' ? 0 : 1)} ${unit}`).join(', ')}`).join('; ');
  return {
    name: 'mask-cost',
    data,
    layout: layout({title, subtitle: `${what}; median of ${turnsText}, bars: shortest and longest`, height, top: 138, bottom: 84, right: LABELS, annotations, shapes, ...axes}),
    caption: `Time of the two halves of a masked autoencoder's training step (${what}), forwards and backwards, without views, masks, loss and optimizer: the median of ${turnsText} that all took in turns, with the shortest and the longest; below in per cent of the lowest ratio's, with the share of tokens that is left to encode. Class tokens are not counted. ${device}.`,
    alt: `Two panels over the share of patches that is hidden. Milliseconds: ${points('ms', ({middle}) => middle)}. In per cent of ${lowest} % hidden: ${points('%', ({middle}, first) => 100 * middle / first.middle)}; tokens encoded ${tokens.map(({ratio, share}) => `${ratio} %: ${share.toFixed(0)} %`).join(', ')}.`,
    credits: [],
    runs: [],
    rows: [...rows],
  };
}

/** By ratio, ascending. */
function pointsOf(rows: readonly MaskCostRow[]): Point[] {
  return [...grouped(rows, row => row.ratio)].sort(([a], [b]) => a - b).map(([ratio, group]) => {
    const times = group.map(({seconds}) => 1000 * seconds);
    return {ratio: percent(ratio), encoded: group[0]!.encoded, middle: median(times), least: Math.min(...times), most: Math.max(...times), turns: times.length};
  });
}
