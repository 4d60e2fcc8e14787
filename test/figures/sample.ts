// Made-up rows, events and pictures for the tests of figures: plain functions of their arguments.

import type {Picture} from '../../lib/figures/pictures';
import {factorNames, type FactorName} from '../../lib/datasets/factors';
import type {BaselineRow} from '../../lib/study/baselines';
import type {MaskCostRow} from '../../lib/studies/masks/cost';
import type {MaskRow} from '../../lib/studies/masks/study';
import {maskName} from '../../lib/studies/masks/task';
import {maskTrainingDefaults} from '../../lib/studies/masks/task';
import type {MethodRow} from '../../lib/studies/methods/study';
import type {MethodSettings} from '../../lib/methods/catalogue';
import {trainingDefaults} from '../../lib/study/trainingSettings';
import type {EstimatorRow} from '../../lib/trials/estimators/trials';
import {toyChoices, type SharedFactorsRow} from '../../lib/studies/sharedFactors/study';
import type {TemperatureRow} from '../../lib/studies/temperature/study';
import {colorSpaceDefaults, type ColorSpaceRow} from '../../lib/studies/colorSpaces/study';
import {viewDefaults, type ViewRow} from '../../lib/studies/views/study';
import type {TrainingEvent} from '../../lib/training/event';

const bell = (center: number, width: number) => {
  const heights = Array.from({length: 40}, (_, i) => Math.exp(-(((-0.975 + i / 20 - center) / width) ** 2)));
  const sum = heights.reduce((a, b) => a + b, 0);
  return heights.map(height => height / sum);
};

/** Of forty test images so many, always the first ones. */
const hitsOf = (accuracy: number) => '1'.repeat(Math.round(40 * accuracy)).padEnd(40, '0');

export function temperatureRow(
  temperature: number,
  seed: number,
  changes: Partial<TemperatureRow> = {},
): TemperatureRow {
  const accuracy = 0.45 - 0.1 * Math.log10(temperature / 0.3) ** 2 + 0.01 * seed;
  const accuracies = {
    knn: accuracy + 0.02,
    knnProjection: accuracy - 0.03,
    linear: accuracy,
    linearProjection: accuracy - 0.05,
  };
  return {
    run: `t${temperature}s${seed}`,
    dataset: 'made-up',
    method: 'simclr',
    loss: 'contrastive',
    temperature,
    schedule: null,
    seed,
    epochs: 12,
    last: accuracies,
    chosen: {...accuracies, linear: accuracy + 0.005, epoch: 9},
    hits: {knn: hitsOf(accuracies.knn), linear: hitsOf(accuracies.linear)},
    alignment: 0.4,
    uniformity: 3.2 - 0.5 * temperature + 0.02 * seed,
    tolerance: 0.2 + 0.1 * temperature + 0.01 * seed,
    toleranceLiteral: 0.03,
    collapse: 0.9,
    rankMe: 50,
    positiveSimilarities: bell(0.8 - 0.1 * temperature, 0.2),
    negativeSimilarities: bell(0.1, 0.3),
    nearestSimilarities: bell(0.6 - 0.2 * temperature, 0.15),
    penaltyEntropy: 2 + temperature,
    pushShares: [0.5, 0.7, 0.9, 1],
    course: [
      {loss: 4, uniformity: 2},
      {loss: 2.1, uniformity: 3},
    ],
    protocol: 'made-up protocol',
    minutes: 5,
    device: 'made-up machine',
    ...changes,
  };
}

export const temperatureRows = [0.05, 0.3, 1].flatMap(temperature =>
  [0, 1, 2].map(seed => temperatureRow(temperature, seed)),
);

/** A sound run, unless the changes say otherwise; `accuracy` is that of k-NN. */
export function methodRow(
  variant: string,
  method: MethodSettings,
  seed: number,
  {accuracy, ...changes}: Partial<MethodRow> & {accuracy: number},
): MethodRow {
  const {
    loss: _,
    temperature: __,
    schedule: ___,
    ...row
  } = temperatureRow(0.3, seed, {run: `${variant} ${seed}`, penaltyEntropy: null, pushShares: null});
  const last = {
    knn: accuracy,
    knnProjection: accuracy - 0.05,
    linear: accuracy + 0.02,
    linearProjection: accuracy - 0.06,
  };
  return {
    ...row,
    last,
    course: [{loss: 1, collapse: 0.9 + 0.01 * seed, dimensions: 8 + seed}],
    lidar: 40,
    variant,
    settings: {...trainingDefaults, method},
    ...changes,
  };
}

