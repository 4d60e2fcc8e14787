// How much is hidden at random against what the encoder is worth, how well hidden patches are said
// and what a step costs, with every seed, and the paper's curves beside it.
// He et al. 2022 (MAE), "Masked Autoencoders Are Scalable Vision Learners", arXiv:2111.06377, fig.
// 5.

import {greatest, least} from 'd3-array';
import {meanInterval} from '../../analysis/meanInterval';
import {check} from '../../check';
import {differencePanel, differencesText} from '../../figures/differencePanel';
import {distinct} from '../../figures/distinct';
import type {Figure} from '../../figures/figure';
import {accuracyNames, BARS, countsText, oneOf, seedsText} from '../../figures/measuredTexts';
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
import {percent, rowsOfKind, sentences, spanOf} from '../../figures/texts';
import {colors, layout, mark} from '../../figures/theme';
import {level, line} from '../../figures/traces';
import {inPercent} from '../../percent';
import type {BaselineRow} from '../../study/baselines';
import {differencesTo} from '../../study/pairedDifference';
import type {PublishedMaskRow} from './published';
import {maskRatioFindings, type MaskRatioFinding} from './ratioFindings';
import type {MaskRow} from './study';
import {isUntrained, maskMeasures, maskProvenance, maskSources, maskTableRow, type MaskMeasure} from './texts';

export interface MaskRatioFigureOptions {
  /**
   * Those of HOG are lines; the others are left out. The encoder that is not pre-trained is among
   * the rows.
   */
  baselines?: readonly BaselineRow[];
  /** Only rows about the ratio are drawn, in a panel of their own. */
  published?: readonly PublishedMaskRow[];
  /**
   * The share hidden, in percent, with which the others are compared, image by image.
   * @default that nearest to 75, He et al.'s
   */
  reference?: number;
  /** [n] family of each test image, for the intervals of differences. @default each its own */
  families?: ArrayLike<number>;
  /** @default 'How much to hide: <data set>' */
  title?: string;
}

const dial = {dialName: 'hidden', dialUnit: ' %'} as const;
const accuracy = {...dial, digits: 1, unit: ' %'} as const;

/** Number of color and mark, and side of the dial's place. */
const styles = {
  knn: {style: 0, side: -1},
  linear: {style: 1, side: 0},
  fineTuned: {style: 2, side: 1},
} as const satisfies Record<MaskMeasure, object>;

const nameOf = (measure: MaskMeasure) => maskMeasures[measure].name;
const colorOf = (measure: MaskMeasure) => mark(styles[measure].style).color;

/** Pixels above, below and between the panels. */
const spacing = {top: 180, bottom: 84, gap: 52} as const;
/** Pixels of the panels. */
const heights = {accuracy: 430, published: 300, curve: 140, tokens: 130} as const;

type Measured = {measure: MaskMeasure; values: Measurement[]};
type Line = {measure: MaskMeasure; name: string; value: number; n: number; dash: string};
type Tokens = {ratio: number; share: number};

/**
 * Accuracy of the frozen encoder by neighbors and by a linear probe, and where it was measured
 * after fine-tuning; differences of the probe to one ratio; the paper's accuracies; the loss of the last
 * epoch; seconds a step, and the share of tokens that goes through the encoder. Every seed is a point;
 * means carry a 95 % t-interval over seeds. Encoders that were not pre-trained are lines.
 *
 * @param all Of one data set; those whose masks are not random are left out, but for encoders that
 * were not pre-trained.
 * @throws RangeError when there is no row with a random mask, rows are of several data sets, or a
 * ratio has several variants.
 */
