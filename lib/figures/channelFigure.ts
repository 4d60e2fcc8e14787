// How unevenly variance is spread over channels: the part that the largest of them hold.
// Lorenz 1905, "Methods of Measuring the Concentration of Wealth", Publications of the American Statistical Association 9(70): his curve, from the largest on.

import {check} from '../check';
import type {Figure, PlotlyObject} from './figure';
import {axis, colors, layout, legend, mark, size} from './theme';

export interface ChannelFigureOptions {
  /** @default 'Variance by channel' */
  title?: string;
  /** Where the features come from, for the caption. @default nothing */
  source?: string;
  runs?: readonly string[];
}

/** Pixels: above the panel without its legend, a line of that, the panel, and below it. */
const [TOP, LINE, HEIGHT, BOTTOM] = [136, 32, 400, 84];

/**
 * A curve for each encoder: the share of the variance in its channels, the largest first. On the dotted diagonal all channels vary alike.
 *
 * @param shares As `channelShares` returns them, by name.
 * @throws RangeError when there is none, or one is empty.
 */
export function channelFigure(shares: Readonly<Record<string, ArrayLike<number>>>, {title = 'Variance by channel', source, runs = []}: ChannelFigureOptions = {}): Figure {
  const all = Object.entries(shares).map(([name, values]) => {
    let sum = 0;
    return {name, d: values.length, held: [0, ...Array.from(values, value => (sum += 100 * value))]};
  });
  check(all.length > 0 && all.every(({d}) => d > 0), 'channelFigure', 'expected shares of at least one encoder, got none');
  const top = TOP + LINE * Math.ceil(all.length / 2), height = top + HEIGHT + BOTTOM;
  const tenth = ({d, held}: (typeof all)[number]) => held[Math.round(d / 10)]!;
  return {
    name: 'channels',
    data: [
      ...all.map(({name, d, held}, i): PlotlyObject => {
        const {color, dash, symbol} = mark(i);
        return {type: 'scatter', mode: 'lines+markers', name, x: held.map((_, k) => 100 * k / d), y: held, line: {color, width: 3, dash}, marker: {color, symbol, size: 11, maxdisplayed: 11}, showlegend: true,
          hovertemplate: `${name}: the largest %{x:.0f} % of the channels hold %{y:.1f} %<extra></extra>`};
      }),
      {type: 'scatter', mode: 'lines', name: 'all channels alike', x: [0, 100], y: [0, 100], line: {color: colors.quiet, width: 2, dash: 'dot'}, showlegend: false, hoverinfo: 'skip'},
    ],
    layout: layout({
      title, subtitle: 'share of the variance in the largest channels; above the diagonal: in few', height, top, bottom: BOTTOM, showlegend: true, legend: legend(height),
      xaxis: axis({range: [0, 100], dtick: 10, title: {text: 'channels, the largest first (%)', font: {size: size.heading}, standoff: 12}}), yaxis: axis({range: [0, 104], dtick: 20}),
      annotations: [{text: 'share of the variance (%)', xref: 'paper', yref: 'paper', x: 0, y: 1, xanchor: 'left', yanchor: 'bottom', yshift: 5, showarrow: false, font: {size: size.heading}},
        {text: 'all channels alike', x: 60, y: 60, xanchor: 'left', yanchor: 'top', xshift: 14, showarrow: false, font: {size: size.small, color: colors.quiet}}],
    }),
    caption: `Share of the variance of all channels that the largest hold${source ? `: ${source}` : ''}. Features as the encoder gives them, not normalized. One run each: no spread over seeds is shown.`,
    alt: `Curves from 0 to 100 %. The largest tenth of the channels holds: ${all.map(one => `${one.name} ${tenth(one).toFixed(1)} %`).join(', ')} of the variance.`,
    credits: [],
    runs: [...runs],
    rows: all.flatMap(({name, d, held}) => held.slice(1).map((share, k) => ({encoder: name, channels: (k + 1) / d, variance: share / 100}))),
  };
}
