// A dial's own curve: what two views share, estimated twice, and what encoders are worth, over
// where the dial stands. Tian et al. 2020 (InfoMin), "What Makes for Good Views for Contrastive
// Learning?", arXiv:2005.10243, sec. 3.2.

import {check} from '../../check';
import {differencePanel, differencesText} from '../../figures/differencePanel';
import type {Figure} from '../../figures/figure';
import {
  baselineLines,
  heldOutText,
  informationMeasures,
  informationRow,
  type Measure,
} from '../../figures/informationPanel';
import {BARS, countsText, oneOf, provenanceText, seedsText} from '../../figures/measuredTexts';
import {across, type Axes} from '../../figures/notes';
import {LABELS, panels, sideLabels, type Marks, type Panel} from '../../figures/panels';
import {
  dialAxis,
  meansOf,
  meansText,
  seedCurve,
  settingsOf,
  type DialAxis,
  type Measurement,
} from '../../figures/seedCurve';
import {capital, percent, roomyRange, rowsOfKind, sentences, spanOf} from '../../figures/texts';
import {colors, layout} from '../../figures/theme';
import type {BaselineRow} from '../../study/baselines';
import {differencesTo} from '../../study/pairedDifference';
import {viewDials} from './dials';
import {encoderText} from './figure';
import type {ViewRow} from './study';

/** Options of {@link viewDialFigure}. */
export interface ViewDialFigureOptions {
  /** Those of the untrained encoder and of HOG are lines across. */
  baselines?: readonly BaselineRow[];
  /**
   * The setting with which the others are compared, image by image.
   * @default the middle one
   */
  reference?: number;
  /** [n] family of each test image, for the intervals of differences. @default each its own */
  families?: ArrayLike<number>;
  /** Above the figure. @default the dial's title */
  title?: string;
}

/** Pixels of the panels. */
const heights = {information: 260, accuracy: 220} as const;

/** What is drawn of the information. */
const estimates = [
  {name: 'I_NCE', of: (row: ViewRow) => row.information, side: -1},
  {name: 'Donsker-Varadhan', of: (row: ViewRow) => row.donskerVaradhan, side: 1},
] as const;

const measured = (rows: readonly ViewRow[], of: (row: ViewRow) => number): Measurement[] =>
  rows.map(row => ({dial: row.value, value: of(row), seed: row.seed, run: row.run}));

/** The axis of a dial, and what it is called in a hover. */
type Dial = {axis: DialAxis; short: string};

/**
 * Above, I_NCE of held-out pairs and the second estimate; below it a panel for each accuracy, and the
 * linear probe's differences to one setting. Every seed is a small point; means carry 95 % t-intervals.
 * The axis is logarithmic where values are above 0 and span a factor of ten.
 *
 * @param rows Of one data set, dial and encoder.
 * @throws RangeError when there is no row, or rows are of several data sets, dials or encoders.
 */