export function maskRatioFigure(all: readonly MaskRow[], options: MaskRatioFigureOptions = {}): Figure {
  const {baselines = [], published = [], families, title} = options;
  const rows = all.filter(row => row.settings.mask?.strategy === 'random');
  const untrained = all.filter(isUntrained);
  const used = [...rows, ...untrained];
  check(rows.length > 0, 'maskRatioFigure', 'expected at least one row with a random mask, got none');
  const dataset = oneOf('maskRatioFigure', 'data set', used, row => row.dataset);
  const variants = distinct(rows.map(row => row.variant));
  const one = variants.length === distinct(rows.map(ratioOf)).length;
  check(one, 'maskRatioFigure', `expected one variant at each ratio, got ${variants.join(', ')}`);

  const valuesOf = (of: (row: MaskRow) => number): Measurement[] =>
    rows
      .map(row => ({dial: ratioOf(row), value: of(row), seed: row.seed, run: row.run}))
      .filter(({value}) => Number.isFinite(value));
  const measured = (Object.keys(maskMeasures) as MaskMeasure[])
    .map((measure): Measured => ({measure, values: valuesOf(maskMeasures[measure].of)}))
    .filter(({values}) => values.length > 0);
  const lines = measured.flatMap(({measure}) => linesOf(measure, untrained, baselines));
  const loss = valuesOf(row => row.course.at(-1)!.loss);
  const seconds = valuesOf(row => row.secondsPerStep ?? NaN);
  const paper = published.filter(row => row.ablation === 'ratio').sort((a, b) => a.ratio - b.ratio);
  const tokens = settingsOf(valuesOf(row => row.encoded)).map((ratio): Tokens => ({
    ratio,
    share: inPercent(rows.find(row => ratioOf(row) === ratio)!.encoded),
  }));

  const settings = settingsOf(measured[0]!.values);
  const {reference = least(settings, ratio => Math.abs(ratio - 75))!} = options;
  const compared = {reference, nameOf: (ratio: number) => `${ratio} % hidden`, style: styles.linear.style};
  const differences = differencesTo(rows, reference, ratioOf, {families, reader: 'linear'});

  const ratios = [...rows.map(ratioOf), ...paper.map(row => inPercent(row.ratio))];
  const axis = dialAxis('linear', ratios, settings);
  const curve = (name: string, values: readonly Measurement[], y: Panel['y'], unit = ''): Panel => ({
    heading: name,
    height: heights.curve,
    y: {nticks: 4, ...y},
    traces: seedCurve(values, {name, axis, ...dial, digits: 3, unit, style: 3, side: 0, legend: false}),
  });
  const {data, places} = panels(
    [
      accuracyPanel(measured, lines, axis),
      ...(differences.length ? [differencePanel(differences, compared)] : []),
      ...(paper.length ? [paperPanel(paper, axis)] : []),
      ...(loss.length ? [curve('loss of the last epoch', loss, {tickformat: '.2f', range: around(loss, 0.1)})] : []),
      ...(seconds.length
        ? [curve('seconds a training step, median of a run', seconds, secondsAxis(seconds), ' s')]
        : []),
      tokensPanel(tokens),
    ],
    {x: {...axis, title: 'patches hidden (%)'}, ...spacing},
  );

  const findings = paper.length && variants.length > 1 ? maskRatioFindings(used, paper) : [];
  const beside = findings.filter(finding => finding.paper !== '').map(findingText);
  const accuracies = [accuracyNames.knn, accuracyNames.linear, 'after fine-tuning of all weights'];
  const sources = maskSources(paper);
  return {
    name: `mask-ratio-${dataset}`,
    data,
    layout: layout({
      title: title ?? `How much to hide: ${dataset}`,
      subtitle: seedsText(rows),
      right: LABELS + 20,
      legend: true,
      ...places,
    }),
    caption: sentences(
      `Share of the patches that are hidden at random, against accuracy on the test split of ${dataset} ` +
        `(${accuracies.slice(0, measured.length).join('; ')}), the loss of the last epoch over hidden patches, the ` +
        'seconds of a training step, and the share of tokens that goes through the encoder.',
      `${countsText(rows, row => row.variant)}; ${BARS}.`,
      differences.length > 0 &&
        `Below: the linear probe of the same test images at each ratio and at ${reference} %, paired; intervals over ` +
          'seeds and images.',
      lines.length > 0 && `Lines: ${lines.map(lineText).join('; ')}.`,
      maskProvenance(used),
      paper.length > 0 && 'Published values are of other images, a larger encoder and more epochs: for the shape only.',
      beside.length > 0 && `Beside the paper: ${beside.join('. ')}.`,
    ),
    alt: sentences(
      'Panels over the share of patches that are hidden.',
      `${measured.map(bestText).join('. ')}.`,
      differences.length > 0 && `Linear probe: ${differencesText(differences, compared)}.`,
      lines.length > 0 &&
        `Lines: ${lines.map(({name, measure, value}) => `${name}, ${nameOf(measure)} ${percent(value)}`).join('; ')}.`,
      paper.length > 0 && `Published, ${paper[0]!.source}: ${paper.map(paperText).join('; ')}.`,
      `Loss: ${meansText(loss, {...dial, digits: 3, unit: ''})}.`,
      seconds.length > 0 && `Seconds a step: ${meansText(seconds, {...dial, digits: 3, unit: ''})}.`,
      `Tokens encoded: ${tokens.map(({ratio, share}) => `hidden ${ratio} %: ${share} %`).join(', ')}.`,
    ),
    credits: sources,
    runs: used.map(row => row.run),
    rows: [...used.map(maskTableRow), ...rowsOfKind('baseline', baselines), ...rowsOfKind('published', paper)],
  };
}

/** What was asked for, in percent. */
const ratioOf = ({settings: {mask}}: MaskRow): number => inPercent(mask!.ratio);

const findingText = ({question, here, paper, verdict}: MaskRatioFinding): string =>
  `${question.replace(/\?$/, '')}: ${here}; paper ${paper}: ${verdict}`;

