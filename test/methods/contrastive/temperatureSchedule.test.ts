// slow: trains

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {smallConv} from '../../../lib/backbones/smallConv';
import {tf} from '../../../lib/engine/tf';
import {simclr} from '../../../lib/methods/contrastive/simclr';
import {temperatureSchedule, type TemperatureSchedule} from '../../../lib/methods/contrastive/temperatureSchedule';
import {adamW} from '../../../lib/training/adamW';
import {constant} from '../../../lib/schedules';
import {train} from '../../../lib/training/train';
import {openTraining} from '../../../lib/training/training';
import {simclrViews} from '../../../lib/views/recipes/simclr';
import {twoViews} from '../../../lib/views/sources/twoViews';
import {close} from '../../close';
import {tinyDataset} from '../../study/tinyDataset';

const at = (temperature: TemperatureSchedule, progress: number) => {
  const τ = temperatureSchedule(temperature);
  return τ.at(τ.init(), tf.scalar(progress)).dataSync()[0]!;
};

test('one value stays; a cosine goes there and back; what is learned begins where it says', () => {
  close([at(0.3, 0), at(0.3, 0.7)], [0.3, 0.3], 1e-6);
  const cosine: TemperatureSchedule = {schedule: 'cosine', from: 1, to: 0.1, periods: 1};
  close(
    [0, 0.25, 0.5, 0.75, 1].map(progress => at(cosine, progress)),
    [1, 0.55, 0.1, 0.55, 1],
    1e-5,
  );
  close(
    [0, 0.5, 1].map(progress => at({...cosine, periods: 0.5}, progress)),
    [1, 0.55, 0.1],
    1e-5,
  );
  close([at({schedule: 'learned', start: 0.07}, 0.5)], [0.07], 1e-6);
});

test('a learned temperature stays at or above 0.01', () => {
  const τ = temperatureSchedule({schedule: 'learned', start: 0.07});
  const constrained = (value: number) =>
    τ.at(τ.constrain({logScale: tf.scalar(-Math.log(value))}), tf.scalar(0)).dataSync()[0]!;
  close([constrained(0.001), constrained(0.5)], [0.01, 0.5], 1e-5);
});

for (const setting of [
  {schedule: 'learned', start: 0.5},
  {schedule: 'cosine', from: 0.5, to: 0.1, periods: 0.5},
] satisfies TemperatureSchedule[]) {
  test(`trains with a temperature that moves: ${setting.schedule}`, async () => {
    const dataset = tinyDataset();
    const method = simclr({backbone: smallConv({width: 16}), projector: [16, 16], temperature: setting});
    const task = {
      method,
      source: twoViews({
        dataset,
        recipe: simclrViews({size: 16, mean: dataset.mean, standardDeviation: dataset.standardDeviation}),
      }),
      optimizer: adamW(),
      schedule: constant(1e-2),
      epochs: 2,
      batch: 32,
      seed: 0,
      watch: ({temperature}: {temperature: tf.Scalar}) => ({temperature}),
    };
    const training = openTraining(task);
    const values: number[] = [];
    for await (const {metrics} of train(task, training)) values.push(metrics.temperature!);
    training.dispose();
    task.source.dispose();
    close([values[0]!], [0.5], 1e-5);
    assert.equal(
      new Set(values.map(value => value.toFixed(4))).size,
      values.length,
      `moves at every step: ${values.map(value => value.toFixed(4)).join(' ')}`,
    );
  });
}

test('temperatures that mean nothing are refused', () => {
  const refused = (temperature: TemperatureSchedule, message: RegExp) =>
    assert.throws(() => temperatureSchedule(temperature), message);
  refused(0, /^RangeError: temperature: expected temperature > 0, got 0/);
  refused(
    {schedule: 'cosine', from: 1, to: -1, periods: 1},
    /^RangeError: temperature: expected temperature > 0, got -1/,
  );
  refused({schedule: 'cosine', from: 1, to: 0.1, periods: 0}, /^RangeError: cosine: expected periods > 0, got 0/);
  refused(
    {schedule: 'learned', start: 0.001},
    /^RangeError: temperature: expected a start of at least 0.01, got 0.001/,
  );
});
