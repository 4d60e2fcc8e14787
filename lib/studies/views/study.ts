// What makes for good views: one number of the views is turned, and each encoder tells how much its
// two views share and what it is worth. Tian et al. 2020 (InfoMin), "What Makes for Good Views for
// Contrastive Learning?", arXiv:2005.10243, sec. 3.

import {check} from '../../check';
import {checksumOf, loadPairs, type PairOrigin} from '../../datasets/pairOrigin';
import {checkClasses} from '../../evaluation/checkClasses';
import {bothBy} from '../../study/encodedPairs';
import {encoderRun, type EncoderRow} from '../../study/encoderRun';
import type {HeldOutInformation} from '../../study/heldOutInformation';
import {measuredViews} from '../../study/measuredViews';
import {methodTask} from '../../study/methodTask';
import {resultsFolder} from '../../study/resultsFolder';
import {defaultSeeds, rowsOf, type Study, type StudyOptions} from '../../study/study';
import {encoderDefaults, type EncoderSettings} from '../../study/trainingSettings';
import {checkTransfer, type Read} from '../../study/transferred';
import {recipeDefaults, type SimclrSettings} from '../../views/recipes/namedRecipe';
import {dialedViews, type ViewDialName} from './dials';

/**
 * One training at one value of the dial, and what came of it; both estimates are of pairs of the
 * test split, I_NCE a mean over groups of K.
 */
export type ViewRow = EncoderRow<Read> &
  HeldOutInformation & {
    dial: ViewDialName;
    value: number;
    /** Accuracies of the same encoder on other data sets, by their names. */
    transfer: {[name: string]: Read};
    /** All that decided the training but the dial, its seed and its data. */
    settings: ViewSettings;
  };

/**
 * What is the same for all values of the dial: the estimate depends on encoder and K, so only the
 * views may differ. Encoder and training are {@link encoderDefaults}.
 */
export type ViewSettings = EncoderSettings & {
  /**
   * Where the other dials of SimCLR's views stand.
   * @default strength 0.5, no blur, crops of at least 0.4
   */
  base: SimclrSettings;
  /** K: candidates among which a view's other view is picked, of held-out pairs. @default 256 */
  candidates: number;
  /** Of the loss and of the estimate. @default 0.2 */
  temperature: number;
  /**
   * What the dials 'patchDistance' and 'frameDistance' cut their pairs out of, as plain data; what
   * an encoder is worth is still asked on the data set.
   * @default none
   */
  pairs?: PairOrigin;
  /** Other data sets that each encoder is tried on. @default none */
  transfer: string[];
};

export const viewDefaults: ViewSettings = {
  ...encoderDefaults,
  base: recipeDefaults,
  candidates: 256,
  temperature: 0.2,
  transfer: [],
};

type ViewDial = {dial: ViewDialName; value: number; seed: number};
type ViewStudySettings = ViewSettings & {evaluations: number};

export interface ViewInformationStudyOptions extends StudyOptions, Partial<ViewSettings> {
  /** What is turned. */
  dial: ViewDialName;
  /** Where it is put, each value once. */
  values: readonly number[];
  /** How often accuracy and information are measured on the way. @default 1 */
  evaluations?: number;
}

/**
 * Trains SimCLR at each value of the dial for each seed and yields a row for each run, seed by
 * seed.
 *
 * @throws RangeError when a value lies outside the dial's range, K is larger than the number of
 * held-out pairs, a class has too few training images; the signal's reason. Runs that were finished
 * stay.
 */
export async function* viewInformationStudy({
  dial,
  values,
  seeds = defaultSeeds,
  evaluations = 1,
  dataset,
  folder = resultsFolder('views'),
  tensorboard,
  jobs,
  onEvent,
  signal,
  ...chosen
}: ViewInformationStudyOptions): AsyncGenerator<ViewRow, void, undefined> {
  check(
    values.length > 0 && seeds.length > 0,
    'viewInformationStudy',
    `expected at least one value and one seed, got ${values.length} and ${seeds.length}`,
  );
  checkClasses('viewInformationStudy', dataset);
  const images = chosen.pairs && (await loadPairs(chosen.pairs));
  const settings = {
    ...viewDefaults,
    ...chosen,
    ...(images && {pairs: {...chosen.pairs!, checksum: checksumOf(images)}}),
    evaluations,
  };
  checkTransfer('viewInformationStudy', settings.transfer);
  for (const value of values) {
    // what makes no sense is refused before anything is trained
    const heldOut = dialedViews({dataset, split: 'test', dial, value, base: settings.base, images});
    heldOut.dispose();
    check(
      settings.candidates >= 2 && settings.candidates <= heldOut.size,
      'viewInformationStudy',
      `expected candidates from 2 to the ${heldOut.size} held-out pairs, got ${settings.candidates}`,
    );
  }
  const dials = seeds.flatMap(seed => values.map((value): ViewDial => ({dial, value, seed})));
  yield* rowsOf(viewRuns, {dataset, settings, dials, folder, tensorboard, jobs, onEvent, signal});
}

/** How one run is trained. */
export const viewRuns: Study<ViewStudySettings, ViewDial, ViewRow> = {
  name: 'viewInformationStudy',
  described: ({dial, value, seed}) => ({[dial]: value, seed}),
  async train(run, {dataset, settings: {evaluations, ...settings}, dial: {dial, value, seed}, onEvent, signal}) {
    const {base, candidates, pairs, temperature, transfer, projector, ...training} = settings;
    const images = pairs && (await loadPairs(pairs));
    const pairsOf = (split: 'pretrain' | 'test') => dialedViews({dataset, split, dial, value, base, images});
    const method = {method: 'simclr', options: {projector, temperature}} as const;
    const {task} = methodTask({dataset, method, seed, ...training, source: pairsOf('pretrain')});
    const measured = await encoderRun(run, task, {
      dataset,
      evaluations,
      onEvent,
      signal,
      metadata: () => ({method: 'SimCLR', [dial]: String(value)}),
      measure: (encoder, splits) =>
        measuredViews(encoder, splits, {
          source: pairsOf('test'),
          encode: bothBy(view => encoder(view).projection!),
          temperature,
          candidates,
          transfer,
          signal,
        }),
    });
    return {...measured, dial, value, settings};
  },
};
