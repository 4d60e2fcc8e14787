// A dial's own curve: what two views share, estimated twice, and what encoders are worth, over where the dial stands.
// Tian et al. 2020 (InfoMin), "What Makes for Good Views for Contrastive Learning?", arXiv:2005.10243, sec. 3.2.

import {meanInterval} from '../../analysis/meanInterval';
import {check} from '../../check';
import type {BaselineRow} from '../../study/baselines';
import {viewDials} from './dials';
import type {ViewRow} from './study';
import type {Figure, PlotlyObject, Row} from '../../figures/figure';
import {distinct} from '../../figures/grouped';
import {heldOutText, informationMeasures, type Measure} from '../../figures/informationPanel';
import {countsText, oneOf, provenanceText, seedsText, tableRow} from '../../figures/measuredTexts';
import {LABELS, panels, sideLabels, type Marks, type Panel} from '../../figures/panels';
import {dialAxis, meansOf, meansText, seedCurve, type DialAxis, type Measurement} from '../../figures/seedCurve';
import {colors, layout, legend} from '../../figures/theme';

export interface ViewDialFigureOptions {
  /** Those of the untrained encoder and of HOG are lines across. */
  baselines?: readonly BaselineRow[];
  /** @default the dial's title */
  title?: string;
}

/** Pixels: of the panel of information, and of each accuracy. */
const [INFORMATION, ACCURACY] = [260, 220];

/**
 * Above, I_NCE of held-out pairs and the second estimate; below it a panel for each accuracy. Every seed is a small point; means carry 95 % t-intervals. The axis is logarithmic where values are above 0 and span a factor of ten.
 *
 * @param rows Of one data set, dial and encoder.
 * @throws RangeError when there is no row, or rows are of several data sets, dials or encoders.
 */
export function viewDialFigure(rows: readonly ViewRow[], {baselines = [], title}: ViewDialFigureOptions = {}): Figure {
  check(rows.length > 0, 'viewDialFigure', 'expected at least one row, got none');
  const [dataset, dial] = [oneOf('viewDialFigure', 'data set', rows, row => row.dataset), oneOf('viewDialFigure', 'dial', rows, row => row.dial)];
  oneOf('viewDialFigure', 'K, τ and encoder', rows, ({settings: {candidates, temperature, backbone}}) => `${candidates}, ${temperature}, ${backbone}`);
  const {title: dialTitle, short} = viewDials[dial];
  const values = distinct(rows.map(({value}) => value)), [least, most] = [Math.min(...values), Math.max(...values)];
  const type = least > 0 && most / least >= 10 ? 'log' : 'linear';
  const axis = dialAxis(type, values);
  const measured = (of: (row: ViewRow) => number): Measurement[] => rows.map(row => ({dial: row.value, value: of(row), seed: row.seed, run: row.run}));
  const common = {axis, dialName: short} as const;
  const [{logK, cosineCeiling, settings: {candidates, temperature, pairs}}] = rows as [ViewRow];
  const estimates = [{name: 'I_NCE', of: (row: ViewRow) => row.information, side: -1}, {name: 'Donsker-Varadhan', of: (row: ViewRow) => row.donskerVaradhan, side: 1}] as const;
  const range: [number, number] = [Math.min(0, ...estimates.flatMap(({of}) => [...rows.map(of), ...meansOf(measured(of)).map(({low}) => low)]).filter(Number.isFinite)) - 0.15, logK + 0.3];
  const measures = informationMeasures(dataset, Object.keys(rows[0]!.transfer));
  const {data, height, axes, annotations, shapes} = panels([
    {
      heading: `information of two views (nats; K = ${candidates}, τ = ${temperature})`, height: INFORMATION, y: {nticks: 7, range}, traces: estimates.flatMap(({name, of, side}, i) => seedCurve(measured(of), {...common, name, digits: 2, unit: ' nats', style: i, side, legend: true})),
      marks: (x, y) => across([{name: 'log K', value: logK, dash: 'solid'}, {name: 'cosines', value: cosineCeiling, dash: 'dash'}], ({name, value}) => `${name} ${value.toFixed(2)}`, range, INFORMATION, x, y),
    },
    ...measures.map((measure, i) => accuracyPanel(measure, measured(measure.of), axis, short, i + 2, baselines)),
  ], {x: {...axis, title: `${dialTitle}${type === 'log' ? ' (logarithmic)' : ''}`}, top: 180, bottom: 84, gap: 56});
  return {
    name: `view-dial-${dial.toLowerCase()}-${dataset}`,
    data,
    layout: layout({title: title ?? `${dialTitle[0]!.toUpperCase()}${dialTitle.slice(1)}`, subtitle: `${dataset}; ${seedsText(rows)}`, height, top: 180, bottom: 84, right: LABELS, showlegend: true, legend: legend(height), annotations, shapes, ...axes}),
    caption: [
      `Information of two views, of ${heldOutText(dataset, pairs)}, by each run's own encoder: I_NCE, with its two ceilings, log K and that of cosines over τ, and the same scores as Donsker and Varadhan read them, over all pairs at once, which has neither. Below: what the same encoders are worth.`,
      `${countsText(rows, row => String(row.value))}; bars are 95 % t-intervals of the mean over seeds.`, ...(baselines.length ? ['Lines across: the same protocol on the untrained encoder and on HOG.'] : []), provenanceText(rows),
    ].join(' '),
    alt: [...estimates.map(({name, of}) => `${name}: ${meansText(measured(of), {dialName: short, digits: 2, unit: ' nats'})}.`), ...measures.map(({heading, of}) => `${heading}: ${meansText(measured(of), {dialName: short, digits: 1, unit: ' %'})}.`)].join(' '),
    credits: [],
    runs: rows.map(row => row.run),
    rows: [...rows.map(({transfer, ...row}): Row => ({...tableRow(row), ...Object.fromEntries(Object.entries(transfer).map(([name, read]) => [`transfer ${name}`, read]))})), ...baselines.map((row): Row => ({kind: 'baseline', ...row}))],
  };
}