export function viewDialFigure(rows: readonly ViewRow[], options: ViewDialFigureOptions = {}): Figure {
  const {baselines = [], families, title} = options;
  const [first] = rows;
  check(first !== undefined, 'viewDialFigure', 'expected at least one row, got none');
  const dataset = oneOf('viewDialFigure', 'data set', rows, row => row.dataset);
  const dial = oneOf('viewDialFigure', 'dial', rows, row => row.dial);
  oneOf('viewDialFigure', 'K, τ and encoder', rows, encoderText);
  const {title: dialTitle, short} = viewDials[dial];
  const values = rows.map(({value}) => value);
  const [least, most] = spanOf(values);
  const type = least > 0 && most / least >= 10 ? 'log' : 'linear';
  const axis = dialAxis(type, values);
  const measures = informationMeasures(dataset, Object.keys(first.transfer));
  const settings = settingsOf(measured(rows, row => row.information));
  const {reference = settings[Math.floor(settings.length / 2)]!} = options;
  const compared = {reference, nameOf: (value: number) => `${short} ${value}`, style: 2};
  const differences = differencesTo(rows, reference, row => row.value, {families, reader: 'linear'});
  const {data, places} = panels(
    [
      informationPanel(rows, first, {axis, short}),
      ...measures.flatMap((measure, i) => [
        accuracyPanel(rows, measure, {axis, short}, i + 2, baselines),
        ...(i === 0 && differences.length ? [differencePanel(differences, compared)] : []),
      ]),
    ],
    {x: {...axis, title: `${dialTitle}${type === 'log' ? ' (logarithmic)' : ''}`}, top: 180, bottom: 84, gap: 56},
  );
  const pairs = heldOutText(dataset, first.settings.pairs);
  return {
    name: `view-dial-${dial.toLowerCase()}-${dataset}`,
    data,
    layout: layout({
      title: title ?? capital(dialTitle),
      subtitle: `${dataset}; ${seedsText(rows)}`,
      right: LABELS,
      legend: true,
      ...places,
    }),
    caption: sentences(
      `Information of two views, of ${pairs}, by each run's own encoder: I_NCE, with its two ceilings, log K and ` +
        'that of cosines over τ, and the same scores as Donsker and Varadhan read them, over all pairs at once, ' +
        'which has neither. Below: what the same encoders are worth.',
      `${countsText(rows, row => String(row.value))}; ${BARS}.`,
      differences.length > 0 &&
        `Differences: the linear probe of the same test images at each setting and at ${short} ${reference}, paired; ` +
          'intervals over seeds and images.',
      baselines.length > 0 && 'Lines across: the same protocol on the untrained encoder and on HOG.',
      provenanceText(rows),
    ),
    alt: sentences(
      ...estimates.map(
        ({name, of}) => `${name}: ${meansText(measured(rows, of), {dialName: short, digits: 2, unit: ' nats'})}.`,
      ),
      ...measures.map(
        ({heading, of}) => `${heading}: ${meansText(measured(rows, of), {dialName: short, digits: 1, unit: ' %'})}.`,
      ),
      differences.length > 0 && `Linear probe: ${differencesText(differences, compared)}.`,
    ),
    credits: [],
    runs: rows.map(row => row.run),
    rows: [...rows.map(informationRow), ...rowsOfKind('baseline', baselines)],
  };
}

function informationPanel(rows: readonly ViewRow[], first: ViewRow, {axis, short}: Dial): Panel {
  const {
    logK,
    cosineCeiling,
    settings: {candidates, temperature},
  } = first;
  const lows = estimates.flatMap(({of}) => [...rows.map(of), ...meansOf(measured(rows, of)).map(({low}) => low)]);
  const range: [number, number] = [Math.min(0, ...lows.filter(Number.isFinite)) - 0.15, logK + 0.3];
  const ceilings = [
    {name: 'log K', value: logK, dash: 'solid'},
    {name: 'cosines', value: cosineCeiling, dash: 'dash'},
  ].map(line => ({...line, text: `${line.name} ${line.value.toFixed(2)}`}));
  return {
    heading: `information of two views (nats; K = ${candidates}, τ = ${temperature})`,
    height: heights.information,
    y: {nticks: 7, range},
    traces: estimates.flatMap(({name, of, side}, i) =>
      seedCurve(measured(rows, of), {
        axis,
        dialName: short,
        name,
        digits: 2,
        unit: ' nats',
        style: i,
        side,
        legend: true,
      }),
    ),
    marks: axes => linesAcross(ceilings, range, heights.information, axes),
  };
}

function accuracyPanel(
  rows: readonly ViewRow[],
  measure: Measure,
  {axis, short}: Dial,
  style: number,
  baselines: readonly BaselineRow[],
): Panel {
  const {heading, name, of} = measure;
  const values = measured(rows, of);
  const lines = baselineLines(baselines, measure).map(({name: baseline, value}) => ({
    value,
    text: `${baseline} ${percent(value)}`,
    dash: 'dashdot',
  }));
  const ends = meansOf(values).flatMap(({low, high}) => [low, high]);
  const range = roomyRange([...[...values, ...lines].map(({value}) => value), ...ends], 0.08);
  return {
    heading,
    height: heights.accuracy,
    y: {nticks: 5, tickformat: 'd', range},
    traces: seedCurve(values, {
      axis,
      dialName: short,
      name,
      digits: 1,
      unit: ' %',
      style,
      side: 0,
      legend: false,
    }),
    marks: axes => linesAcross(lines, range, heights.accuracy, axes),
  };
}

/** Lines across a panel, with their texts at the right. */
function linesAcross(
  lines: readonly {text: string; value: number; dash: string}[],
  range: [number, number],
  height: number,
  axes: Axes,
): Marks {
  const labels = lines.map(({value, text}) => ({from: 1, value, text, color: colors.quiet}));
  const {annotations, shapes} = sideLabels(labels, range, height, axes);
  const drawn = lines.map(({value, dash}) => across(axes, value, {color: colors.quiet, width: 1.5, dash}));
  return {annotations, shapes: [...shapes, ...drawn]};
}
