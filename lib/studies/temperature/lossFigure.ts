// Losses side by side over the temperature: accuracy, uniformity and tolerance, with every seed; losses without a temperature as lines across.

import {meanInterval} from '../../analysis/meanInterval';
import {check} from '../../check';
import type {Accuracies} from '../../evaluation/accuracies';
import {hasTemperature, type LossName} from '../../losses/namedLoss';
import {methodTitles} from './task';
import {settingText, type TemperatureRow} from './study';
import type {Figure, PlotlyObject} from '../../figures/figure';
import {distinct} from '../../figures/grouped';
import {lossTitles} from './lossTitles';
import {LABELS, panels, sideLabels, type Panel} from '../../figures/panels';
import {dialAxis, meansOf, meansText, seedCurve, settingsOf, type Measurement} from '../../figures/seedCurve';
import {accuracyNames, countsText, oneOf, provenanceText, seedsText, tableRow} from '../../figures/measuredTexts';
import {layout, legend, mark} from '../../figures/theme';

export interface LossFigureOptions {
  /** Which accuracy is drawn. @default 'linear' */
  accuracy?: keyof Accuracies;
  /** @default '<Method> on <data set>: which negatives a loss sees' */
  title?: string;
}

/** What is drawn of a row: a heading, digits, and the value. */
type Measure = {heading: string; digits: number; unit: string; ticks: string; height: number; of(row: TemperatureRow): number};

/**
 * One panel for each measure, one curve for each loss with a temperature; a loss without is a line across with its mean, which ends at its name.
 * Every seed is a point; means carry a 95 % t-interval over seeds.
 *
 * @param rows Of one data set and method; runs whose τ moved are left out. At least one has a temperature.
 * @throws RangeError when there is none, or rows of several data sets or methods.
 */
export function lossFigure(rows: readonly TemperatureRow[], {accuracy = 'linear', title}: LossFigureOptions = {}): Figure {
  const drawn = rows.filter(row => row.schedule === null);
  check(drawn.some(row => row.temperature !== null), 'lossFigure', 'expected at least one row with a temperature, got none');
  const [dataset, method] = [oneOf('lossFigure', 'data set', drawn, row => row.dataset), oneOf('lossFigure', 'method', drawn, row => row.method)];
  const losses = distinct(drawn.map(row => row.loss));
  const [curves, lines] = [losses.filter(hasTemperature), losses.filter(loss => !hasTemperature(loss))];
  const measures: Measure[] = [
    {heading: `accuracy of ${accuracyNames[accuracy]}, test split (%)`, digits: 1, unit: ' %', ticks: 'd', height: 330, of: row => 100 * row.last[accuracy]},
    {heading: 'uniformity of projections (higher: more even on the sphere)', digits: 2, unit: '', ticks: '.1f', height: 210, of: row => row.uniformity},
    {heading: 'tolerance: mean cosine of projections of one class', digits: 2, unit: '', ticks: '.2f', height: 210, of: row => row.tolerance},
  ];
  const valuesOf = (loss: LossName, measure: Measure): Measurement[] => drawn.filter(row => row.loss === loss).map(row => ({dial: row.temperature ?? NaN, value: measure.of(row), seed: row.seed, run: row.run}));
  const axis = dialAxis('log', drawn.flatMap(row => row.temperature ?? []), settingsOf(curves.flatMap(loss => valuesOf(loss, measures[0]!))));
  const sides: (-1 | 0 | 1)[] = curves.length === 1 ? [0] : curves.length === 2 ? [-1, 1] : [-1, 0, 1];
  const {data, height, axes, annotations, shapes} = panels(measures.map((measure, panel): Panel => {
    const {heading, digits, unit, ticks: tickformat, height} = measure;
    const means = lines.map(loss => ({loss, ...meanInterval(valuesOf(loss, measure).map(({value}) => value))}));
    const values = [...losses.flatMap(loss => valuesOf(loss, measure)).map(({value}) => value), ...curves.flatMap(loss => meansOf(valuesOf(loss, measure))).flatMap(({low, high}) => [low, high]).filter(Number.isFinite), ...means.map(({mean}) => mean)];
    const [least, most] = [Math.min(...values), Math.max(...values)];
    const room = 0.06 * (most - least);
    const y: [number, number] = [least - room, most + room];
    return {
      heading, height, y: {nticks: 5, range: y, tickformat},
      traces: [
        ...curves.flatMap((loss, i) => seedCurve(valuesOf(loss, measure), {name: lossTitles[loss], axis, dialName: 'τ', digits, unit, style: i, side: sides[i % 3]!, legend: panel === 0})),
        ...means.map(({loss, mean, n}): PlotlyObject => {
          const {color, dash} = mark(losses.indexOf(loss) + 1);
          return {type: 'scatter', mode: 'lines', name: lossTitles[loss], showlegend: false, x: [1e-6, 1e6], y: [mean, mean], line: {color, width: 2.5, dash},
            hovertemplate: `${lossTitles[loss]}, mean of ${n}: %{y:.${digits}f}${unit}<extra></extra>`};
        }),
      ],
      marks: (xName, yName) => sideLabels(means.map(({loss, mean}) => ({from: 1, value: mean, text: `${lossTitles[loss]} ${mean.toFixed(digits)}${unit}`, color: mark(losses.indexOf(loss) + 1).color})), y, height, xName, yName),
    };
  }), {x: {...axis, title: 'temperature τ (no unit, logarithmic)'}, top: 180, bottom: 84, gap: 52});
  return {
    name: `losses-${accuracy}-${dataset}`,
    data,
    layout: layout({
      title: title ?? `${methodTitles[method]} on ${dataset}: which negatives a loss sees`, subtitle: seedsText(drawn),
      height, top: 180, bottom: 84, right: lines.length ? LABELS : 40, showlegend: true, legend: legend(height), annotations, shapes, ...axes,
    }),
    caption: [
      `Losses over the temperature τ (${methodTitles[method]}, ${dataset}): accuracy (${accuracyNames[accuracy]}) on the test split, uniformity (−log E exp(−2‖x − y‖²)) and tolerance (mean cosine of same-class pairs) of the projections of the last epoch.`,
      ...(lines.length ? [`Lines across: losses without a temperature (${lines.map(loss => lossTitles[loss]).join(', ')}), mean over seeds.`] : []),
      `${countsText(drawn, settingText)}; bars are 95 % t-intervals of the mean over seeds.`,
      provenanceText(drawn),
    ].join(' '),
    alt: measures.map(measure => `${measure.heading}: ${[
      ...curves.map(loss => `${lossTitles[loss]} ${meansText(valuesOf(loss, measure), {dialName: 'τ', ...measure})}`),
      ...lines.map(loss => `${lossTitles[loss]} ${meanInterval(valuesOf(loss, measure).map(({value}) => value)).mean.toFixed(measure.digits)}${measure.unit}`),
    ].join('; ')}.`).join(' '),
    credits: [],
    runs: drawn.map(row => row.run),
    rows: drawn.map(tableRow),
  };
}
