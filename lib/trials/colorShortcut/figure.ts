// How often the colors alone find the right crop, against the strength of the color jitter, above what the same dial does to published accuracies.

import {meanInterval} from '../../analysis/meanInterval';
import {check} from '../../check';
import type {ColorShortcutRow} from './trials';
import type {PublishedColorStrengthRow} from './published';
import type {Figure, PlotlyObject, Row} from '../../figures/figure';
import {distinct} from '../../figures/grouped';
import {seedsText} from '../../figures/measuredTexts';
import {LABELS, panels, sideLabels, type Panel} from '../../figures/panels';
import {publishedPanel, type PublishedCurve} from '../../figures/publishedPanel';
import {dialAxis, meansOf, meansText, seedCurve, settingsOf, type DialAxis, type Measurement} from '../../figures/seedCurve';
import {strengthText} from '../../figures/strengthText';
import {colors, layout} from '../../figures/theme';

export interface ColorShortcutFigureOptions {
  /** Those without blur are drawn in a panel of their own. */
  published?: readonly PublishedColorStrengthRow[];
  /** @default 'The right crop, found by its colors alone' */
  title?: string;
}

const percent = (share: number) => 100 * share;
const style = {dialName: 's', digits: 1, unit: ' %'} as const;
const [OURS, THEIRS] = [300, 260];

/**
 * @param rows Of one data set and one number of images, at least one of a strength above 0; those of strength 0 (crops alone) and chance are lines.
 * @throws RangeError when there is no such row, or rows of several data sets or numbers of images.
 */
export function colorShortcutFigure(rows: readonly ColorShortcutRow[], {published = [], title = 'The right crop, found by its colors alone'}: ColorShortcutFigureOptions = {}): Figure {
  const jittered: Measurement[] = rows.filter(row => row.strength > 0).map(row => ({dial: row.strength, value: percent(row.found), seed: row.seed, run: row.dataset}));
  check(jittered.length > 0, 'colorShortcutFigure', 'expected at least one row of a strength above 0, got none');
  const groups = distinct(rows.map(row => `${row.images} images of ${row.dataset}`));
  check(groups.length === 1, 'colorShortcutFigure', `expected rows of one data set and one number of images, got ${groups.join(', ')}`);
  const alone = rows.filter(row => row.strength === 0).map(row => percent(row.found));
  const lines = [
    ...(alone.length ? [{name: 'crops alone', value: meanInterval(alone).mean, dash: 'solid'}] : []),
    {name: 'chance', value: 100 / rows[0]!.images, dash: 'dot'},
  ];
  const shown = published.filter(row => !row.blur).sort((a, b) => a.strength - b.strength);
  const axis = dialAxis('log', [...settingsOf(jittered), ...shown.map(row => row.strength)], settingsOf(jittered), strengthText);
  const {data, height, axes, annotations, shapes} = panels([oursPanel(jittered, axis, lines), ...(shown.length ? [theirPanel(shown, axis)] : [])], {
    x: {...axis, title: 'strength s of the color jitter (no unit, logarithmic)'}, top: 138, bottom: 84, gap: 58,
  });
  const seeds = distinct(rows.map(row => row.seed)).length;
  const sources = distinct(shown.map(row => `${row.source}, arXiv:${row.arxiv}, ${row.table}`));
  const lineText = lines.map(({name, value}) => `${name} ${value.toFixed(1)} %`).join(', ');
  return {
    name: `color-shortcut-${rows[0]!.dataset}`,
    data,
    layout: layout({title, subtitle: seedsText(rows), height, top: 138, bottom: 84, right: LABELS, annotations, shapes, ...axes}),
    caption: `How often, among one random crop of each of ${groups[0]}, the one whose color histogram has most in common with another crop is of the same image; both crops under color jitter of strength s. `
      + `n = ${jittered.length} drawings of crops, ${seeds} seed${seeds === 1 ? '' : 's'}; lines: ${lineText}.`
      + `${shown.length ? ` Below, published and for the shape only: top-1 accuracy on ${distinct(shown.map(row => `${row.dataset} of ${row.encoder}`)).join(', ')} trained with the same dial, without labels (linear probe) and with labels.` : ''}`,
    alt: `Curve over the strength of the color jitter. Right crop found: ${meansText(jittered, style)}; ${lineText}.`
      + `${shown.length ? ` Published accuracy without labels: ${shown.map(row => `s ${strengthText(row.strength)}: ${percent(row.accuracy).toFixed(1)} %`).join(', ')}; with labels: ${shown.map(row => `${percent(row.supervised).toFixed(1)} %`).join(', ')}.` : ''}`,
    credits: sources,
    runs: [],
    rows: [...rows.map(({sameShares: _s, differentShares: _d, ...row}): Row => ({kind: 'measured', ...row})), ...published.map((row): Row => ({kind: 'published', ...row}))],
  };
}

function oursPanel(values: readonly Measurement[], axis: DialAxis, lines: readonly {name: string; value: number; dash: string}[]): Panel {
  const highs = meansOf(values).map(({high}) => high).filter(Number.isFinite);
  const range: [number, number] = [0, Math.min(100, 1.08 * Math.max(...highs, ...[...values, ...lines].map(({value}) => value)))];
  return {
    heading: 'right crop found by color histogram (%)', height: OURS, y: {nticks: 6, tickformat: 'd', range},
    traces: [
      ...seedCurve(values, {name: 'found', axis, ...style, style: 0, side: 0, legend: false}),
      ...lines.map(({name, value, dash}): PlotlyObject => ({type: 'scatter', mode: 'lines', name, showlegend: false, x: [1e-6, 1e6], y: [value, value], line: {color: colors.quiet, width: 2, dash}, hovertemplate: `${name}: %{y:.1f} %<extra></extra>`})),
    ],
    marks: (x, y) => sideLabels(lines.map(({name, value}) => ({from: 1, value, text: `${name} ${value.toFixed(1)} %`, color: colors.quiet})), range, OURS, x, y),
  };
}

function theirPanel(rows: readonly PublishedColorStrengthRow[], axis: DialAxis): Panel {
  const [{source, table, dataset, encoder}] = rows as [PublishedColorStrengthRow];
  const curve = (name: string, style: number, of: (row: PublishedColorStrengthRow) => number): PublishedCurve => ({name, source, style, points: rows.map(row => ({dial: row.strength, value: percent(of(row))}))});
  return publishedPanel([curve('SimCLR', 2, row => row.accuracy), curve('with labels', 3, row => row.supervised)], {heading: `published: top-1 on ${dataset}, ${encoder} (%)`, height: THEIRS, axis, dialName: 's', note: `${source}, ${table}`});
}
