// Methods side by side on one data set, under one protocol: the same encoder, epochs, batches and
// views, with seeds.

import {check} from '../../check';
import {checkClasses} from '../../evaluation/checkClasses';
import {methodNames, methodRecord, type MethodSettings} from '../../methods/catalogue';
import {measuredRun, type MeasuredRow} from '../../study/measuredRun';
import {methodTask} from '../../study/methodTask';
import {resultsFolder} from '../../study/resultsFolder';
import {defaultSeeds, rowsOf, type Study, type StudyOptions} from '../../study/study';
import {trainingDefaults, type TrainingSettings} from '../../study/trainingSettings';

/** A method as it is trained here: its settings, and what of the training differs for its sake. */
export type Variant = Partial<TrainingSettings> & {
  /** Sets it apart from the others. @default the method's */
  name?: string;
  method: MethodSettings;
};

/** One training of a variant, and what came of it. */
export type MethodRow = MeasuredRow & {
  variant: string;
  /** All that decided the training but its seed and its data. */
  settings: TrainingSettings & {method: MethodSettings};
};

type MethodDial = {variant: Variant & {name: string}; seed: number};
type MethodStudySettings = TrainingSettings & {evaluations: number; knn?: {k: number; temperature: number}};

export interface MethodStudyOptions extends StudyOptions, Partial<TrainingSettings> {
  variants: readonly Variant[];
  /** How often accuracy is measured on the way. @default 1 */
  evaluations?: number;
  /**
   * Neighbors that vote, and τ of their votes.
   * @default 20 and 0.07, those of the protocol everywhere else
   */
  knn?: {k: number; temperature: number};
}

/**
 * Trains each variant for each seed and yields a row for each run, seed by seed.
 *
 * @throws RangeError when a variant or a seed is there twice, a class has too few training images,
 * a method has no projections or refuses its settings; the signal's reason. Runs that were finished stay.
 */
export async function* methodStudy({
  variants,
  seeds = defaultSeeds,
  evaluations = 1,
  knn,
  dataset,
  folder = resultsFolder('methods'),
  tensorboard,
  jobs,
  onEvent,
  signal,
  ...chosen
}: MethodStudyOptions): AsyncGenerator<MethodRow, void, undefined> {
  check(
    variants.length > 0 && seeds.length > 0,
    'methodStudy',
    `expected at least one variant and one seed, got ${variants.length} and ${seeds.length}`,
  );
  const alone = variants.find(({method}) => methodRecord(method).withoutProjections);
  check(
    alone === undefined,
    'methodStudy',
    `expected methods with projections, which are measured, got ${alone && methodNames[alone.method.method]}: ` +
      'the studies of masks train it',
  );
  checkClasses('methodStudy', dataset);
  const named = variants.map(variant => ({name: methodNames[variant.method.method], ...variant}));
  const dials = seeds.flatMap(seed => named.map((variant): MethodDial => ({variant, seed})));
  yield* rowsOf(methodRuns, {
    dataset,
    settings: {...trainingDefaults, ...chosen, evaluations, ...(knn && {knn})},
    dials,
    folder,
    tensorboard,
    jobs,
    onEvent,
    signal,
  });
}

/** How one run is trained. */
export const methodRuns: Study<MethodStudySettings, MethodDial, MethodRow> = {
  name: 'methodStudy',
  described: ({variant, seed}) => ({method: variant.name, seed}),
  async train(
    run,
    {
      dataset,
      settings: {evaluations, knn, ...settings},
      dial: {
        variant: {name, method, ...own},
        seed,
      },
      onEvent,
      signal,
    },
  ) {
    const {task, recipe} = methodTask({dataset, method, seed, ...settings, ...own});
    const measured = await measuredRun(run, task, {
      dataset,
      recipe,
      evaluations,
      knn,
      lidar: true,
      metadata: {method: methodNames[method.method]},
      onEvent,
      signal,
    });
    return {...measured, variant: name, settings: {...settings, ...own, method}};
  },
};
