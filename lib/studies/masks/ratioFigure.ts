// How much is hidden at random against what the encoder is worth, how well hidden patches are said and what a step costs, with every seed, and the paper's curves beside it.
// He et al. 2022 (MAE), "Masked Autoencoders Are Scalable Vision Learners", arXiv:2111.06377, fig. 5.

import {meanInterval} from '../../analysis/meanInterval';
import {check} from '../../check';
import type {BaselineRow} from '../../study/baselines';
import type {PublishedMaskRow} from './published';
import {maskRatioFindings} from './ratioFindings';
import type {MaskRow} from './study';
import type {Figure, PlotlyObject, Row} from '../../figures/figure';
import {distinct} from '../../figures/grouped';
import {isUntrained, maskMeasures, maskProvenance, maskSources, maskTableRow, type MaskMeasure} from './texts';
import {accuracyNames, countsText, oneOf, seedsText} from '../../figures/measuredTexts';
import {LABELS, panels, sideLabels, type Panel} from '../../figures/panels';
import {publishedPanel} from '../../figures/publishedPanel';
import {dialAxis, meansOf, meansText, seedCurve, settingsOf, type DialAxis, type Measurement} from '../../figures/seedCurve';
import {colours, layout, legend, mark} from '../../figures/theme';
import {percent} from '../../percent';

export interface MaskRatioFigureOptions {
  /** Those of HOG are lines; the others are left out. The encoder that is not pre-trained is among the rows. */
  baselines?: readonly BaselineRow[];
  /** Only rows about the ratio are drawn, in a panel of their own. */
  published?: readonly PublishedMaskRow[];
  /** @default 'How much to hide: <data set>' */
  title?: string;
}

const dial = {dialName: 'hidden', dialUnit: ' %'} as const;
const accuracy = {...dial, digits: 1, unit: ' %'} as const;

/** Number of colour and mark, and side of the dial's place. */
const styles = {knn: {style: 0, side: -1}, linear: {style: 1, side: 0}, fineTuned: {style: 2, side: 1}} as const satisfies Record<MaskMeasure, object>;

type Measured = {measure: MaskMeasure; values: Measurement[]};
type Line = {measure: MaskMeasure; name: string; value: number; n: number; dash: string};

/**
 * Accuracy of the frozen encoder by neighbours and by a linear probe, and where it was measured after fine-tuning; the paper's; the loss of the last epoch; seconds a step, and the share of tokens that goes through the encoder.
 * Every seed is a point; means carry a 95 % t-interval over seeds. Encoders that were not pre-trained are lines.
 *
 * @param all Of one data set; those whose masks are not random are left out, but for encoders that were not pre-trained.
 * @throws RangeError when there is no row with a random mask, rows are of several data sets, or a ratio has several variants.
 */
