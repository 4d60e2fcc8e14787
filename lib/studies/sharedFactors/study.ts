// InfoMin's toy: what two views share is chosen factor by factor, and the encoder is asked for each
// factor. Tian et al. 2020 (InfoMin), "What Makes for Good Views for Contrastive Learning?",
// arXiv:2005.10243, sec. 4.1.

import {check} from '../../check';
import {factorNames, type FactorName} from '../../datasets/factors';
import {generatedFactors, type GeneratedFactors} from '../../datasets/generatedFactors';
import type {Dataset} from '../../datasets/dataset';
import {fold, key} from '../../engine/random';
import {tf} from '../../engine/tf';
import {featureAccuracies, type Splitted} from '../../evaluation/accuracies';
import type {Embeddings} from '../../embedding/embed';
import {embedSplits} from '../../evaluation/evaluateEncoder';
import {crossViewInformation} from '../../information/crossViewInformation';
import {sharedInformation} from '../../information/sharedInformation';
import {encoderOf} from '../../embedding/encoderOf';
import {initialState} from '../../training/training';
import {sharedFactors} from '../../views/sources/sharedFactors';
import {bothBy, encodedPairs} from '../../study/encodedPairs';
import {encoderRun, type EncoderRow} from '../../study/encoderRun';
import {methodTask, type TaskNamed} from '../../study/methodTask';
import {resultsFolder} from '../../study/resultsFolder';
import {defaultSeeds, rowsOf, type Study, type StudyOptions} from '../../study/study';
import {encoderDefaults, type EncoderSettings} from '../../study/trainingSettings';

/** k-NN and linear probe of the embedding, shares 0 to 1. */
type Read = {knn: number; linear: number};

/** One training: `last` and `chosen` are of the digit. */
export type SharedFactorsRow = EncoderRow<Read> & {
  shared: FactorName[];
  /**
   * I(v1; v2) in nats, exactly; and I_NCE of pairs that no training has seen, with its ceilings.
   */
  exact: number;
  information: number;
  logK: number;
  cosineCeiling: number;
  /** What the encoder knows of each factor; and what it knew before its first step. */
  factors: Record<FactorName, Read>;
  untrained: Record<FactorName, Read>;
};

/**
 * Encoder and training are {@link encoderDefaults}, but for 8 epochs of 6,040 pairs, which are
 * drawn anew each time.
 */
export type SharedFactorsSettings = EncoderSettings & {
  /** Of the loss and of the estimate. @default 0.2 */
  temperature: number;
  /** K of the estimate, at most 1024. @default 256 */
  candidates: number;
};

export const sharedFactorsDefaults: SharedFactorsSettings = {
  ...encoderDefaults,
  epochs: 8,
  temperature: 0.2,
  candidates: 256,
};

type SharedDial = {shared: FactorName[]; seed: number};

/** Options of {@link sharedFactorsStudy}: those of all studies, and what the views share. */
export interface SharedFactorsStudyOptions extends Omit<StudyOptions, 'dataset'>, Partial<SharedFactorsSettings> {
  /** What is probed: generated factors. @default generatedFactors() */
  dataset?: Dataset;
  /**
   * Choices of what views share, each at least one factor.
   * @default each of digit, position and background alone, digit with each of the two, all three,
   * digit and scale
   */
  shared?: readonly FactorName[][];
}

/**
 * The toy's own questions: a factor alone, and whether a second one takes its place; with the
 * scale, 3 nats.
 */
export const toyChoices: readonly FactorName[][] = [
  ['digit'],
  ['position'],
  ['background'],
  ['digit', 'position'],
  ['digit', 'background'],
  ['digit', 'position', 'background'],
  ['digit', 'scale'],
];

/** Pairs that no training has seen: four times the K of the default. */
const HELD_OUT = 1024;

/**
 * Trains SimCLR on views that share each choice of factors, for each seed, and yields a row for
 * each run, seed by seed.
 *
 * @throws RangeError for other images, a choice of none, an unknown factor, K above 1024; the
 * signal's reason. Runs that were finished stay.
 */
