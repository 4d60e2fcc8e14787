// Methods side by side: accuracy against the minutes that a training took.

import {groups} from 'd3-array';
import {meanInterval, type MeanInterval} from '../../analysis/meanInterval';
import {intervalText} from '../../analysis/meansBy';
import {check} from '../../check';
import type {Accuracies} from '../../evaluation/accuracies';
import type {Figure, PlotlyObject} from '../../figures/figure';
import {accuracyNames, BARS, countsText, oneOf, provenanceText, seedsText, tableRow} from '../../figures/measuredTexts';
import {across, inside, note, panelHeading, paper} from '../../figures/notes';
import {percent, sentences, spanOf} from '../../figures/texts';
import {axis, colors, layout, mark, size} from '../../figures/theme';
import {errorBars, points, seedPoints} from '../../figures/traces';
import type {BaselineRow} from '../../study/baselines';
import type {MethodRow} from './study';

export interface MethodFigureOptions {
  /** The same protocol on features that were not trained: horizontal lines. */
  baselines?: readonly BaselineRow[];
  /** Which accuracy is drawn. @default 'knn' */
  accuracy?: keyof Accuracies;
  /** @default 'Methods on <data set>' */
  title?: string;
}

const pixels = {
  /** Of the panel. */
  width: 450,
  /** Of the panel, at least. */
  height: 520,
  /** Above and below it, and at its left. */
  top: 146,
  bottom: 84,
  left: 90,
  /** Of the list beside it, a line. */
  line: 27,
  /** Of the list, a letter on average. */
  letter: 8.8,
} as const;

/** A method with its runs. */
type Variant = {name: string; group: readonly MethodRow[]; spread: MeanInterval; minutes: number};

/**
 * A numbered mark for each variant at its mean minutes and mean accuracy, with the 95 % t-interval
 * of the accuracy over seeds and every seed as a small point; beside it the list of numbers, best
 * first. Baselines are lines across.
 *
 * @param rows Of one data set.
 * @throws RangeError when there is none, or rows of several data sets.
 */
export function methodFigure(rows: readonly MethodRow[], options: MethodFigureOptions = {}): Figure {
  const {accuracy = 'knn', baselines = [], title} = options;
  check(rows.length > 0, 'methodFigure', 'expected at least one row, got none');
  const dataset = oneOf('methodFigure', 'data set', rows, row => row.dataset);
  const accuracyOf = (row: MethodRow) => 100 * row.last[accuracy];
  const variants = groups(rows, row => row.variant)
    .map(([name, group]): Variant => {
      const spread = meanInterval(group.map(accuracyOf));
      return {name, group, spread, minutes: meanInterval(group.map(row => row.minutes)).mean};
    })
    .sort((a, b) => b.spread.mean - a.spread.mean);
  const probe = accuracy.startsWith('knn') ? 'knn' : 'linear';
  const lines = groups(baselines, row => row.baseline)
    .filter(([name]) => name !== 'chance')
    .map(([name, group]) => ({name, mean: meanInterval(group.map(row => 100 * row[probe])).mean}));
  const [least, most] = spanOf([
    ...rows.map(accuracyOf),
    ...variants.flatMap(({spread: {mean, low, high}}) => [mean, low, high]),
    ...lines.map(({mean}) => mean),
  ]);
  const range = [least - 0.06 * (most - least), most + 0.08 * (most - least)];
  const longest = Math.max(...rows.map(row => row.minutes));
  const entries = variants.map(({name, spread}, i) => `${i + 1}  ${name}  ${intervalText(spread)}`);
  const list = 40 + pixels.letter * Math.max(...entries.map(entry => entry.length));
  const inner = Math.max(pixels.height, pixels.line * (variants.length + lines.length + 1));
  const listed = (text: string, line: number) => {
    const y = 1 - (line * pixels.line) / inner;
    return note(text, {on: paper, x: 1, y, anchor: 'left top', shift: {x: 24}, align: 'left'});
  };
  const lineEntry = ({name, mean}: (typeof lines)[number]) =>
    `<span style="color:${colors.quiet}">– –  ${name}  ${mean.toFixed(1)}</span>`;
  const axes = {x: 'x', y: 'y'};
  const variantTexts = variants.map(
    ({name, spread, minutes}, i) => `${i + 1} ${name} ${percent(spread.mean)} in ${minutes.toFixed(1)} minutes`,
  );
  return {
    name: `methods-${accuracy}-${dataset}`,
    data: variants.flatMap((variant, i) => variantTraces(variant, i, accuracyOf)),
    layout: layout({
      title: title ?? `Methods on ${dataset}`,
      subtitle: subtitleOf(rows, variants),
      height: pixels.top + pixels.bottom + inner,
      top: pixels.top,
      bottom: pixels.bottom,
      left: pixels.left,
      right: list,
      width: pixels.left + pixels.width + list,
      xaxis: axis({title: 'minutes of training and measuring', range: [0, longest * 1.08], nticks: 6}),
      yaxis: axis({range, nticks: 7}),
      shapes: lines.map(({mean}) => across(axes, mean, {color: colors.quiet, width: 2, dash: 'dash'})),
      annotations: [
        panelHeading(`accuracy of ${accuracyNames[accuracy]}, test split (%)`, inside(axes), 8),
        ...entries.map((entry, i) => listed(entry.replace(/^\d+/, '<b>$&</b>'), i)),
        ...lines.map((line, i) => listed(lineEntry(line), variants.length + 1 + i)),
      ],
    }),
    caption: sentences(
      `Accuracy (${accuracyNames[accuracy]}) on the test split of ${dataset} against the minutes that a training ` +
        'took, its measuring included.',
      lines.length > 0 && `Lines across: ${lines.map(({name, mean}) => `${name} ${percent(mean)}`).join(', ')}.`,
      `${countsText(rows, row => row.variant)}; ${BARS}.`,
      provenanceText(rows),
    ),
    alt: `Accuracy and minutes: ${variantTexts.join('; ')}.`,
    credits: [],
    runs: rows.map(row => row.run),
    rows: rows.map(row => ({...tableRow(row), method: row.settings.method.method, batch: row.settings.batch})),
  };
}

/** How many seeds there are, where a variant has several. */
function subtitleOf(rows: readonly MethodRow[], variants: readonly Variant[]): string {
  return variants.some(({spread}) => spread.n > 1) ? seedsText(rows) : 'one seed: no spread known';
}

/** Every seed as a ring where there are several, and a numbered disc at the mean. */
function variantTraces(
  {name, group, spread, minutes}: Variant,
  i: number,
  accuracyOf: (row: MethodRow) => number,
): PlotlyObject[] {
  const {color} = mark(i);
  const several = spread.n > 1;
  const place = '%{y:.1f} %, %{x:.1f} minutes';
  const mean = points(name, [minutes], [spread.mean], {
    color,
    size: 26,
    rim: {color: colors.paper, width: 1.5},
    text: [String(i + 1)],
    clip: false,
    errorY: several ? errorBars([spread], {color}) : undefined,
    hover: `${name}, mean of ${spread.n}: ${place}`,
    rest: {mode: 'markers+text', textfont: {color: colors.paper, size: size.small}},
  });
  if (!several) return [mean];
  const seeds = seedPoints(
    name,
    group.map(row => row.minutes),
    group.map(accuracyOf),
    {
      color,
      data: group.map(row => [row.seed, row.run]),
      hover: `${name}, seed %{customdata[0]}, run %{customdata[1]}<br>${place}`,
    },
  );
  return [seeds, mean];
}
