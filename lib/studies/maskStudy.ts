// Masked autoencoders that differ in what is hidden, what is said of it or by which decoder: what their encoders are worth, and what a step costs.
// He et al. 2022, "Masked Autoencoders Are Scalable Vision Learners", arXiv:2111.06377, sec. 4.1, fig. 5 and table 1.

import path from 'node:path';
import {median} from '../analysis/median';
import {check} from '../check';
import {deviceLine} from '../engine/device';
import {tf} from '../engine/tf';
import {featureAccuracies} from '../evaluation/accuracies';
import {checkClasses} from '../evaluation/checkClasses';
import {embedSplits} from '../evaluation/evaluateEncoder';
import {exportBackbone} from '../evaluation/exportBackbone';
import {drawMasks} from '../masks/drawMasks';
import {namedMask} from '../masks/namedMask';
import type {MaeParams} from '../methods/masked/mae';
import {encoderOf} from '../training/encoderOf';
import {trainRun, type Course} from '../training/trainRun';
import {hitText} from './hitText';
import {maskTask, maskTrainingDefaults, type MaskedSettings, type MaskTrainingSettings} from './maskTask';
import {resultsFolder} from './resultsFolder';
import {rowsOf, type Study, type StudyOptions} from './study';

/** A masked autoencoder as it is trained here. */
export type MaskVariant = MaskedSettings & {
  /** Sets it apart from the others. @default its mask, as in 'random 75 %' */
  name?: string;
};

/** k-NN and linear probe of the embedding on the test images, shares 0 to 1. */
type Read = {knn: number; linear: number};

/** One training of a variant, and what came of it. */
export type MaskRow = {
  /** Identifier of the run, and the name of its folder. */
  run: string;
  dataset: string;
  variant: string;
  seed: number;
  epochs: number;
  /** All that decided the training but its seed and its data. */
  settings: MaskTrainingSettings & MaskedSettings;
  /** Share of tokens that is hidden, and of tokens that go through the encoder, the class token not counted. */
  hidden: number;
  encoded: number;
  last: Read;
  /** At the epoch with the best k-NN accuracy on the validation split. */
  chosen: Read & {epoch: number};
  /** Which test images were classified rightly at the last epoch: '1' or '0' each, in the order of the test split. */
  hits: {knn: string; linear: string};
  /** Median of the steps; null where the run had only to be measured. */
  secondsPerStep: number | null;
  /** Of the loss, epoch by epoch. */
  course: Course;
  protocol: string;
  minutes: number;
  device: string;
};

type MaskDial = {variant: MaskVariant & {name: string}; seed: number};
type MaskStudySettings = MaskTrainingSettings & {evaluations: number};

export interface MaskStudyOptions extends StudyOptions, Partial<MaskTrainingSettings> {
  variants: readonly MaskVariant[];
  /** One training of each variant for each seed. @default [0, 1, 2] */
  seeds?: number[];
  /** How often accuracy is measured on the way. @default 1 */
  evaluations?: number;
}

/**
 * Trains each variant for each seed and yields a row for each run, seed by seed.
 *
 * @throws RangeError when a variant or a seed is there twice, a class has too few training images, or a variant makes no sense; the signal's reason. Runs that were finished stay.
 */
export async function* maskStudy({variants, seeds = [0, 1, 2], evaluations = 1, dataset, folder = resultsFolder('masks'), tensorboard, jobs, onEvent, signal, ...chosen}: MaskStudyOptions): AsyncGenerator<MaskRow, void, undefined> {
  check(variants.length > 0 && seeds.length > 0, 'maskStudy', `expected at least one variant and one seed, got ${variants.length} and ${seeds.length}`);
  checkClasses('maskStudy', dataset);
  const settings = {...maskTrainingDefaults, ...chosen, evaluations};
  for (const {name: _, ...variant} of variants) maskTask({dataset, seed: 0, ...settings, ...variant}).task.source.dispose();   // what makes no sense is refused before anything is trained
  const dials = seeds.flatMap(seed => variants.map((variant): MaskDial => ({variant: {name: nameOf(variant), ...variant}, seed})));
  yield* rowsOf(masks, {dataset, settings, dials, folder, tensorboard, jobs, onEvent, signal});
}

const nameOf = ({mask: {strategy, ratio}}: MaskVariant) => `${strategy} ${Number((100 * ratio).toFixed(1))} %`;

/** How one run is trained. */
export const masks: Study<MaskStudySettings, MaskDial, MaskRow> = {
  name: 'maskStudy',
  described: ({variant, seed}) => ({mask: variant.name, seed}),
  async train(run, {dataset, settings: {evaluations, ...training}, dial: {variant: {name, ...masked}, seed}, onEvent, signal}) {
    const {task, encoder} = maskTask({dataset, seed, ...training, ...masked});
    const seconds: number[] = [];
    try {
      const evaluate = async (training: Parameters<typeof encoderOf<MaeParams, {}>>[1]) => {
        const trained = await encoderOf(task.method, training, dataset, {signal});
        try {
          await exportBackbone(path.join(run.folder, 'backbone.safetensors'), {...trained.backbone, metadata: {method: 'MAE', mask: name, dataset: dataset.name}});
          const splits = await embedSplits(trained.encoder, dataset, {signal});
          try {
            const features = ({embedding, labels}: typeof splits.test) => ({features: embedding, labels});
            const {knn, linear, validationKnn, predictions, protocol} = await featureAccuracies({train: features(splits.train), validation: features(splits.validation), test: features(splits.test)}, {signal});
            return {knn, linear, validationKnn, protocol, hits: {knn: hitText(predictions.knn, splits.test.labels), linear: hitText(predictions.linear, splits.test.labels)}};
          } finally {
            tf.dispose(Object.values(splits).map(({embedding}) => embedding));
          }
        } finally {
          trained.dispose();
        }
      };
      const {evaluated, course, minutes} = await trainRun(run, task, {evaluations, evaluate, signal, onEvent(event) {
        seconds.push(task.batch / event.imagesPerSecond);
        onEvent(event);
      }});
      const {validationKnn: _, protocol, hits, ...last} = evaluated.at(-1)!.evaluation;
      const best = evaluated.reduce((a, b) => (b.evaluation.validationKnn > a.evaluation.validationKnn ? b : a));
      const row: MaskRow = {
        run: run.id, dataset: dataset.name, variant: name, seed, epochs: task.epochs, settings: {...training, ...masked}, ...shares(masked, encoder.grid({shape: [1, ...dataset.shape.slice(1)]} as tf.Tensor4D)),
        last, chosen: {knn: best.evaluation.knn, linear: best.evaluation.linear, epoch: best.epoch}, hits, secondsPerStep: seconds.length > 0 ? median(seconds) : null, course, protocol, minutes, device: deviceLine(),
      };
      await run.finish(row);
      return row;
    } finally {
      task.source.dispose();
    }
  },
};

/** Of the tokens of one mask: every image hides as many. */
function shares({mask, maskTokenInEncoder = false}: MaskedSettings, grid: Parameters<typeof namedMask>[1]): Pick<MaskRow, 'hidden' | 'encoded'> {
  const drawn = drawMasks(namedMask(mask, grid), 1, 0);
  const kept = drawn.kept.shape[1] / (grid[0] * grid[1]);
  tf.dispose(drawn);
  return {hidden: 1 - kept, encoded: maskTokenInEncoder ? 1 : kept};
}
