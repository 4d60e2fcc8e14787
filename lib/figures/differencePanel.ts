// How far each setting of a dial is above the one that it is compared with, so that a reader sees at
// once which differences are decided: those whose interval leaves 0 out.

import type {MeanInterval} from '../analysis/meanInterval';
import {across, inside, note} from './notes';
import type {Panel} from './panels';
import {roomyRange} from './texts';
import {colors, mark} from './theme';
import {errorBars, points} from './traces';

/** A setting of the dial and its difference, a share of the test images. */
export type DialDifference = MeanInterval & {dial: number};

/** Options of {@link differencePanel}. */
export interface DifferencePanelOptions {
  /** The setting that the others are compared with. */
  reference: number;
  /** A setting in words, as in 'τ = 0.1'. */
  nameOf(dial: number): string;
  /** Number of its color and mark. */
  style: number;
}

/** Points of accuracy with their 95 % intervals; settings that are decided are filled. */
export function differencePanel(
  differences: readonly DialDifference[],
  {reference, nameOf, style}: DifferencePanelOptions,
): Panel {
  const {color, symbol} = mark(style);
  const inPoints = differences.map(({dial, mean, low, high, n}) => ({
    dial,
    n,
    mean: 100 * mean,
    low: 100 * low,
    high: 100 * high,
  }));
  const name = `difference to ${nameOf(reference)}`;
  const ends = inPoints.flatMap(({mean, low, high}) => [mean, low, high]).filter(Number.isFinite);
  return {
    heading: `${name} (points; filled: the 95 % interval leaves 0 out)`,
    height: 170,
    y: {nticks: 5, range: roomyRange([0, ...ends], 0.12), zeroline: false},
    traces: [
      points(
        name,
        inPoints.map(({dial}) => dial),
        inPoints.map(({mean}) => mean),
        {
          color: inPoints.map(({low, high}) => (isDecided({low, high}) ? color : colors.paper)),
          symbol,
          size: 13,
          rim: {color, width: 2},
          errorY: errorBars(inPoints, {color}),
          data: inPoints.map(({dial, low, high, n}) => [nameOf(dial), low, high, n]),
          hover:
            '%{customdata[0]}: %{y:+.1f} points, %{customdata[1]:+.1f} to %{customdata[2]:+.1f}, ' +
            '%{customdata[3]} seeds',
          legend: false,
        },
      ),
    ],
    marks: axes => ({
      shapes: [across(axes, 0, {color: colors.quiet, width: 1.5})],
      annotations: [
        note(nameOf(reference), {
          on: {x: inside(axes).x, y: axes.y},
          x: 1,
          y: 0,
          anchor: 'left middle',
          shift: {x: 24},
        }),
      ],
    }),
  };
}

const isDecided = ({low, high}: Pick<DialDifference, 'low' | 'high'>) => low > 0 || high < 0;

/** "Difference to τ = 0.3 in points: τ = 0.05 −6.1 (−7.2 to −5.0), τ = 1 …". */
export function differencesText(
  differences: readonly DialDifference[],
  {reference, nameOf}: Pick<DifferencePanelOptions, 'reference' | 'nameOf'>,
): string {
  const signed = (share: number) => `${share < 0 ? '−' : '+'}${Math.abs(100 * share).toFixed(1)}`;
  const texts = differences.map(
    ({dial, mean, low, high}) => `${nameOf(dial)} ${signed(mean)} (${signed(low)} to ${signed(high)})`,
  );
  return `Difference to ${nameOf(reference)} in points: ${texts.join(', ')}`;
}
