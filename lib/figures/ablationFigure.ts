// A part of the methods taken out, put in or turned: a line for each setting with its accuracy, its spread and its directions, and which of them are sick.

import {meanInterval} from '../analysis/meanInterval';
import {check} from '../check';
import type {Accuracies} from '../evaluation/accuracies';
import type {BaselineRow} from '../studies/baselines';
import {illness} from '../studies/illness';
import type {MethodRow} from '../studies/methodStudy';
import type {Ablation} from '../studies/siblingStudy';
import type {Figure, PlotlyObject} from './figure';
import {distinct} from './grouped';
import {accuracyNames, countsText, oneOf, provenanceText, tableRow} from './measuredTexts';
import {axis, colours, layout, size, width, wrap} from './theme';

export interface AblationFigureOptions {
  /** Which accuracy is drawn. @default 'knn' */
  accuracy?: keyof Accuracies;
  /** Of the untrained encoder's a line down the first panel. */
  baselines?: readonly BaselineRow[];
  /** Numbers of a paper, by the name of the line; a column at the right. */
  published?: {heading: string; rows: readonly {setting: string; accuracy: number | null}[]};
}

/** What of a run is drawn, and where: pixels. */
type Measure = {heading: string; pixels: number; log?: true; floor?: number; of(row: MethodRow): number};

/** Pixels: names of the lines at most, a character of them, their height, between panels, the paper's column. */
const [NAMES, CHARACTER, LINE, GAP, PAPER] = [345, 9, 42, 34, 120];
/** Marks of the logarithmic axis. */
const TICKS = [1, 2, 3, 5, 10, 20, 30, 50, 100, 200, 300, 500];
/** Characters of a line's name that stand side by side. */
const WRAP = 38;

/** A setting is sick when the health panel names something in most of its seeds. */
const sick = (rows: readonly MethodRow[]) => 2 * rows.filter(row => illness(row) !== '').length > rows.length;

/**
 * Every seed is a small point, the mean a large one: a disc where the run is sound, a cross where the health panel calls it sick.
 *
 * @param rows Of one data set; those of other variants are left out, and lines without rows too.
 * @throws RangeError when no row belongs to the ablation, or rows are of several data sets.
 */
