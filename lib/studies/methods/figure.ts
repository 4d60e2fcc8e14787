// Methods side by side: accuracy against the minutes that a training took.

import {intervalText} from '../../analysis/meansBy';
import {meanInterval} from '../../analysis/meanInterval';
import {check} from '../../check';
import type {Accuracies} from '../../evaluation/accuracies';
import type {BaselineRow} from '../../study/baselines';
import type {MethodRow} from './study';
import type {Figure, PlotlyObject} from '../../figures/figure';
import {distinct, grouped} from '../../figures/grouped';
import {accuracyNames, countsText, oneOf, provenanceText, tableRow} from '../../figures/measuredTexts';
import {axis, colors, layout, mark, size} from '../../figures/theme';

export interface MethodFigureOptions {
  /** The same protocol on features that were not trained: horizontal lines. */
  baselines?: readonly BaselineRow[];
  /** Which accuracy is drawn. @default 'knn' */
  accuracy?: keyof Accuracies;
  /** @default 'Methods on <data set>' */
  title?: string;
}

/** Pixels: of the panel, its width and its least height; of the list beside it, a line's height and a letter's mean width. */
const [WIDTH, HEIGHT, LINE, LETTER] = [450, 520, 27, 8.8];

/**
 * A numbered mark for each variant at its mean minutes and mean accuracy, with the 95 % t-interval of the accuracy over seeds and every seed as a small point; beside it the list of
 * numbers, best first. Baselines are lines across.
 *
 * @param rows Of one data set.
 * @throws RangeError when there is none, or rows of several data sets.
 */
export function methodFigure(rows: readonly MethodRow[], {accuracy = 'knn', baselines = [], title}: MethodFigureOptions = {}): Figure {
  check(rows.length > 0, 'methodFigure', 'expected at least one row, got none');
  const dataset = oneOf('methodFigure', 'data set', rows, row => row.dataset);
  const variants = [...grouped(rows, row => row.variant)].map(([name, group]) => {
    const spread = meanInterval(group.map(row => 100 * row.last[accuracy]));
    return {name, group, spread, minutes: meanInterval(group.map(row => row.minutes)).mean};
  }).sort((a, b) => b.spread.mean - a.spread.mean);
  const lines = [...grouped(baselines, row => row.baseline)].filter(([name]) => name !== 'chance').map(([name, group]) => ({name, mean: meanInterval(group.map(row => 100 * (accuracy.startsWith('knn') ? row.knn : row.linear))).mean}));
  const values = [...variants.flatMap(({spread, group}) => [spread.mean, spread.low, spread.high, ...group.map(row => 100 * row.last[accuracy])]), ...lines.map(({mean}) => mean)].filter(Number.isFinite);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const range = [least - 0.06 * (most - least), most + 0.08 * (most - least)];
  const longest = Math.max(...rows.map(row => row.minutes));
  const seeds = distinct(rows.map(row => row.seed)).length;
  const several = variants.some(({spread}) => spread.n > 1);
  const [top, bottom] = [146, 84];
  const height = top + bottom + Math.max(HEIGHT, LINE * (variants.length + lines.length + 1));
  const unit = (value: number) => `${value.toFixed(1)} %`;
  const data = variants.flatMap(({name, group, spread, minutes}, i): PlotlyObject[] => {
    const {color} = mark(i);
    return [
      ...(spread.n > 1 ? [{type: 'scatter', mode: 'markers', name: `${name}, each seed`, x: group.map(row => row.minutes), y: group.map(row => 100 * row.last[accuracy]), customdata: group.map(row => [row.seed, row.run]),
        marker: {size: 8, color: colors.paper, line: {color, width: 2}}, hovertemplate: `${name}, seed %{customdata[0]}, run %{customdata[1]}<br>%{y:.1f} %, %{x:.1f} minutes<extra></extra>`}] : []),
      {type: 'scatter', mode: 'markers+text', name, x: [minutes], y: [spread.mean], text: [String(i + 1)], textfont: {color: colors.paper, size: size.small}, cliponaxis: false,
        marker: {size: 26, color, line: {color: colors.paper, width: 1.5}},
        ...(spread.n > 1 && {error_y: {type: 'data', symmetric: false, array: [spread.high - spread.mean], arrayminus: [spread.mean - spread.low], thickness: 2.5, width: 7, color}}),
        hovertemplate: `${name}, mean of ${spread.n}: %{y:.1f} %, %{x:.1f} minutes<extra></extra>`},
    ];
  });
  const entries = variants.map(({name, spread}, i) => `${i + 1}  ${name}  ${intervalText(spread)}`);
  const list = 40 + LETTER * Math.max(...entries.map(entry => entry.length));
  const share = (line: number) => 1 - line * LINE / (height - top - bottom);
  const listed = (text: string, line: number): PlotlyObject => ({text, xref: 'paper', yref: 'paper', x: 1, y: share(line), xanchor: 'left', yanchor: 'top', xshift: 24, showarrow: false, align: 'left', font: {size: size.small}});
  return {
    name: `methods-${accuracy}-${dataset}`,
    data,
    layout: layout({
      title: title ?? `Methods on ${dataset}`, subtitle: several ? `${seeds} seeds: every one a small point; mean with 95 % t-interval` : 'one seed: no spread known', height, top, bottom, left: 90, right: list, width: 90 + WIDTH + list,
      xaxis: axis({title: {text: 'minutes of training and measuring', font: {size: size.heading}, standoff: 12}, range: [0, longest * 1.08], nticks: 6}),
      yaxis: axis({range, nticks: 7}),
      shapes: lines.map(({mean}) => ({type: 'line', xref: 'x domain', yref: 'y', x0: 0, x1: 1, y0: mean, y1: mean, line: {color: colors.quiet, width: 2, dash: 'dash'}})),
      annotations: [
        {text: `accuracy of ${accuracyNames[accuracy]}, test split (%)`, xref: 'x domain', yref: 'y domain', x: 0, y: 1, xanchor: 'left', yanchor: 'bottom', yshift: 8, showarrow: false, font: {size: size.heading}},
        ...entries.map((entry, i) => listed(entry.replace(/^\d+/, '<b>$&</b>'), i)),
        ...lines.map(({name, mean}, i) => listed(`<span style="color:${colors.quiet}">– –  ${name}  ${mean.toFixed(1)}</span>`, variants.length + 1 + i)),
      ],
    }),
    caption: [
      `Accuracy (${accuracyNames[accuracy]}) on the test split of ${dataset} against the minutes that a training took, its measuring included.`,
      ...(lines.length ? [`Lines across: ${lines.map(({name, mean}) => `${name} ${unit(mean)}`).join(', ')}.`] : []),
      `${countsText(rows, row => row.variant)}; bars are 95 % t-intervals of the mean over seeds.`,
      provenanceText(rows),
    ].join(' '),
    alt: `Accuracy and minutes: ${variants.map(({name, spread, minutes}, i) => `${i + 1} ${name} ${unit(spread.mean)} in ${minutes.toFixed(1)} minutes`).join('; ')}.`,
    credits: [],
    runs: rows.map(row => row.run),
    rows: rows.map(row => ({...tableRow(row), method: row.settings.method.method, batch: row.settings.batch})),
  };
}
