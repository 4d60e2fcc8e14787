// The look of all figures, in one place: colors, marks, type sizes, axes, and where texts go.
// Okabe & Ito 2008, "Color Universal Design": eight colors that are told apart with any color
// vision.

import type {Plain, PlotlyObject} from './figure';

/**
 * Colors of all figures: of series, told apart without full color vision (Okabe & Ito), of texts
 * and of grounds.
 */
export const colors = {
  blue: '#0072B2',
  vermilion: '#D55E00',
  green: '#009E73',
  purple: '#CC79A7',
  amber: '#E69F00',
  sky: '#56B4E9',
  black: '#000000',
  text: '#222222',
  quiet: '#5A5A5A',
  grid: '#E4E4E4',
  paper: '#FFFFFF',
  tint: '#F5F5F2',
} as const;

/**
 * How series differ: by color, and by the shape of mark and line for those who do not see the
 * color.
 */
export const marks = [
  {color: colors.blue, symbol: 'circle', dash: 'solid'},
  {color: colors.vermilion, symbol: 'diamond', dash: 'dash'},
  {color: colors.green, symbol: 'square', dash: 'dot'},
  {color: colors.purple, symbol: 'triangle-up', dash: 'dashdot'},
  {color: colors.amber, symbol: 'triangle-down', dash: 'longdash'},
  {color: colors.sky, symbol: 'star', dash: 'longdashdot'},
  {color: colors.black, symbol: 'cross', dash: 'solid'},
] as const;

/** The n-th way to draw a series; they repeat after the seventh. */
export const mark = (n: number) => marks[n % marks.length]!;

/**
 * Width of a figure; heights follow from what it holds. Pixels, at which a slide or a page shows it
 * whole.
 */
export const width = 960;

/**
 * Type sizes in pixels of a figure {@link width} wide: the smallest can be read when it is shown at
 * a third.
 */
export const size = {title: 27, heading: 21, text: 20, small: 18} as const;

/** Options of {@link layout}: title, size and margins of a figure, and what is its own. */
export interface LayoutOptions {
  title: string;
  /** Under the title. */
  subtitle: string;
  /** Pixels. */
  height: number;
  /** Pixels from each side to what is drawn. @default bottom 80, left 90, right 40 */
  top: number;
  bottom?: number;
  left?: number;
  right?: number;
  /** Whether names of the traces lie in a legend under the title. @default false */
  legend?: boolean;
  /** Axes, annotations, shapes: whatever else plotly takes. */
  [property: string]: Plain;
}

/** The layout that all figures share. */
export function layout(options: LayoutOptions): PlotlyObject & {width: number; height: number} {
  const {title, subtitle, height, top, bottom = 80, left = 90, right = 40, legend: named = false, ...rest} = options;
  return {
    width,
    height,
    font: {family: '"Open Sans", Arial, Helvetica, sans-serif', size: size.text, color: colors.text},
    paper_bgcolor: colors.paper,
    plot_bgcolor: colors.paper,
    margin: {t: top, b: bottom, l: left, r: right, pad: 0},
    title: {
      text: title,
      font: {size: size.title},
      subtitle: {text: subtitle, font: {size: size.small, color: colors.quiet}},
      x: 0,
      xref: 'container',
      xanchor: 'left',
      y: 1,
      yref: 'container',
      yanchor: 'top',
      pad: {t: 16, l: 24},
    },
    hovermode: 'closest',
    hoverlabel: {font: {size: size.small}},
    showlegend: named,
    ...(named && {legend: legend(height)}),
    ...rest,
  };
}

/**
 * An axis: a line with ticks outside and a light grid. A title that is a text is set as
 * `axisTitle` does.
 */
export const axis = ({title, ...rest}: PlotlyObject): PlotlyObject => ({
  showline: true,
  linecolor: colors.quiet,
  linewidth: 1.5,
  ticks: 'outside',
  tickcolor: colors.quiet,
  ticklen: 6,
  tickfont: {size: size.small},
  gridcolor: colors.grid,
  gridwidth: 1,
  zeroline: false,
  automargin: false,
  ...(title !== undefined && {title: typeof title === 'string' ? axisTitle(title) : title}),
  ...rest,
});

/** What an axis counts, with its unit. @param standoff Pixels from the numbers at the ticks. */
export const axisTitle = (
  text: string,
  {standoff = 12, fontSize = size.heading}: {standoff?: number; fontSize?: number} = {},
): PlotlyObject => ({
  text,
  font: {size: fontSize},
  standoff,
});

/** An axis with a given number at each tick. */
export const ticksAt = (tickvals: readonly number[], ticktext?: readonly string[]) => ({
  tickmode: 'array',
  tickvals,
  ...(ticktext && {ticktext}),
});

/** A legend lying under title and subtitle of a figure of this height. */
const legend = (height: number): PlotlyObject => ({
  orientation: 'h',
  x: 0.02,
  xref: 'container',
  xanchor: 'left',
  y: 1 - 94 / height,
  yref: 'container',
  yanchor: 'top',
  font: {size: size.text},
  itemsizing: 'trace',
  tracegroupgap: 0,
});

/**
 * Moves values apart until neighbors differ by at least `gap`, as little as possible and in their
 * order: for labels beside lines.
 */
export function spread(values: readonly number[], gap: number): number[] {
  // of labels that touch, `start` the place of the lowest
  type Group = {members: number[]; start: number};
  const groups: Group[] = [];
  for (const i of [...values.keys()].sort((a, b) => values[a]! - values[b]! || a - b)) {
    let group: Group = {members: [i], start: values[i]!};
    let below = groups.at(-1);
    while (below && below.start + below.members.length * gap > group.start) {
      groups.pop();
      const m = below.members.length;
      const n = group.members.length;
      group = {
        members: [...below.members, ...group.members],
        start: (m * below.start + n * (group.start - m * gap)) / (m + n),
      };
      below = groups.at(-1);
    }
    groups.push(group);
  }
  const moved = new Array<number>(values.length);
  for (const {members, start} of groups) {
    members.forEach((i, k) => {
      moved[i] = start + k * gap;
    });
  }
  return moved;
}

/**
 * Breaks a text after blanks and hyphens into lines of at most so many characters; what does not
 * fit on the last line ends in an ellipsis.
 */
export function wrap(text: string, characters: number, lines = Infinity): string[] {
  const wrapped = [''];
  for (const piece of text.split(/(?<=[ -])/)) {
    if (wrapped.at(-1) && (wrapped.at(-1)! + piece).trimEnd().length > characters) wrapped.push('');
    wrapped[wrapped.length - 1] += piece;
  }
  const kept = wrapped.slice(0, lines).map(line => line.trimEnd());
  return kept.map((line, i) =>
    line.length > characters || (i === kept.length - 1 && wrapped.length > lines)
      ? `${line.slice(0, characters - 1)}…`
      : line,
  );
}