export function maskRatioFigure(all: readonly MaskRow[], {baselines = [], published = [], title}: MaskRatioFigureOptions = {}): Figure {
  const [rows, untrained] = [all.filter(row => row.settings.mask?.strategy === 'random'), all.filter(isUntrained)];
  check(rows.length > 0, 'maskRatioFigure', 'expected at least one row with a random mask, got none');
  const dataset = oneOf('maskRatioFigure', 'data set', [...rows, ...untrained], row => row.dataset);
  const variants = distinct(rows.map(row => row.variant));
  check(variants.length === distinct(rows.map(ratioOf)).length, 'maskRatioFigure', `expected one variant at each ratio, got ${variants.join(', ')}`);

  const valuesOf = (of: (row: MaskRow) => number): Measurement[] => rows.map(row => ({dial: ratioOf(row), value: of(row), seed: row.seed, run: row.run})).filter(({value}) => Number.isFinite(value));
  const measured = (Object.keys(maskMeasures) as MaskMeasure[]).map((measure): Measured => ({measure, values: valuesOf(maskMeasures[measure].of)})).filter(({values}) => values.length > 0);
  const lines = measured.flatMap(({measure}) => linesOf(measure, untrained, baselines));
  const [loss, seconds] = [valuesOf(row => row.course.at(-1)!.loss), valuesOf(row => row.secondsPerStep ?? NaN)];
  const paper = published.filter(row => row.ablation === 'ratio').sort((a, b) => a.ratio - b.ratio);
  const tokens = settingsOf(valuesOf(row => row.encoded)).map(ratio => ({ratio, share: percent(rows.find(row => ratioOf(row) === ratio)!.encoded)}));

  const axis = dialAxis('linear', [...rows.map(ratioOf), ...paper.map(row => percent(row.ratio))], settingsOf(measured[0]!.values));
  const curve = (heading: string, values: Measurement[], range: [number, number], tickformat: string, unit = ''): Panel[] =>
    (values.length ? [{heading, height: 140, y: {nticks: 4, tickformat, range}, traces: seedCurve(values, {name: heading, axis, ...dial, digits: 3, unit, style: 3, side: 0, legend: false})}] : []);
  const {data, height, axes, annotations, shapes} = panels([
    accuracyPanel(measured, lines, axis),
    ...(paper.length ? [paperPanel(paper, axis)] : []),
    ...curve('loss of the last epoch', loss, around(loss, 0.1), '.2f'),
    ...curve('seconds a training step, median of a run', seconds, [0, 1.1 * around(seconds, 0)[1]], '~g', ' s'),
    {heading: 'share of tokens that goes through the encoder (%)', height: 130, y: {nticks: 4, tickformat: 'd', range: [0, 105]}, traces: [{
      type: 'scatter', mode: 'lines+markers', name: 'tokens encoded', showlegend: false, x: tokens.map(({ratio}) => ratio), y: tokens.map(({share}) => share),
      line: {color: colours.quiet, width: 3}, marker: {color: colours.quiet, size: 11}, hovertemplate: '%{x} % hidden: %{y:.1f} % of the tokens encoded<extra></extra>',
    }]},
  ], {x: {...axis, title: 'patches hidden (%)'}, top: 180, bottom: 84, gap: 52});

  const sources = maskSources(paper);
  const findings = paper.length && variants.length > 1 ? maskRatioFindings([...rows, ...untrained], paper).filter(({paper}) => paper !== '') : [];
  const names = measured.map(({measure}) => maskMeasures[measure].name);
  const bestText = measured.map(({measure, values}) => `${maskMeasures[measure].name} ${meansText(values, accuracy)}; highest at ${best(meansOf(values).map(({dial, mean}) => [dial, mean]))} %`).join('. ');
  return {
    name: `mask-ratio-${dataset}`,
    data,
    layout: layout({title: title ?? `How much to hide: ${dataset}`, subtitle: seedsText(rows), height, top: 180, bottom: 84, right: LABELS + 20, showlegend: true, legend: legend(height), annotations, shapes, ...axes}),
    caption: [
      `Share of the patches that are hidden at random, against accuracy on the test split of ${dataset} (${[accuracyNames.knn, accuracyNames.linear, 'after fine-tuning of all weights'].slice(0, names.length).join('; ')}), the loss of the last epoch over hidden patches, the seconds of a training step, and the share of tokens that goes through the encoder.`,
      `${countsText(rows, row => row.variant)}; bars are 95 % t-intervals of the mean over seeds.`,
      ...(lines.length ? [`Lines: ${lines.map(({name, measure, n}) => `${name} (${maskMeasures[measure].name}${n > 1 ? `, mean of ${n} seeds` : ''})`).join('; ')}.`] : []),
      maskProvenance([...rows, ...untrained]),
      ...(paper.length ? ['Published values are of other images, a larger encoder and more epochs: for the shape only.'] : []),
      ...(findings.length ? [`Beside the paper: ${findings.map(({question, here, paper, verdict}) => `${question.replace(/\?$/, '')}: ${here}; paper ${paper}: ${verdict}`).join('. ')}.`] : []),
    ].join(' '),
    alt: [
      `Panels over the share of patches that are hidden. ${bestText}.`,
      ...(lines.length ? [`Lines: ${lines.map(({name, measure, value}) => `${name}, ${maskMeasures[measure].name} ${value.toFixed(1)} %`).join('; ')}.`] : []),
      ...(paper.length ? [`Published, ${paper[0]!.source}: ${paper.map(row => `hidden ${percent(row.ratio)} %: fine-tuned ${percent(row.fineTuned).toFixed(1)} %, linear ${percent(row.linear).toFixed(1)} %`).join('; ')}.`] : []),
      `Loss: ${meansText(loss, {...dial, digits: 3, unit: ''})}.`,
      ...(seconds.length ? [`Seconds a step: ${meansText(seconds, {...dial, digits: 3, unit: ''})}.`] : []),
      `Tokens encoded: ${tokens.map(({ratio, share}) => `hidden ${ratio} %: ${share} %`).join(', ')}.`,
    ].join(' '),
    credits: sources,
    runs: [...rows, ...untrained].map(row => row.run),
    rows: [...[...rows, ...untrained].map(maskTableRow), ...baselines.map((row): Row => ({kind: 'baseline', ...row})), ...paper.map((row): Row => ({kind: 'published', ...row}))],
  };
}