/** Hidden at random unless the settings say otherwise; `accuracy` is that of k-NN. */
export function maskRow(
  ratio: number | null,
  seed: number,
  {
    accuracy,
    settings,
    fineTuned = null,
    ...changes
  }: Partial<Omit<MaskRow, 'settings' | 'fineTuned'>> & {
    accuracy: number;
    settings?: Partial<MaskRow['settings']>;
    fineTuned?: number | null;
  },
): MaskRow {
  const mask = ratio === null ? null : ({strategy: 'random', ratio} as const);
  const last = {knn: accuracy, linear: accuracy + 0.03};
  const variant = maskName(settings?.mask === undefined ? mask : settings.mask);
  return {
    run: `${variant} ${seed}`,
    dataset: 'made-up',
    variant,
    seed,
    epochs: ratio === null ? 0 : 10,
    settings: {...maskTrainingDefaults, mask, decoder: {width: 64, depth: 1}, ...settings},
    hidden: ratio ?? 0,
    encoded: 1 - (ratio ?? 0),
    last,
    chosen: {...last, epoch: 5},
    hits: {knn: hitsOf(last.knn), linear: hitsOf(last.linear)},
    course: ratio === null ? [] : [{loss: 1}, {loss: 0.4 + 0.3 * ratio + 0.01 * seed}],
    secondsPerStep: ratio === null ? null : 0.3 - 0.2 * ratio + 0.005 * seed,
    fineTuned:
      fineTuned === null
        ? null
        : {
            last: fineTuned,
            chosen: fineTuned,
            epoch: 4,
            hits: '1111',
            protocol: `made-up fine-tuning${ratio === null ? '' : ', layer decay 0.75'}`,
            minutes: 2,
          },
    protocol: 'made-up protocol',
    minutes: 3,
    device: 'made-up machine',
    ...changes,
  };
}

/** Three ratios, the middle one best, and no pre-training; fine-tuned but for the middle one. */
export const maskRatioRows: readonly MaskRow[] = [0, 1, 2].flatMap(seed => [
  maskRow(null, seed, {accuracy: 0.3 + 0.01 * seed, fineTuned: 0.45 + 0.01 * seed}),
  ...[0.1, 0.6, 0.95].map(ratio =>
    maskRow(ratio, seed, {
      accuracy: 0.4 - 0.3 * (ratio - 0.6) ** 2 + 0.01 * seed,
      fineTuned: ratio === 0.6 ? null : 0.5 + 0.01 * seed,
    }),
  ),
]);

/** Of a machine on which the encoder's time follows its tokens, and the decoder's stays. */
export const maskCostRows: readonly MaskCostRow[] = [0, 1, 2].flatMap(round =>
  [0.1, 0.5, 0.75].flatMap(ratio =>
    (['encoder', 'decoder'] as const).map((half): MaskCostRow => ({
      half,
      ratio,
      encoded: 1 - ratio,
      round,
      seconds: (half === 'encoder' ? 0.2 * (1 - ratio) : 0.05) + 0.01 * round * round,
      repetitions: 3,
      backbone: 'vit-nano',
      decoder: '1 × 64',
      image: 32,
      batch: 8,
      device: 'made-up machine',
    })),
  ),
);

const baseline = (name: BaselineRow['baseline'], linear: number, seed: number | null = null): BaselineRow => ({
  baseline: name,
  dataset: 'made-up',
  seed,
  knn: linear + 0.05,
  linear,
  protocol: 'made-up protocol',
});
export const baselineRows = [
  baseline('chance', 0.07),
  baseline('pixels', 0.34),
  baseline('hog', 0.49),
  baseline('untrained', 0.33, 0),
  baseline('untrained', 0.35, 1),
];

export const trainingEvents = (steps: number, of = steps): TrainingEvent[] =>
  Array.from({length: steps}, (_, i) => ({
    step: i + 1,
    steps: of,
    epoch: Math.floor(i / 10),
    epochs: Math.ceil(of / 10),
    loss: 6 - Math.log1p(i),
    learningRate: 0.1,
    metrics: {alignment: 1 / (i + 1), uniformity: 3 - 3 / (i + 1)},
    imagesPerSecond: 250,
  }));

/** One gray pixel. */
export const picture = (label?: string): Picture => ({
  png:
    'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5' +
    'ErkJggg==',
  height: 1,
  width: 1,
  ...(label !== undefined && {label}),
});

