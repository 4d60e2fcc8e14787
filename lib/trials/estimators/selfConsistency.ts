// Three questions that every estimate of information must answer alike, whatever the truth: nothing
// of independent variables, nothing more of functions of them, twice as much of two pairs. Song &
// Ermon 2020 (SMILE), "Understanding the Limitations of Variational Mutual Information Estimators",
// arXiv:1910.06222, who ask them of images. Differs from the paper: pairs whose information is
// known take the place of images, so that the answers can be compared with the truth as well.

import {check} from '../../check';
import {correlatedGaussians} from '../../information/correlatedGaussians';
import {doubled, processed, type KnownTruth} from '../../information/knownTruth';
import {defaultSeeds} from '../../study/study';
import {estimatorStudy, type EstimatorStudyOptions} from './trials';

/** What one estimator answers with one seed; all but the ratios in nats. */
export type SelfConsistencyRow = {
  /** As a legend has it. */
  title: string;
  truth: string;
  seed: number;
  /** K. */
  batch: number;
  /** The truth of one pair. */
  information: number;
  /**
   * Estimates: of independent x and y, which share 0; of x and y; of [x, x] and [y, tanh y], which
   * share as much; of two pairs, which share twice as much.
   */
  independent: number;
  plain: number;
  processed: number;
  doubled: number;
  /** processed / plain, which should be 1, and doubled / plain, which should be 2. */
  processing: number;
  additivity: number;
};

/** Options of {@link selfConsistency}. */
export interface SelfConsistencyOptions extends Omit<EstimatorStudyOptions, 'information' | 'batches' | 'onEvent'> {
  /** Of one pair in nats, above 0. @default 2 */
  information?: number;
  /** K, pairs a step. @default 64 */
  batch?: number;
  /**
   * Of independent variables there must be a dial.
   * @default correlatedGaussians(), of 20 dimensions
   */
  truth?: KnownTruth;
  /** Called before each run: which of how many. */
  onRun?(run: {index: number; runs: number; estimator: string; question: string}): void;
}

/**
 * Trains a critic for each question, estimator and seed, and yields a row for each estimator and
 * seed.
 *
 * @throws RangeError when the information is not above 0; as {@link estimatorStudy}.
 */
export async function* selfConsistency({
  estimators,
  information = 2,
  batch = 64,
  seeds = defaultSeeds,
  truth = correlatedGaussians(),
  onRun,
  ...training
}: SelfConsistencyOptions): AsyncGenerator<SelfConsistencyRow, void, undefined> {
  check(
    information > 0 && Number.isFinite(information),
    'selfConsistency',
    `expected an information above 0 nats, got ${information}`,
  );
  const questions = {
    independent: {truth, information: 0},
    plain: {truth, information},
    processed: {truth: processed(truth), information},
    doubled: {truth: doubled(truth), information: 2 * information},
  };
  const names = Object.keys(questions) as (keyof typeof questions)[];
  const runs = seeds.length * estimators.length * names.length;
  let index = 0;
  for (const seed of seeds)
    for (const estimator of estimators) {
      const answers = {} as Record<keyof typeof questions, number>;
      let title = '';
      for (const question of names) {
        const asked = questions[question];
        for await (const row of estimatorStudy({
          ...training,
          estimators: [estimator],
          information: [asked.information],
          batches: [batch],
          seeds: [seed],
          truth: asked.truth,
        })) {
          answers[question] = row.mean;
          ({title} = row);
        }
        onRun?.({index: index++, runs, estimator: title, question});
      }
      yield {
        title,
        truth: truth.name,
        seed,
        batch,
        information,
        ...answers,
        processing: answers.processed / answers.plain,
        additivity: answers.doubled / answers.plain,
      };
    }
}