export async function* sharedFactorsStudy({
  dataset = generatedFactors(),
  shared = toyChoices,
  seeds = defaultSeeds,
  folder = resultsFolder('shared-factors'),
  tensorboard,
  jobs,
  onEvent,
  signal,
  ...chosen
}: SharedFactorsStudyOptions): AsyncGenerator<SharedFactorsRow, void, undefined> {
  const settings = {...sharedFactorsDefaults, ...chosen};
  check(
    'factors' in dataset,
    'sharedFactorsStudy',
    `expected generated factors, got ${dataset.name}, whose images were not generated`,
  );
  for (const choice of shared)
    check(
      choice.length > 0 && sharedInformation(choice) > 0,
      'sharedFactorsStudy',
      'expected at least one factor in each choice, got none: views that share nothing teach nothing',
    );
  check(
    settings.candidates >= 2 && settings.candidates <= HELD_OUT,
    'sharedFactorsStudy',
    `expected candidates from 2 to the ${HELD_OUT} held-out pairs, got ${settings.candidates}`,
  );
  const dials = seeds.flatMap(seed => shared.map((choice): SharedDial => ({shared: [...choice], seed})));
  yield* rowsOf(sharedFactorsRuns, {dataset, settings, dials, folder, tensorboard, jobs, onEvent, signal});
}

/** How one run is trained. */
export const sharedFactorsRuns: Study<SharedFactorsSettings, SharedDial, SharedFactorsRow> = {
  name: 'sharedFactorsStudy',
  described: ({shared, seed}) => ({shared: shared.join(' + '), seed}),
  async train(run, {dataset, settings, dial: {shared, seed}, onEvent, signal}) {
    const {projector, temperature, candidates, ...training} = settings;
    const generated = dataset as GeneratedFactors; // the study takes no other
    const source = sharedFactors({...dataset, shared, size: dataset.shape[1]});
    const method = {method: 'simclr', options: {projector, temperature}} as const;
    const {task} = methodTask({dataset, method, seed, ...training, source});
    const untrained = await untrainedFactors(task, generated, signal);
    const measured = await encoderRun(run, task, {
      dataset,
      evaluations: 1,
      onEvent,
      signal,
      metadata: () => ({method: 'SimCLR', shared: shared.join(' + ')}),
      async measure(encoder, splits) {
        const {digit, ...others} = await probed(splits, generated, signal);
        const pairs = await encodedPairs(
          bothBy(images => encoder(images).projection!),
          {...source, size: HELD_OUT},
          {signal, keyOf: start => fold(key(start), 'held out')},
        );
        const information = crossViewInformation(pairs.first, pairs.second, {temperature, k: candidates});
        tf.dispose(pairs);
        return {
          accuracies: reads({digit}).digit,
          embedding: digit,
          more: {...information, factors: reads({digit, ...others}) as Record<FactorName, Read>},
        };
      },
    });
    return {...measured, shared, exact: sharedInformation(shared), untrained};
  },
};

type Features = Awaited<ReturnType<typeof featureAccuracies>>;

const reads = <Name extends string>(accuracies: Record<Name, Features>): Record<Name, Read> =>
  Object.fromEntries(
    Object.entries<Features>(accuracies).map(([name, {knn, linear}]) => [name, {knn, linear}]),
  ) as Record<Name, Read>;

/** Each factor in turn as the label. */
async function probed(
  splits: Splitted<Embeddings>,
  {factors, splits: indices}: GeneratedFactors,
  signal?: AbortSignal,
): Promise<Record<FactorName, Features>> {
  const accuracies = {} as Record<FactorName, Features>;
  for (const name of factorNames) {
    const labeled = (split: keyof typeof splits) => ({
      features: splits[split].embedding,
      labels: indices[split].map(index => factors[name][index]!),
    });
    accuracies[name] = await featureAccuracies(
      {train: labeled('train'), validation: labeled('validation'), test: labeled('test')},
      {signal},
    );
  }
  return accuracies;
}

/** What the encoder knows of each factor before its first step. */
async function untrainedFactors(
  task: TaskNamed<'simclr'>,
  dataset: GeneratedFactors,
  signal?: AbortSignal,
): Promise<Record<FactorName, Read>> {
  const {encoder, dispose} = await encoderOf(task.method, {read: () => initialState(task)}, dataset as Dataset, {
    signal,
  });
  try {
    const splits = await embedSplits(encoder, dataset, {signal});
    try {
      return reads(await probed(splits, dataset, signal));
    } finally {
      tf.dispose(Object.values(splits).map(({embedding, projection}) => [embedding, projection!]));
    }
  } finally {
    dispose();
  }
}