/** Crops of four sizes; accuracy is best in the middle, and views of larger crops share more. */
export const viewRows: readonly ViewRow[] = [0, 1, 2].flatMap(seed =>
  [0.02, 0.05, 0.4, 1].map((value): ViewRow => {
    const last = {
      knn: 0.4 - 0.3 * (value - 0.4) ** 2 + 0.01 * seed,
      linear: 0.42 - 0.3 * (value - 0.4) ** 2 + 0.01 * seed,
    };
    return {
      run: `v${value}s${seed}`,
      dataset: 'made-up',
      dial: 'area',
      value,
      seed,
      epochs: 8,
      last,
      chosen: {...last, epoch: 8},
      hits: {knn: hitsOf(last.knn), linear: hitsOf(last.linear)},
      course: [{loss: 4}],
      protocol: 'made-up protocol',
      minutes: 1,
      device: 'made-up machine',
      information: 4 * value + 0.05 * seed,
      logK: Math.log(256),
      cosineCeiling: 5.53,
      donskerVaradhan: 4.2 * value,
      transfer: {earth: {knn: 0.4, linear: 0.3 + 0.2 * value}},
      settings: {...viewDefaults, epochs: 8, transfer: ['earth']},
    };
  }),
);

/** Spaces that share less are better; two lie together, one is learned. */
export const colorSpaceRows: readonly ColorSpaceRow[] = [0, 1, 2].flatMap(seed =>
  (
    [
      ['rgb', 2.7],
      ['xyz', 2.65],
      ['lab', 2.1],
      ['ydbdr', 2.12],
      ['hsv', 1.4],
      ['flowLabels', 2.2],
    ] as const
  ).map(([space, information]): ColorSpaceRow => {
    const last = {knn: 0.6 - 0.1 * information + 0.01 * seed, linear: 0.64 - 0.1 * information + 0.01 * seed};
    return {
      run: `${space}${seed}`,
      dataset: 'made-up',
      space,
      seed,
      epochs: 8,
      last,
      chosen: {...last, epoch: 8},
      hits: {knn: '1101', linear: '1001'},
      course: [{loss: 4}],
      protocol: 'made-up protocol',
      minutes: 1,
      device: 'made-up machine',
      information: information + 0.04 * seed,
      logK: Math.log(256),
      cosineCeiling: 5.53,
      donskerVaradhan: 1.05 * information,
      transfer: {earth: {knn: 0.4, linear: 0.3 + 0.05 * information}},
      settings: {...colorSpaceDefaults, epochs: 8, transfer: ['earth']},
      flow:
        space === 'flowLabels'
          ? {
              volumePreserving: true,
              labels: true,
              weights: {},
              course: [{loss: 8, information: 1.5, classification: 2.5}],
              minutes: 0.5,
            }
          : null,
    };
  }),
);

/** A truth that climbs once, from 2 to 4 nats; InfoNCE stays below log 8, DV does not. */
export const estimatorRows: readonly EstimatorRow[] = [0, 1].flatMap(seed =>
  [2, 4].flatMap(information =>
    (
      [
        ['InfoNCE', 'infoNce', Math.log(8)],
        ['DV', 'donskerVaradhan', null],
      ] as const
    ).map(([title, estimator, ceiling]): EstimatorRow => {
      const truth = Array.from({length: 400}, (_, step) => (step < 200 ? 2 : 4));
      const optimal = truth.map(value => Math.min(value, ceiling ?? Infinity));
      const mean = Math.min(information, ceiling ?? Infinity) - 0.1 - 0.02 * seed;
      return {
        estimator: {estimator},
        title,
        critic: 'separable',
        truth: 'two Gaussians',
        batch: 8,
        seed,
        information,
        mean,
        bias: mean - information,
        deviation: ceiling === null ? 0.5 : 0.1,
        optimal: Math.min(information, ceiling ?? Infinity),
        ceiling,
        steps: 400,
        secondsPerStep: 0.002,
        course: {truth, estimate: optimal.map((value, step) => value - 0.2 + 0.3 * Math.sin(step)), optimal},
        device: 'made-up machine',
      };
    }),
  ),
);

/** What is shared is known, all else is half as well known as before. */
export const sharedFactorsRows: readonly SharedFactorsRow[] = [0, 1].flatMap(seed =>
  toyChoices.slice(0, 4).map((shared): SharedFactorsRow => {
    const reads = (of: (factor: FactorName) => number) =>
      Object.fromEntries(
        factorNames.map(factor => [factor, {knn: of(factor) - 0.1, linear: of(factor)}]),
      ) as SharedFactorsRow['factors'];
    const factors = reads(factor => (shared.includes(factor) ? 0.98 - 0.02 * seed : 0.3 + 0.02 * seed));
    return {
      run: `${shared.join('+')} ${seed}`,
      dataset: 'made-up',
      seed,
      epochs: 8,
      last: factors.digit,
      chosen: {...factors.digit, epoch: 8},
      hits: {knn: '11', linear: '10'},
      course: [{loss: 3}],
      protocol: 'made-up protocol',
      minutes: 1,
      device: 'made-up machine',
      shared: [...shared],
      exact: 2.2 * shared.length,
      information: 2 * shared.length,
      logK: Math.log(256),
      cosineCeiling: 5.53,
      factors,
      untrained: reads(() => 0.6 + 0.02 * seed),
    };
  }),
);