function accuracyPanel({heading, name, baseline}: Measure, values: readonly Measurement[], axis: DialAxis, short: string, style: number, baselines: readonly BaselineRow[]): Panel {
  const lines = baseline === null ? [] : ([['untrained', 'untrained'], ['hog', 'HOG']] as const).flatMap(([kind, name]) => {
    const group = baselines.filter(row => row.baseline === kind);
    return group.length ? [{name, value: meanInterval(group.map(row => 100 * row[baseline])).mean}] : [];
  });
  const all = [...[...values, ...lines].map(({value}) => value), ...meansOf(values).flatMap(({low, high}) => [low, high].filter(Number.isFinite))], [least, most] = [Math.min(...all), Math.max(...all)], room = 0.08 * (most - least || 1);
  const range: [number, number] = [least - room, most + room];
  return {
    heading, height: ACCURACY, y: {nticks: 5, tickformat: 'd', range}, traces: seedCurve(values, {axis, dialName: short, name, digits: 1, unit: ' %', style, side: 0, legend: false}),
    marks: (x, y) => across(lines.map(line => ({...line, dash: 'dashdot'})), ({name, value}) => `${name} ${value.toFixed(1)} %`, range, ACCURACY, x, y),
  };
}

/** Lines across a panel, with their names at the right. */
function across(lines: readonly {name: string; value: number; dash: string}[], text: (line: {name: string; value: number}) => string, range: [number, number], height: number, x: string, y: string): Marks {
  const {annotations, shapes} = sideLabels(lines.map(line => ({from: 1, value: line.value, text: text(line), color: colors.quiet})), range, height, x, y);
  return {annotations, shapes: [...shapes, ...lines.map(({value, dash}): PlotlyObject => ({type: 'line', xref: `${x} domain`, yref: y, x0: 0, x1: 1, y0: value, y1: value, line: {color: colors.quiet, width: 1.5, dash}}))]};
}
