// The look of all figures, in one place: colors, marks, type sizes, axes, and where texts go.
// Okabe & Ito 2008, "Color Universal Design": eight colors that are told apart with any color vision.

import type {Plain, PlotlyObject} from './figure';

export const colors = {
  blue: '#0072B2', vermilion: '#D55E00', green: '#009E73', purple: '#CC79A7', amber: '#E69F00', sky: '#56B4E9', black: '#000000',
  text: '#222222', quiet: '#5A5A5A', grid: '#E4E4E4', paper: '#FFFFFF', tint: '#F5F5F2',
} as const;

/** How the series of a figure differ: by color, and by the shape of mark and line for those who do not see the color. */
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

/** Width of a figure; heights follow from what it holds. Pixels, at which a slide or a page shows it whole. */
export const width = 960;

/** Type sizes in pixels of a figure {@link width} wide: the smallest is still read when the figure is shown at a third. */
export const size = {title: 27, heading: 21, text: 20, small: 18} as const;

/** The layout that all figures share. */
export function layout({title, subtitle, height, top, bottom = 80, left = 90, right = 40, ...rest}: {
  title: string; subtitle: string; height: number; top: number; bottom?: number; left?: number; right?: number; [property: string]: Plain;
}): PlotlyObject & {width: number; height: number} {
  return {
    width, height,
    font: {family: '"Open Sans", Arial, Helvetica, sans-serif', size: size.text, color: colors.text},
    paper_bgcolor: colors.paper, plot_bgcolor: colors.paper,
    margin: {t: top, b: bottom, l: left, r: right, pad: 0},
    title: {text: title, font: {size: size.title}, subtitle: {text: subtitle, font: {size: size.small, color: colors.quiet}},
      x: 0, xref: 'container', xanchor: 'left', y: 1, yref: 'container', yanchor: 'top', pad: {t: 16, l: 24}},
    hovermode: 'closest', hoverlabel: {font: {size: size.small}}, showlegend: false,
    ...rest,
  };
}

/** An axis: a line with ticks outside and a light grid. */
export const axis = (rest: PlotlyObject): PlotlyObject => ({
  showline: true, linecolor: colors.quiet, linewidth: 1.5, ticks: 'outside', tickcolor: colors.quiet, ticklen: 6, tickfont: {size: size.small},
  gridcolor: colors.grid, gridwidth: 1, zeroline: false, automargin: false, ...rest,
});

/** A legend lying under title and subtitle of a figure of this height. */
export const legend = (height: number): PlotlyObject => ({
  orientation: 'h', x: 0.02, xref: 'container', xanchor: 'left', y: 1 - 94 / height, yref: 'container', yanchor: 'top', font: {size: size.text}, itemsizing: 'trace', tracegroupgap: 0,
});

/** Moves values apart until neighbors differ by at least `gap`, as little as possible and in their order: for labels beside lines. */
export function spread(values: readonly number[], gap: number): number[] {
  type Group = {members: number[]; start: number};   // of labels that touch, `start` the place of the lowest
  const groups: Group[] = [];
  for (const i of values.map((_, i) => i).sort((a, b) => values[a]! - values[b]! || a - b)) {
    let group: Group = {members: [i], start: values[i]!};
    for (let below = groups.at(-1); below && below.start + below.members.length * gap > group.start; below = groups.at(-1)) {
      groups.pop();
      const [m, n] = [below.members.length, group.members.length];
      group = {members: [...below.members, ...group.members], start: (m * below.start + n * (group.start - m * gap)) / (m + n)};
    }
    groups.push(group);
  }
  const moved = new Array<number>(values.length);
  for (const {members, start} of groups) members.forEach((i, k) => { moved[i] = start + k * gap; });
  return moved;
}

/** Breaks a text after blanks and hyphens into lines of at most so many characters; what does not fit on the last line ends in an ellipsis. */
export function wrap(text: string, characters: number, lines = Infinity): string[] {
  const wrapped = [''];
  for (const piece of text.split(/(?<=[ -])/)) {
    if (wrapped.at(-1) && (wrapped.at(-1)! + piece).trimEnd().length > characters) wrapped.push('');
    wrapped[wrapped.length - 1] += piece;
  }
  const kept = wrapped.slice(0, lines).map(line => line.trimEnd());
  return kept.map((line, i) => (line.length > characters || (i === kept.length - 1 && wrapped.length > lines) ? `${line.slice(0, characters - 1)}…` : line));
}
