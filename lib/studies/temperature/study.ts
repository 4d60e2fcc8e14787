// The temperature of a contrastive loss as a dial: train at each loss, τ and seed, measure accuracy
// and the geometry of the projections. Wang & Liu 2021, "Understanding the Behaviour of Contrastive
// Loss", arXiv:2012.09740.

import {check} from '../../check';
import {checkClasses} from '../../evaluation/checkClasses';
import {namedBackbone} from '../../backbones/namedBackbone';
import {hasTemperature, lossNames, type LossName} from '../../losses/namedLoss';
import {temperatureSchedule, type TemperatureSchedule} from '../../methods/contrastive/temperatureSchedule';
import {measuredRun, type MeasuredRow} from '../../study/measuredRun';
import {resultsFolder} from '../../study/resultsFolder';
import {defaultSeeds, rowsOf, type Study, type StudyOptions} from '../../study/study';
import {
  contrastiveDefaults,
  contrastiveTask,
  methodTitles,
  type ContrastiveMethod,
  type ContrastiveSettings,
} from './task';

/** One training: a loss, a temperature, a seed, and what came of it. */
export type TemperatureRow = MeasuredRow & {
  method: ContrastiveMethod;
  loss: LossName;
  /** τ; null where the loss has none, or where it is no single value. */
  temperature: number | null;
  /** How τ ran where it is no single value, as in 'cosine 1 to 0.1, 0.5 periods'; else null. */
  schedule: string | null;
};

/** What is turned from run to run; null as temperature of a loss that has none. */
export type TemperatureDial = {loss: LossName; temperature: TemperatureSchedule | null; seed: number};

type TemperatureSettings = ContrastiveSettings & {evaluations: number};

export interface TemperatureStudyOptions extends StudyOptions, Partial<ContrastiveSettings> {
  /** @default ['contrastive'] */
  losses?: LossName[];
  /**
   * τ, each above 0, or how it runs. A loss without τ is trained once for each seed.
   * @default evenly spaced in log τ from 0.05 to 1
   */
  temperatures?: TemperatureSchedule[];
  /** How often accuracy is measured on the way. @default 4 */
  evaluations?: number;
}

/** Six values from 0.05 to 1, each about 1.8 times the one before it. */
export const temperatureGrid: readonly number[] = [0.05, 0.09, 0.17, 0.3, 0.55, 1];

/**
 * Trains at each loss and τ for each seed and yields a row for each run, seed by seed: a whole
 * curve of one seed comes first.
 *
 * @throws RangeError when τ ≤ 0, a dial is there twice, a class has too few training images, or the
 * data set is smaller than a batch; the signal's reason; with several jobs as `inJobs`. Runs
 * that were finished stay.
 */
export async function* temperatureStudy({
  losses = ['contrastive'],
  temperatures = [...temperatureGrid],
  seeds = defaultSeeds,
  evaluations = 4,
  dataset,
  folder = resultsFolder('temperature'),
  tensorboard,
  jobs,
  onEvent,
  signal,
  ...chosen
}: TemperatureStudyOptions): AsyncGenerator<TemperatureRow, void, undefined> {
  for (const loss of losses)
    check(lossNames.includes(loss), 'temperatureStudy', `expected losses of ${lossNames.join(', ')}, got '${loss}'`);
  temperatures.forEach(temperatureSchedule);
  for (const [name, values] of Object.entries({losses, temperatures, seeds})) {
    const written = values.map(value => JSON.stringify(value));
    check(values.length > 0, 'temperatureStudy', `expected at least one of ${name}, got none`);
    check(
      new Set(written).size === values.length,
      'temperatureStudy',
      `expected each of ${name} once, got ${written.join(', ')}: a run that counts twice makes intervals too narrow`,
    );
  }
  checkClasses('temperatureStudy', dataset);
  const settings = {...contrastiveDefaults, ...chosen, evaluations};
  const dimensions = settings.projector.at(-1) ?? namedBackbone(settings.backbone, dataset.shape[3]).width;
  check(
    dataset.splits.test.length >= dimensions,
    'temperatureStudy',
    `expected at least as many test images as projections have dimensions, ${dimensions}, got ` +
      `${dataset.splits.test.length}: choose a narrower projector`,
  );
  const dials = seeds.flatMap(seed =>
    losses.flatMap(loss =>
      (hasTemperature(loss) ? temperatures : [null]).map((temperature): TemperatureDial => ({loss, temperature, seed})),
    ),
  );
  yield* rowsOf(temperatureRuns, {dataset, settings, dials, folder, tensorboard, jobs, onEvent, signal});
}

/** How one run is trained. */
export const temperatureRuns: Study<TemperatureSettings, TemperatureDial, TemperatureRow> = {
  name: 'temperatureStudy',
  described: ({loss, temperature, seed}) => ({
    ...(loss !== 'contrastive' && {loss}),
    ...(temperature !== null && {
      temperature: typeof temperature === 'number' ? temperature : scheduleText(temperature),
    }),
    seed,
  }),
  async train(run, {dataset, settings: {evaluations, ...settings}, dial: {loss, temperature, seed}, onEvent, signal}) {
    const {task, ...measuring} = contrastiveTask({dataset, loss, temperature: temperature ?? 1, seed, ...settings});
    const measured = await measuredRun(run, task, {
      dataset,
      ...measuring,
      evaluations,
      onEvent,
      signal,
      metadata: {method: methodTitles[settings.method], loss},
    });
    const fixed = typeof temperature === 'number' ? temperature : null;
    const schedule = typeof temperature === 'number' || temperature === null ? null : scheduleText(temperature);
    return {...measured, method: settings.method, loss, temperature: fixed, schedule};
  },
};

function scheduleText(temperature: Exclude<TemperatureSchedule, number>): string {
  switch (temperature.schedule) {
    case 'cosine':
      return `cosine ${temperature.from} to ${temperature.to}, ${temperature.periods} periods`;
    case 'learned':
      return `learned from ${temperature.start}`;
    default:
      return temperature satisfies never;
  }
}

/** What runs of several seeds have in common, as a key. */
export const settingText = ({
  loss,
  temperature,
  schedule,
}: Pick<TemperatureRow, 'loss' | 'temperature' | 'schedule'>): string => [loss, temperature ?? schedule].join(' ');
