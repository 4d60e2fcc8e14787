// Losses side by side over the temperature: accuracy, uniformity and tolerance, with every seed;
// losses without a temperature as lines across.

import {meanInterval} from '../../analysis/meanInterval';
import {check} from '../../check';
import type {Accuracies} from '../../evaluation/accuracies';
import {distinct} from '../../figures/distinct';
import type {Figure} from '../../figures/figure';
import {
  accuracyNames,
  BARS,
  countsText,
  oneOf,
  projectionMeasures,
  provenanceText,
  seedsText,
  tableRow,
} from '../../figures/measuredTexts';
import {LABELS, panels, sideLabels, type Panel, type SideLabel} from '../../figures/panels';
import {dialAxis, meansOf, meansText, seedCurve, settingsOf, type Measurement} from '../../figures/seedCurve';
import {roomyRange, sentences} from '../../figures/texts';
import {layout, mark} from '../../figures/theme';
import {level} from '../../figures/traces';
import {hasTemperature, type LossName} from '../../losses/namedLoss';
import {methodTitles} from './task';
import {lossTitles} from './lossTitles';
import {settingText, type TemperatureRow} from './study';

export interface LossFigureOptions {
  /** Which accuracy is drawn. @default 'linear' */
  accuracy?: keyof Accuracies;
  /** @default '<Method> on <data set>: which negatives a loss sees' */
  title?: string;
}

/** What is drawn of a row, and how it is written. */
type Measure = {
  heading: string;
  digits: number;
  unit: string;
  ticks: string;
  /** Of its panel, in pixels. */
  height: number;
  of(row: TemperatureRow): number;
};

/** Sides of the dial's place, by how many curves stand there. */
const sidesOf = (curves: number): readonly (-1 | 0 | 1)[] => {
  if (curves === 1) return [0];
  return curves === 2 ? [-1, 1] : [-1, 0, 1];
};

/** Pixels above, below and between the panels. */
const spacing = {top: 180, bottom: 84, gap: 52} as const;

const measuresOf = (accuracy: keyof Accuracies): Measure[] => [
  {
    heading: `accuracy of ${accuracyNames[accuracy]}, test split (%)`,
    digits: 1,
    unit: ' %',
    ticks: 'd',
    height: 330,
    of: row => 100 * row.last[accuracy],
  },
  {
    heading: 'uniformity of projections (higher: more even on the sphere)',
    digits: 2,
    unit: '',
    ticks: '.1f',
    height: 210,
    of: row => row.uniformity,
  },
  {
    heading: 'tolerance: mean cosine of projections of one class',
    digits: 2,
    unit: '',
    ticks: '.2f',
    height: 210,
    of: row => row.tolerance,
  },
];

/**
 * One panel for each measure, one curve for each loss with a temperature; a loss without is a line
 * across with its mean, which ends at its name. Every seed is a point; means carry a 95 %
 * t-interval over seeds.
 *
 * @param rows Of one data set and method; runs whose τ moved are left out. At least one has a
 * temperature.
 * @throws RangeError when there is none, or rows of several data sets or methods.
 */
