// Spectra of embeddings beside each other: how fast their variance falls from direction to
// direction. Jing et al. 2022, "Understanding Dimensional Collapse in Contrastive Self-Supervised
// Learning", arXiv:2110.09348, who show singular values in this way.

import {check} from '../check';
import type {Figure} from './figure';
import {note} from './notes';
import {panels, type Panel} from './panels';
import {sentences, spanOf} from './texts';
import {layout, mark, spread, wrap} from './theme';
import {line} from './traces';

export interface SpectrumFigureOptions {
  /** @default 'Spectrum of the projections' */
  title?: string;
  /** Where the embeddings come from, for the caption. @default nothing */
  source?: string;
  runs?: readonly string[];
}

/** Variances below this are rounding of float32, and drawn as this. */
const LEAST = 1e-9;
const pixels = {
  panel: 420,
  top: 138,
  bottom: 84,
  /** Room for a name beside its curve. */
  label: 230,
  /** Between two names of two lines each. */
  gap: 46,
} as const;

/**
 * A curve for each embedding: variance along its principal directions, largest first, on a
 * logarithmic scale.
 *
 * @param spectra As `spectrum` returns them, by name.
 * @throws RangeError when there is none, or one is empty.
 */
export function spectrumFigure(
  spectra: Record<string, readonly number[]>,
  {title = 'Spectrum of the projections', source, runs = []}: SpectrumFigureOptions = {},
): Figure {
  const all = Object.entries(spectra).map(([name, variances]) => ({
    name,
    variances,
    drawn: variances.map(value => Math.max(LEAST, value)),
  }));
  const some = all.length > 0 && all.every(({variances}) => variances.length > 0);
  check(some, 'spectrumFigure', 'expected at least one spectrum with values, got none');
  const longest = Math.max(...all.map(({variances}) => variances.length));
  const [least, most] = spanOf(all.flatMap(({drawn}) => drawn.map(Math.log10)));
  const low = Math.floor(least) - 0.1;
  const high = Math.ceil(most) + 0.1;
  const place = (value: number) => ((Math.log10(value) - low) / (high - low)) * pixels.panel;
  // Names stand beside the last third: at their ends all curves are rounding.
  const late = all.map(({drawn}) => place(drawn[Math.floor((2 * drawn.length) / 3)]!));
  const heights = spread(late, pixels.gap);
  const panel: Panel = {
    heading: 'variance along the direction (unit projections, logarithmic)',
    height: pixels.panel,
    y: {type: 'log', range: [low, high], dtick: 1, exponentformat: 'power'},
    traces: all.map(({name, drawn}, i) => {
      const {color, dash, symbol} = mark(i);
      return line(
        name,
        drawn.map((_, k) => k + 1),
        drawn,
        {
          color,
          width: 3,
          dash,
          points: {color, symbol, size: 11, most: 7},
          hover: `${name}, direction %{x}: %{y:.2e}`,
        },
      );
    }),
    marks: axes => ({
      annotations: all.map(({name, drawn}, i) =>
        note(wrap(name, 22, 2).join('<br>'), {
          on: {x: axes.x, y: `${axes.y} domain`},
          x: drawn.length,
          y: 0,
          anchor: 'left middle',
          align: 'left',
          shift: {x: 10, y: heights[i]},
          color: mark(i).color,
        }),
      ),
    }),
  };
  const {data, places} = panels([panel], {
    x: {range: [0, longest * 1.01], nticks: 8, title: 'principal direction, largest variance first'},
    top: pixels.top,
    bottom: pixels.bottom,
    gap: 0,
  });
  const spectrumText = ({name, variances}: (typeof all)[number]) => {
    const largest = variances[0]!;
    const spanned = variances.filter(value => value > largest / 100).length;
    return (
      `${name}: ${spanned} of ${variances.length} directions have at least a hundredth of the largest variance, ` +
      largest.toPrecision(2)
    );
  };
  return {
    name: 'spectrum',
    data,
    layout: layout({
      title,
      subtitle: 'a cliff: dimensional collapse; low everywhere: complete collapse',
      left: 100,
      right: pixels.label,
      ...places,
    }),
    caption: sentences(
      `Variance of unit projections along their principal directions, largest first${source ? `: ${source}` : ''}.`,
      'One run each: no spread over seeds is shown.',
      `Variances below ${LEAST} are rounding, and drawn there.`,
    ),
    alt: `Spectra. ${all.map(spectrumText).join('; ')}.`,
    credits: [],
    runs: [...runs],
    rows: all.flatMap(({name, variances}) =>
      variances.map((variance, k) => ({embedding: name, direction: k + 1, variance})),
    ),
  };
}