/** "untrained (k-NN, mean of 3 seeds)". */
const lineText = ({name, measure, n}: Line): string =>
  `${name} (${nameOf(measure)}${n > 1 ? `, mean of ${n} seeds` : ''})`;

function bestText({measure, values}: Measured): string {
  const best = greatest(meansOf(values), ({mean}) => mean);
  return `${nameOf(measure)} ${meansText(values, accuracy)}; highest at ${best?.dial} %`;
}

const paperText = ({ratio, fineTuned, linear}: PublishedMaskRow): string =>
  `hidden ${inPercent(ratio)} %: fine-tuned ${percent(100 * fineTuned)}, linear ${percent(100 * linear)}`;

/** A range that holds all values and intervals, with room at both ends: a share of it. */
function around(values: readonly Measurement[], share: number, more: readonly number[] = []): [number, number] {
  const ends = meansOf(values).flatMap(({low, high}) => [low, high]);
  const [from, to] = spanOf([...values.map(({value}) => value), ...ends, ...more]);
  const room = share * (to - from || Math.abs(to) || 1);
  return [from - room, to + room];
}

/** From 0. */
const secondsAxis = (seconds: readonly Measurement[]): Panel['y'] => ({
  tickformat: '~g',
  range: [0, 1.1 * around(seconds, 0)[1]],
});

/** The same encoder without pre-training, and HOG. */
function linesOf(measure: MaskMeasure, untrained: readonly MaskRow[], baselines: readonly BaselineRow[]): Line[] {
  const values = untrained.map(maskMeasures[measure].of).filter(Number.isFinite);
  const lineOf = (name: string, dash: string, accuracies: readonly number[]): Line[] => {
    if (accuracies.length === 0) return [];
    return [{measure, name, value: meanInterval(accuracies).mean, n: accuracies.length, dash}];
  };
  if (measure === 'fineTuned') return lineOf('from scratch', 'dashdot', values);
  const hog = baselines.filter(({baseline}) => baseline === 'hog').map(row => 100 * row[measure]);
  return [...lineOf('untrained', 'dashdot', values), ...lineOf('HOG', 'dot', hog)];
}

/** Beside a line: which measure it is of, but for fine-tuning, which has a name of its own. */
const shortNames: Record<MaskMeasure, string> = {knn: ', k-NN', linear: ', linear', fineTuned: ''};

/** Lines have the colors of the curves that they are measured as. */
function accuracyPanel(measured: readonly Measured[], lines: readonly Line[], axis: DialAxis): Panel {
  const ranges = measured.map(({values}) => around(values, 0));
  const range = around(measured[0]!.values, 0.04, [...ranges.flat(), ...lines.map(({value}) => value)]);
  const label = ({measure, name, value}: Line): SideLabel => ({
    from: 1,
    value,
    text: `${name}${shortNames[measure]} ${value.toFixed(1)}`,
    color: colorOf(measure),
  });
  return {
    heading: 'accuracy, test split (%)',
    height: heights.accuracy,
    y: {nticks: 8, tickformat: 'd', range},
    traces: [
      ...lines.map(({measure, name, value, dash}) => {
        const hover = `${name}, ${nameOf(measure)}: %{y:.1f} %`;
        return level(name, value, {across: axis.range, color: colorOf(measure), width: 2, dash, hover});
      }),
      ...measured.flatMap(({measure, values}) =>
        seedCurve(values, {name: nameOf(measure), axis, ...accuracy, ...styles[measure], legend: true}),
      ),
    ],
    marks: axes => sideLabels(lines.map(label), range, heights.accuracy, axes),
  };
}

function paperPanel(rows: readonly PublishedMaskRow[], axis: DialAxis): Panel {
  const {source, table, method, encoder, dataset, epochs} = rows[0]!;
  const curve = (measure: 'fineTuned' | 'linear'): PublishedCurve => ({
    name: nameOf(measure),
    source,
    style: styles[measure].style,
    points: rows.map(row => ({dial: inPercent(row.ratio), value: inPercent(row[measure])})),
  });
  return publishedPanel([curve('fineTuned'), curve('linear')], {
    heading: `published: ${method}, ${encoder}, ${dataset}, ${epochs} epochs (%)`,
    height: heights.published,
    axis,
    ...dial,
    note: `${source}, ${table}`,
  });
}

function tokensPanel(tokens: readonly Tokens[]): Panel {
  const look = {color: colors.quiet, width: 3, points: {color: colors.quiet, size: 11}};
  const hover = '%{x} % hidden: %{y:.1f} % of the tokens encoded';
  const ratios = tokens.map(({ratio}) => ratio);
  return {
    heading: 'share of tokens that goes through the encoder (%)',
    height: heights.tokens,
    y: {nticks: 4, tickformat: 'd', range: [0, 105]},
    traces: [
      line(
        'tokens encoded',
        ratios,
        tokens.map(({share}) => share),
        {...look, hover, legend: false},
      ),
    ],
  };
}