export function lossFigure(rows: readonly TemperatureRow[], options: LossFigureOptions = {}): Figure {
  const {accuracy = 'linear', title} = options;
  const drawn = rows.filter(row => row.schedule === null);
  const some = drawn.some(row => row.temperature !== null);
  check(some, 'lossFigure', 'expected at least one row with a temperature, got none');
  const dataset = oneOf('lossFigure', 'data set', drawn, row => row.dataset);
  const method = oneOf('lossFigure', 'method', drawn, row => row.method);
  const losses = distinct(drawn.map(row => row.loss));
  const curves = losses.filter(hasTemperature);
  const lines = losses.filter(loss => !hasTemperature(loss));
  const measures = measuresOf(accuracy);
  const valuesOf = (loss: LossName, measure: Measure): Measurement[] =>
    drawn
      .filter(row => row.loss === loss)
      .map(row => ({dial: row.temperature ?? NaN, value: measure.of(row), seed: row.seed, run: row.run}));
  const meanOf = (loss: LossName, measure: Measure) => meanInterval(valuesOf(loss, measure).map(({value}) => value));
  const written = settingsOf(curves.flatMap(loss => valuesOf(loss, measures[0]!)));
  const axis = dialAxis(
    'log',
    drawn.flatMap(row => row.temperature ?? []),
    written,
  );
  const sides = sidesOf(curves.length);
  const styleOf = (loss: LossName) => mark(losses.indexOf(loss) + 1);

  const panelOf = (measure: Measure, panel: number): Panel => {
    const {heading, digits, unit, ticks, height} = measure;
    const means = lines.map(loss => ({loss, ...meanOf(loss, measure)}));
    const ends = curves.flatMap(loss => meansOf(valuesOf(loss, measure))).flatMap(({low, high}) => [low, high]);
    const values = losses.flatMap(loss => valuesOf(loss, measure)).map(({value}) => value);
    const range = roomyRange([...values, ...ends, ...means.map(({mean}) => mean)], 0.06);
    const curve = (loss: LossName, i: number) =>
      seedCurve(valuesOf(loss, measure), {
        name: lossTitles[loss],
        axis,
        dialName: 'τ',
        digits,
        unit,
        style: i,
        side: sides[i % 3]!,
        legend: panel === 0,
      });
    const labels = means.map(({loss, mean}): SideLabel => {
      const text = `${lossTitles[loss]} ${mean.toFixed(digits)}${unit}`;
      return {from: 1, value: mean, text, color: styleOf(loss).color};
    });
    return {
      heading,
      height,
      y: {nticks: 5, range, tickformat: ticks},
      traces: [
        ...curves.flatMap(curve),
        ...means.map(({loss, mean, n}) => {
          const {color, dash} = styleOf(loss);
          const hover = `${lossTitles[loss]}, mean of ${n}: %{y:.${digits}f}${unit}`;
          return level(lossTitles[loss], mean, {color, width: 2.5, dash, hover});
        }),
      ],
      marks: axes => sideLabels(labels, range, height, axes),
    };
  };
  const {data, places} = panels(measures.map(panelOf), {
    x: {...axis, title: 'temperature τ (no unit, logarithmic)'},
    ...spacing,
  });
  const measureText = (measure: Measure): string => {
    const style = {dialName: 'τ', ...measure};
    const texts = [
      ...curves.map(loss => `${lossTitles[loss]} ${meansText(valuesOf(loss, measure), style)}`),
      ...lines.map(loss => `${lossTitles[loss]} ${meanOf(loss, measure).mean.toFixed(measure.digits)}${measure.unit}`),
    ];
    return `${measure.heading}: ${texts.join('; ')}.`;
  };
  return {
    name: `losses-${accuracy}-${dataset}`,
    data,
    layout: layout({
      title: title ?? `${methodTitles[method]} on ${dataset}: which negatives a loss sees`,
      subtitle: seedsText(drawn),
      right: lines.length ? LABELS : 40,
      legend: true,
      ...places,
    }),
    caption: sentences(
      `Losses over the temperature τ (${methodTitles[method]}, ${dataset}): accuracy (${accuracyNames[accuracy]}) on ` +
        `the test split, ${projectionMeasures} of the projections of the last epoch.`,
      lines.length > 0 &&
        `Lines across: losses without a temperature (${lines.map(loss => lossTitles[loss]).join(', ')}), mean over ` +
          'seeds.',
      `${countsText(drawn, settingText)}; ${BARS}.`,
      provenanceText(drawn),
    ),
    alt: sentences(...measures.map(measureText)),
    credits: [],
    runs: drawn.map(row => row.run),
    rows: drawn.map(tableRow),
  };
}