export function ablationFigure(rows: readonly MethodRow[], {title, about, lines}: Ablation, {accuracy = 'knn', baselines = [], published}: AblationFigureOptions = {}): Figure {
  const drawn = lines.map(([line, variant]) => ({line, rows: rows.filter(row => row.variant === variant)})).filter(({rows}) => rows.length > 0);
  check(drawn.length > 0, 'ablationFigure', `expected rows of ${lines.map(([, variant]) => variant).join('; ')}, got ${distinct(rows.map(row => row.variant)).join('; ') || 'none'}`);
  const used = distinct(drawn.flatMap(({rows}) => rows));
  const dataset = oneOf('ablationFigure', 'data set', used, row => row.dataset);
  const untrained = baselines.filter(({baseline}) => baseline === 'untrained').map(row => 100 * (accuracy.startsWith('knn') ? row.knn : row.linear));
  const names = Math.min(NAMES, 24 + CHARACTER * Math.max(...drawn.flatMap(({line}) => wrap(line, WRAP).map(({length}) => length))));
  const inner = width - names - (published ? PAPER : 30);
  const measures: Measure[] = [
    {heading: `${accuracy.startsWith('knn') ? 'k-NN' : 'linear'} accuracy (%)`, pixels: inner - 2 * (150 + GAP), of: row => 100 * row.last[accuracy]},
    {heading: 'std × √d', pixels: 150, floor: 0, of: row => row.course.at(-1)!.collapse!},
    {heading: 'directions', pixels: 150, log: true, of: row => row.course.at(-1)!.dimensions!},
  ];
  const [top, bottom] = [150, 78];
  const height = top + bottom + LINE * drawn.length;
  const nth = (i: number) => (i === 0 ? '' : String(i + 1));
  let left = 0;
  const panels = measures.map((measure, i) => {
    const {heading, pixels, log, floor, of} = measure;
    const domain = [left / inner, (left + pixels) / inner];
    left += pixels + GAP;
    const traces = drawn.flatMap(({line, rows: group}, y): PlotlyObject[] => {
      const values = group.map(of).filter(Number.isFinite);
      if (values.length === 0) return [];
      const {mean, low, high, n} = meanInterval(values);
      const ill = sick(group);
      const colour = ill ? colours.vermilion : colours.blue;
      return [
        ...(n > 1 ? [{type: 'scatter', mode: 'markers', name: `${line}, each seed`, x: values, y: values.map(() => -y), marker: {size: 7, color: colours.paper, line: {color: colour, width: 1.5}},
          hovertemplate: `${line}: %{x:.2f}<extra></extra>`}] : []),
        {type: 'scatter', mode: 'markers', name: line, x: [mean], y: [-y], marker: {size: 14, color: colour, symbol: ill ? 'x' : 'circle', line: {color: colours.paper, width: 1.5}}, cliponaxis: false,
          ...(i === 0 && n > 1 && {error_x: {type: 'data', symmetric: false, array: [high - mean], arrayminus: [mean - low], thickness: 2, width: 5, color: colour}}),
          hovertemplate: `${line}, mean of ${n}: %{x:.2f}<extra></extra>`},
      ].map(trace => ({...trace, xaxis: `x${nth(i)}`, yaxis: `y${nth(i)}`}));
    });
    const ends = (values: number[]) => (i === 0 && values.length > 1 ? [meanInterval(values).low, meanInterval(values).high] : []);
    const means = drawn.map(({rows: group}) => group.map(of).filter(Number.isFinite)).flatMap(values => [...values, ...ends(values)]);
    const marked = i === 0 ? untrained : [];
    const [least, most] = [Math.min(...means, ...marked, floor ?? Infinity), Math.max(...means, ...marked)];
    const room = 0.09 * (most - least || 1);
    return {
      traces,
      axes: {
        [`xaxis${nth(i)}`]: axis({domain, anchor: `y${nth(i)}`, nticks: i === 0 ? 6 : 3, title: {text: heading, font: {size: size.text}, standoff: 8}, ...(log ? {type: 'log', range: [Math.log10(Math.max(1, least)) - 0.06, Math.log10(most) + 0.12], tickvals: TICKS} : {range: [least - room, most + room]})}),
        [`yaxis${nth(i)}`]: axis({domain: [0, 1], anchor: `x${nth(i)}`, range: [-(drawn.length - 0.5), 0.5], tickvals: drawn.map((_, y) => -y), ticktext: drawn.map(({line}) => wrap(line, WRAP).join('<br>')), showticklabels: i === 0, ticks: ''}),
      } as PlotlyObject,
      shapes: i === 0 && untrained.length > 0 ? [{type: 'line', xref: 'x', yref: 'y domain', x0: meanInterval(untrained).mean, x1: meanInterval(untrained).mean, y0: 0, y1: 1, line: {color: colours.quiet, width: 2, dash: 'dash'}}] : [],
    };
  });
  const seeds = distinct(used.map(row => row.seed)).length;
  const printed = new Map(published?.rows.map(({setting, accuracy}) => [setting, accuracy === null ? 'unstable' : `${(100 * accuracy).toFixed(1)} %`]));
  const annotations: PlotlyObject[] = [
    {text: `<span style="color:${colours.blue}">●</span> sound   <span style="color:${colours.vermilion}">✕</span> sick, says the health panel   ${untrained.length ? '– – untrained' : ''}`,
      xref: 'paper', yref: 'paper', x: 0, y: 1, xanchor: 'left', yanchor: 'top', xshift: 24 - names, yshift: top - 92, showarrow: false, font: {size: size.text}},
    ...(published ? [
      {text: wrap(published.heading, 12).join('<br>'), xref: 'paper', yref: 'paper', x: 1, y: 1, xanchor: 'left', yanchor: 'bottom', xshift: 16, yshift: 6, align: 'left', showarrow: false, font: {size: size.small, color: colours.quiet}},
      ...drawn.flatMap(({line}, y) => (printed.has(line) ? [{text: printed.get(line)!, xref: 'paper', yref: 'y', x: 1, y: -y, xanchor: 'left', yanchor: 'middle', xshift: 16, showarrow: false, font: {size: size.text}}] : [])),
    ] : []),
  ];
  const said = (group: readonly MethodRow[]) => (sick(group) ? `, sick (${distinct(group.map(row => illness(row)).filter(Boolean)).map(sentence => sentence.split(/[:.(]/)[0]!.trim()).join('; ')})` : '');
  return {
    name: `ablation-${title.toLowerCase().replace(/[^a-z]+/g, '-')}-${dataset}`,
    data: panels.flatMap(({traces}) => traces),
    layout: layout({
      title, subtitle: `${dataset}; ${seeds > 1 ? `${seeds} seeds: every one a small point; mean with 95 % t-interval` : 'one seed: no spread known'}`, height, top, bottom, left: names, right: published ? PAPER : 30,
      annotations, shapes: panels.flatMap(({shapes}) => shapes), ...Object.assign({}, ...panels.map(({axes}) => axes)) as PlotlyObject,
    }),
    caption: [
      `${about} Accuracy: ${accuracyNames[accuracy]}, test split of ${dataset}; std × √d of the unit projections (1: sound, 0: all alike) and the directions they spread in (participation ratio), means of the last epoch.`,
      ...(published ? [`At the right: ${published.heading}, another data set and encoder.`] : []),
      `${countsText(used, row => row.variant)}; bars are 95 % t-intervals of the mean over seeds.`,
      provenanceText(used),
    ].join(' '),
    alt: `${title}: ${drawn.map(({line, rows: group}) => `${line} ${meanInterval(group.map(measures[0]!.of)).mean.toFixed(1)} %${said(group)}`).join('; ')}.`,
    credits: [],
    runs: used.map(row => row.run),
    rows: drawn.flatMap(({line, rows: group}) => group.map(({settings, ...row}) => ({line, ...tableRow(row), batch: settings.batch, illness: illness({settings, ...row}), spread: row.course.at(-1)!.collapse!, directions: row.course.at(-1)!.dimensions!}))),
  };
}