/** What was asked for, in percent. */
const ratioOf = ({settings: {mask}}: MaskRow): number => percent(mask!.ratio);

const best = (points: readonly (readonly [dial: number, value: number])[]): number => points.reduce((a, b) => (b[1] > a[1] ? b : a))[0];

/** A range that holds all values and intervals, with room at both ends: a share of it. */
function around(values: readonly Measurement[], share: number, more: readonly number[] = []): [number, number] {
  const all = [...values.map(({value}) => value), ...meansOf(values).flatMap(({low, high}) => [low, high]).filter(Number.isFinite), ...more];
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const room = share * (most - least || Math.abs(most) || 1);
  return [least - room, most + room];
}

/** The same encoder without pre-training, and HOG. */
function linesOf(measure: MaskMeasure, untrained: readonly MaskRow[], baselines: readonly BaselineRow[]): Line[] {
  const values = untrained.map(maskMeasures[measure].of).filter(Number.isFinite);
  const hog = measure === 'fineTuned' ? [] : baselines.filter(({baseline}) => baseline === 'hog').map(row => 100 * row[measure]);
  return [
    ...(values.length ? [{measure, name: measure === 'fineTuned' ? 'from scratch' : 'untrained', value: meanInterval(values).mean, n: values.length, dash: 'dashdot'}] : []),
    ...(hog.length ? [{measure, name: 'HOG', value: meanInterval(hog).mean, n: hog.length, dash: 'dot'}] : []),
  ];
}

/** Lines have the colours of the curves that they are measured as. */
function accuracyPanel(measured: readonly Measured[], lines: readonly Line[], axis: DialAxis): Panel {
  const height = 430;
  const ranges = measured.map(({values}) => around(values, 0));
  const range = around(measured[0]!.values, 0.04, [...ranges.flat(), ...lines.map(({value}) => value)]);
  return {
    heading: 'accuracy, test split (%)', height, y: {nticks: 8, tickformat: 'd', range},
    traces: [
      ...lines.map(({measure, name, value, dash}): PlotlyObject => ({type: 'scatter', mode: 'lines', name, showlegend: false, x: axis.range, y: [value, value], line: {color: mark(styles[measure].style).colour, width: 2, dash},
        hovertemplate: `${name}, ${maskMeasures[measure].name}: %{y:.1f} %<extra></extra>`})),
      ...measured.flatMap(({measure, values}) => seedCurve(values, {name: maskMeasures[measure].name, axis, ...accuracy, ...styles[measure], legend: true})),
    ],
    marks: (x, y) => sideLabels(lines.map(({measure, name, value}) => ({from: 1, value, text: `${name}${measure === 'fineTuned' ? '' : `, ${measure === 'knn' ? 'k-NN' : 'linear'}`} ${value.toFixed(1)}`, colour: mark(styles[measure].style).colour})), range, height, x, y),
  };
}

function paperPanel(rows: readonly PublishedMaskRow[], axis: DialAxis): Panel {
  const [{source, table, method, encoder, dataset, epochs}] = rows as [PublishedMaskRow];
  const curve = (measure: 'fineTuned' | 'linear') => ({name: maskMeasures[measure].name, source, style: styles[measure].style, points: rows.map(row => ({dial: percent(row.ratio), value: percent(row[measure])}))});
  return publishedPanel([curve('fineTuned'), curve('linear')], {heading: `published: ${method}, ${encoder}, ${dataset}, ${epochs} epochs (%)`, height: 300, axis, ...dial, note: `${source}, ${table}`});
}
