// How often the colors alone find the right crop, against the strength of the color jitter, above
// what the same dial does to published accuracies.

import {meanInterval} from '../../analysis/meanInterval';
import {check} from '../../check';
import {distinct} from '../../figures/distinct';
import type {Figure, Row} from '../../figures/figure';
import {oneOf, seedsText} from '../../figures/measuredTexts';
import {LABELS, panels, sideLabels, type Panel, type SideLabel} from '../../figures/panels';
import {publishedPanel, type PublishedCurve} from '../../figures/publishedPanel';
import {
  dialAxis,
  meansOf,
  meansText,
  seedCurve,
  settingsOf,
  type DialAxis,
  type Measurement,
} from '../../figures/seedCurve';
import {strengthText} from '../../figures/strengthText';
import {count, percent, rowsOfKind, sentences, spanOf} from '../../figures/texts';
import {colors, layout} from '../../figures/theme';
import {level} from '../../figures/traces';
import type {PublishedColorStrengthRow} from './published';
import type {ColorShortcutRow} from './trials';

export interface ColorShortcutFigureOptions {
  /** Those without blur are drawn in a panel of their own. */
  published?: readonly PublishedColorStrengthRow[];
  /** @default 'The right crop, found by its colors alone' */
  title?: string;
}

const dialStyle = {dialName: 's', digits: 1, unit: ' %'} as const;
/** Pixels of the panels. */
const heights = {ours: 300, theirs: 260} as const;

/** A line across our panel. */
type Line = {name: string; value: number; dash: string};
const lineText = ({name, value}: Line) => `${name} ${percent(value)}`;

/**
 * @param rows Of one data set and one number of images, at least one of a strength above 0; those
 * of strength 0 (crops alone) and chance are lines.
 * @throws RangeError when there is no such row, or rows of several data sets or numbers of images.
 */
export function colorShortcutFigure(
  rows: readonly ColorShortcutRow[],
  options: ColorShortcutFigureOptions = {},
): Figure {
  const {published = [], title = 'The right crop, found by its colors alone'} = options;
  const jittered = rows
    .filter(row => row.strength > 0)
    .map(({strength, found, seed, dataset}): Measurement => ({dial: strength, value: 100 * found, seed, run: dataset}));
  check(jittered.length > 0, 'colorShortcutFigure', 'expected at least one row of a strength above 0, got none');
  const {images, dataset} = rows[0]!;
  const group = oneOf('colorShortcutFigure', 'data set and one number of images', rows, groupText);
  const alone = rows.filter(row => row.strength === 0).map(row => 100 * row.found);
  const lines: Line[] = [
    ...(alone.length ? [{name: 'crops alone', value: meanInterval(alone).mean, dash: 'solid'}] : []),
    {name: 'chance', value: 100 / images, dash: 'dot'},
  ];
  const shown = published.filter(row => !row.blur).sort((a, b) => a.strength - b.strength);
  const settings = settingsOf(jittered);
  const axis = dialAxis('log', [...settings, ...shown.map(row => row.strength)], settings, strengthText);
  const {data, places} = panels(
    [oursPanel(jittered, axis, lines), ...(shown.length ? [theirPanel(shown, axis)] : [])],
    {
      x: {...axis, title: 'strength s of the color jitter (no unit, logarithmic)'},
      top: 138,
      bottom: 84,
      gap: 58,
    },
  );
  const seeds = distinct(rows.map(row => row.seed)).length;
  const linesText = lines.map(lineText).join(', ');
  const encoders = distinct(shown.map(row => `${row.dataset} of ${row.encoder}`)).join(', ');
  const without = shown.map(row => `s ${strengthText(row.strength)}: ${percent(100 * row.accuracy)}`).join(', ');
  const withLabels = shown.map(row => percent(100 * row.supervised)).join(', ');
  return {
    name: `color-shortcut-${dataset}`,
    data,
    layout: layout({title, subtitle: seedsText(rows), right: LABELS, ...places}),
    caption: sentences(
      `How often, among one random crop of each of ${group}, the one whose color histogram has most in common with ` +
        'another crop is of the same image; both crops under color jitter of strength s.',
      `n = ${jittered.length} drawings of crops, ${count(seeds, 'seed')}; lines: ${linesText}.`,
      shown.length > 0 &&
        `Below, published and for the shape only: top-1 accuracy on ${encoders} trained with the same dial, without ` +
          'labels (linear probe) and with labels.',
    ),
    alt: sentences(
      'Curve over the strength of the color jitter.',
      `Right crop found: ${meansText(jittered, dialStyle)}; ${linesText}.`,
      shown.length > 0 && `Published accuracy without labels: ${without}; with labels: ${withLabels}.`,
    ),
    credits: distinct(shown.map(row => `${row.source}, arXiv:${row.arxiv}, ${row.table}`)),
    runs: [],
    rows: [...rows.map(measuredRow), ...rowsOfKind('published', published)],
  };
}

const groupText = ({images, dataset}: ColorShortcutRow): string => `${images} images of ${dataset}`;

/** For a table, without the histograms. */
const measuredRow = ({sameShares: _s, differentShares: _d, ...row}: ColorShortcutRow): Row => ({
  kind: 'measured',
  ...row,
});

function oursPanel(values: readonly Measurement[], axis: DialAxis, lines: readonly Line[]): Panel {
  const highs = meansOf(values).map(({high}) => high);
  const [, most] = spanOf([...[...values, ...lines].map(({value}) => value), ...highs]);
  const range: [number, number] = [0, Math.min(100, 1.08 * most)];
  const label = (line: Line): SideLabel => ({from: 1, value: line.value, text: lineText(line), color: colors.quiet});
  return {
    heading: 'right crop found by color histogram (%)',
    height: heights.ours,
    y: {nticks: 6, tickformat: 'd', range},
    traces: [
      ...seedCurve(values, {name: 'found', axis, ...dialStyle, style: 0, side: 0, legend: false}),
      ...lines.map(({name, value, dash}) =>
        level(name, value, {color: colors.quiet, width: 2, dash, hover: `${name}: %{y:.1f} %`}),
      ),
    ],
    marks: axes => sideLabels(lines.map(label), range, heights.ours, axes),
  };
}

function theirPanel(rows: readonly PublishedColorStrengthRow[], axis: DialAxis): Panel {
  const {source, table, dataset, encoder} = rows[0]!;
  const curve = (name: string, style: number, of: (row: PublishedColorStrengthRow) => number): PublishedCurve => ({
    name,
    source,
    style,
    points: rows.map(row => ({dial: row.strength, value: 100 * of(row)})),
  });
  const curves = [curve('SimCLR', 2, row => row.accuracy), curve('with labels', 3, row => row.supervised)];
  return publishedPanel(curves, {
    heading: `published: top-1 on ${dataset}, ${encoder} (%)`,
    height: heights.theirs,
    axis,
    dialName: 's',
    note: `${source}, ${table}`,
  });
}
