// How unevenly variance is spread over channels: the part that the largest of them hold.
// Lorenz 1905, "Methods of Measuring the Concentration of Wealth", Publications of the American
// Statistical Association 9(70): his curve, from the largest on.

import {cumsum} from 'd3-array';
import {check} from '../check';
import type {Figure, PlotlyObject} from './figure';
import {panelHeading, paper, quietNote} from './notes';
import {percent, sentences} from './texts';
import {axis, colors, layout, mark} from './theme';
import {line} from './traces';

export interface ChannelFigureOptions {
  /** @default 'Variance by channel' */
  title?: string;
  /** Where the features come from, for the caption. @default nothing */
  source?: string;
  runs?: readonly string[];
}

const pixels = {
  /** Above the panel, without its legend. */
  top: 136,
  /** A line of the legend. */
  line: 32,
  /** Of the panel. */
  height: 400,
  /** Below it. */
  bottom: 84,
} as const;

/**
 * What is drawn of an encoder: the variance that its k largest channels hold, in percent, k = 0 to
 * d.
 */
type Curve = {name: string; d: number; held: number[]};

/**
 * A curve for each encoder: the share of the variance in its channels, the largest first. On the
 * dotted diagonal all channels vary alike.
 *
 * @param shares As `channelShares` returns them, by name.
 * @throws RangeError when there is none, or one is empty.
 */
export function channelFigure(
  shares: Readonly<Record<string, ArrayLike<number>>>,
  {title = 'Variance by channel', source, runs = []}: ChannelFigureOptions = {},
): Figure {
  const all = Object.entries(shares).map(([name, values]): Curve => ({
    name,
    d: values.length,
    held: [0, ...cumsum(Array.from(values, value => 100 * value))],
  }));
  const some = all.length > 0 && all.every(({d}) => d > 0);
  check(some, 'channelFigure', 'expected shares of at least one encoder, got none');
  const top = pixels.top + pixels.line * Math.ceil(all.length / 2);
  const tenths = all.map(({name, d, held}) => `${name} ${percent(held[Math.round(d / 10)]!)}`);
  const alike = {color: colors.quiet, width: 2, dash: 'dot', legend: false};
  return {
    name: 'channels',
    data: [...all.map(curve), line('all channels alike', [0, 100], [0, 100], alike)],
    layout: layout({
      title,
      subtitle: 'share of the variance in the largest channels; above the diagonal: in few',
      height: top + pixels.height + pixels.bottom,
      top,
      bottom: pixels.bottom,
      legend: true,
      xaxis: axis({range: [0, 100], dtick: 10, title: 'channels, the largest first (%)'}),
      yaxis: axis({range: [0, 104], dtick: 20}),
      annotations: [
        panelHeading('share of the variance (%)', paper),
        quietNote('all channels alike', {on: {x: 'x', y: 'y'}, x: 60, y: 60, anchor: 'left top', shift: {x: 14}}),
      ],
    }),
    caption: sentences(
      `Share of the variance of all channels that the largest hold${source ? `: ${source}` : ''}.`,
      'Features as the encoder gives them, not normalized. One run each: no spread over seeds is shown.',
    ),
    alt: sentences(
      'Curves from 0 to 100 %.',
      `The largest tenth of the channels holds: ${tenths.join(', ')} of the variance.`,
    ),
    credits: [],
    runs: [...runs],
    rows: all.flatMap(({name, d, held}) =>
      held.slice(1).map((share, k) => ({encoder: name, channels: (k + 1) / d, variance: share / 100})),
    ),
  };
}

function curve({name, d, held}: Curve, i: number): PlotlyObject {
  const {color, dash, symbol} = mark(i);
  return line(
    name,
    held.map((_, k) => (100 * k) / d),
    held,
    {
      color,
      width: 3,
      dash,
      points: {color, symbol, size: 11, most: 11},
      hover: `${name}: the largest %{x:.0f} % of the channels hold %{y:.1f} %`,
      legend: true,
    },
  );
}
