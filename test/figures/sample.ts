// Made-up rows, events and pictures for the tests of figures: plain functions of their arguments.

import type {Picture} from '../../lib/figures/pictures';
import type {BaselineRow} from '../../lib/studies/baselines';
import type {MethodRow} from '../../lib/studies/methodStudy';
import {trainingDefaults, type MethodSettings} from '../../lib/studies/methodTask';
import type {TemperatureRow} from '../../lib/studies/temperatureStudy';
import type {TrainingEvent} from '../../lib/training/event';

const bell = (centre: number, width: number) => {
  const heights = Array.from({length: 40}, (_, i) => Math.exp(-(((-0.975 + i / 20 - centre) / width) ** 2)));
  const sum = heights.reduce((a, b) => a + b, 0);
  return heights.map(height => height / sum);
};

export function temperatureRow(temperature: number, seed: number, changes: Partial<TemperatureRow> = {}): TemperatureRow {
  const accuracy = 0.45 - 0.1 * Math.log10(temperature / 0.3) ** 2 + 0.01 * seed;
  const accuracies = {knn: accuracy + 0.02, knnProjection: accuracy - 0.03, linear: accuracy, linearProjection: accuracy - 0.05};
  return {
    run: `t${temperature}s${seed}`, dataset: 'made-up', method: 'simclr', loss: 'contrastive', temperature, schedule: null, seed, epochs: 12,
    last: accuracies, chosen: {...accuracies, linear: accuracy + 0.005, epoch: 9}, hits: {knn: '1101', linear: '1001'},
    alignment: 0.4, uniformity: 3.2 - 0.5 * temperature + 0.02 * seed, tolerance: 0.2 + 0.1 * temperature + 0.01 * seed, toleranceLiteral: 0.03, collapse: 0.9, rankMe: 50,
    positiveSimilarities: bell(0.8 - 0.1 * temperature, 0.2), negativeSimilarities: bell(0.1, 0.3), nearestSimilarities: bell(0.6 - 0.2 * temperature, 0.15),
    penaltyEntropy: 2 + temperature, pushShares: [0.5, 0.7, 0.9, 1], course: [{loss: 4, uniformity: 2}, {loss: 2.1, uniformity: 3}], protocol: 'made-up protocol', minutes: 5, device: 'made-up machine', ...changes,
  };
}

export const temperatureRows = [0.05, 0.3, 1].flatMap(temperature => [0, 1, 2].map(seed => temperatureRow(temperature, seed)));

/** A sound run, unless the changes say otherwise; `accuracy` is that of k-NN. */
export function methodRow(variant: string, method: MethodSettings, seed: number, {accuracy, ...changes}: Partial<MethodRow> & {accuracy: number}): MethodRow {
  const {loss: _, temperature: __, schedule: ___, ...row} = temperatureRow(0.3, seed, {run: `${variant} ${seed}`, penaltyEntropy: null, pushShares: null});
  const last = {knn: accuracy, knnProjection: accuracy - 0.05, linear: accuracy + 0.02, linearProjection: accuracy - 0.06};
  return {...row, last, course: [{loss: 1, collapse: 0.9 + 0.01 * seed, dimensions: 8 + seed}], lidar: 40, variant, settings: {...trainingDefaults, method}, ...changes};
}

const baseline = (name: BaselineRow['baseline'], linear: number, seed: number | null = null): BaselineRow => ({baseline: name, dataset: 'made-up', seed, knn: linear + 0.05, linear, protocol: 'made-up protocol'});
export const baselineRows = [baseline('chance', 0.07), baseline('pixels', 0.34), baseline('hog', 0.49), baseline('untrained', 0.33, 0), baseline('untrained', 0.35, 1)];

export const trainingEvents = (steps: number, of = steps): TrainingEvent[] => Array.from({length: steps}, (_, i) => ({
  step: i + 1, steps: of, epoch: Math.floor(i / 10), epochs: Math.ceil(of / 10), loss: 6 - Math.log1p(i), learningRate: 0.1, metrics: {alignment: 1 / (i + 1), uniformity: 3 - 3 / (i + 1)}, imagesPerSecond: 250,
}));

/** One grey pixel. */
export const picture = (label?: string): Picture => ({
  png: 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==', height: 1, width: 1, ...(label !== undefined && {label}),
});
