// Fine-tunes a pre-trained encoder with labels: what its weights are worth as a start, where the
// linear probe tells what its features are worth as they are. He et al. 2022, "Masked Autoencoders
// Are Scalable Vision Learners", arXiv:2111.06377, table 9. Differs from theirs: random crops and
// flips alone unless told otherwise (RandAugment and random erasing); mixup and cutmix are off
// until asked for.

import {check, whole} from '../check';
import type {Dataset} from '../datasets/dataset';
import type {Inputs} from '../engine/step';
import {tf} from '../engine/tf';
import {fineTuning, type FineTuningOptions} from '../methods/fineTuning';
import type {SupervisedOutputs, SupervisedParams} from '../methods/supervised';
import type {Source} from '../module';
import {warmupCosine} from '../schedules';
import {adamW} from '../training/adamW';
import {encoderOf} from '../embedding/encoderOf';
import type {TrainingEvent} from '../training/event';
import {memoryLog, type RunLog} from '../training/runLog';
import type {Task, Training} from '../training/training';
import {trainRun, type Course} from '../training/trainRun';
import {labeledView, type LabeledView} from '../views/sources/labeledView';
import {mixedView, type MixingOptions} from '../views/sources/mixedView';
import type {Recipe} from '../views/recipe';
import {cropFlipViews} from '../views/recipes/cropFlip';
import {checkClasses} from './checkClasses';
import {embed} from '../embedding/embed';
import {labelsAt} from './evaluateEncoder';
import {accuracy} from './labeled';

/** A transformer draws stochastic depth where it was made with some. */
export interface FineTuneOptions extends Omit<FineTuningOptions, 'classes'>, MixingOptions {
  /**
   * Trained on its split 'train'; an epoch is chosen on 'validation'; 'test' is only measured on.
   */
  dataset: Dataset;
  /** Of it come the classifier's weights, order, views, mixing and stochastic depth. */
  seed: number;
  /** @default 20 */
  epochs?: number;
  /** Images a step. @default 64 */
  batch?: number;
  /** Peak learning rate, of the last layer where there is layer decay. @default 0.001 */
  rate?: number;
  /**
   * Share of the training in which the rate rises from 0, before half a cosine takes it back there.
   * @default 0.05, MAE's 5 of 100 epochs
   */
  warmup?: number;
  /** Weight decay of matrices and kernels. @default 0.05 */
  decay?: number;
  /** Label smoothing. @default 0.1 */
  smoothing?: FineTuningOptions['smoothing'];
  /** Whose first view the training images are seen in. @default cropFlipViews */
  recipe?: Recipe;
  /**
   * How often accuracy is measured, evenly over the epochs, the last time after the last one.
   * @default 5
   */
  evaluations?: number;
  /**
   * Where the training is noted and saved: with a `Run` it goes on after an end at any
   * moment.
   * @default nowhere
   */
  run?: RunLog;
  /** Is told each step. */
  onEvent?(event: TrainingEvent): void;
  signal?: AbortSignal;
}

/**
 * What was measured after an epoch, which counts from 1: shares 0 to 1, and [n test] predicted
 * classes.
 */
export type FineTunedEpoch = {epoch: number; validationAccuracy: number; accuracy: number; predictions: Int32Array};

/** A fine-tuning: its last epoch, and the one chosen on validation. */
export type FineTuned = {
  /** After the last epoch. */
  last: FineTunedEpoch;
  /** After the one of the best validation accuracy, of equal ones the first. */
  chosen: FineTunedEpoch;
  /** All that were measured, in order. */
  measured: FineTunedEpoch[];
  /** Means over each epoch. */
  course: Course;
  /** How it was measured, in words and numbers. */
  protocol: string;
  minutes: number;
};

const EPOCHS = 20;
const BATCH = 64;
const RATE = 1e-3;
const WARMUP = 0.05;
const DECAY = 0.05;
const SMOOTHING = 0.1;
const EVALUATIONS = 5;

/** The protocol in words. */
export function fineTuneProtocol({
  epochs = EPOCHS,
  batch = BATCH,
  rate = RATE,
  warmup = WARMUP,
  decay = DECAY,
  smoothing = SMOOTHING,
  layerDecay,
  mixup = 0,
  cutmix = 0,
}: Pick<
  FineTuneOptions,
  'epochs' | 'batch' | 'rate' | 'warmup' | 'decay' | 'smoothing' | 'layerDecay' | 'mixup' | 'cutmix'
>): string {
  return [
    `fine-tune: ${epochs} epochs of batches of ${batch}`,
    `AdamW, rate ${rate}, decay ${decay}, warm-up ${warmup} and cosine`,
    layerDecay && `layer decay ${layerDecay.decay}`,
    smoothing > 0 && `label smoothing ${smoothing}`,
    mixup > 0 && `mixup ${mixup}`,
    cutmix > 0 && `cutmix ${cutmix}`,
  ]
    .filter(Boolean)
    .join(', ');
}

/**
 * Trains backbone and classifier on the labeled training images, and tells test accuracy after the
 * last epoch and after the one that the validation images choose. BatchNorm is measured on the
 * training images. Works in pieces; keeps no tensor.
 *
 * @throws RangeError when a split is empty, a class has a single training image or none, the
 * weights are not the backbone's, or a setting is out of its range; the signal's reason.
 */
export async function fineTune(options: FineTuneOptions): Promise<FineTuned> {
  const {dataset, evaluations = EVALUATIONS, run = memoryLog(), onEvent, signal} = options;
  const {splits} = dataset;
  for (const split of ['train', 'validation', 'test'] as const)
    check(
      splits[split].length >= 1,
      'fineTune',
      `expected images in the split '${split}' of ${dataset.name}, got none`,
    );
  check(
    dataset.classes.length >= 2,
    'fineTune',
    `expected at least 2 classes, ${dataset.name} has ${dataset.classes.length}`,
  );
  whole('fineTune', 'evaluations', evaluations);
  checkClasses('fineTune', dataset);
  const task = taskOf(options);
  try {
    const evaluate = async (training: Pick<Training<SupervisedParams, {}>, 'read'>) => {
      const {encoder, dispose} = await encoderOf(
        task.method,
        training,
        {...dataset, splits: {pretrain: splits.train}},
        {signal},
      );
      const predicted = async (split: 'validation' | 'test') => {
        const {embedding, projection} = await embed(encoder, dataset, splits[split], {signal});
        const classes = projection!.argMax(1);
        const predictions = [...classes.dataSync<'int32'>()];
        tf.dispose([embedding, projection!, classes]);
        return predictions;
      };
      try {
        return {validation: await predicted('validation'), test: await predicted('test')};
      } finally {
        dispose();
      }
    };
    const {evaluated, course, minutes} = await trainRun(run, task, {evaluations, evaluate, onEvent, signal});
    const measured = evaluated.map(({epoch, evaluation}): FineTunedEpoch => {
      const predictions = Int32Array.from(evaluation.test);
      return {
        epoch,
        validationAccuracy: accuracy(Int32Array.from(evaluation.validation), labelsAt(dataset, splits.validation)),
        accuracy: accuracy(predictions, labelsAt(dataset, splits.test)),
        predictions,
      };
    });
    const chosen = measured.reduce((best, next) => (next.validationAccuracy > best.validationAccuracy ? next : best));
    const sizes =
      `${splits.train.length} training, ${splits.validation.length} validation, ${splits.test.length} test ` + 'images';
    return {
      last: measured.at(-1)!,
      chosen,
      measured,
      course,
      minutes,
      protocol: `${fineTuneProtocol(options)}; best of ${measured.length} epochs by validation; ${sizes}`,
    };
  } finally {
    task.source.dispose();
  }
}

/** The training: with its source, which the caller disposes. */
function taskOf({
  dataset,
  backbone,
  start,
  layerDecay,
  seed,
  epochs = EPOCHS,
  batch = BATCH,
  rate = RATE,
  warmup = WARMUP,
  decay = DECAY,
  smoothing = SMOOTHING,
  recipe,
  mixup = 0,
  cutmix = 0,
  cutmixShare,
  probability,
}: FineTuneOptions): Task<LabeledView, SupervisedParams, {}, SupervisedOutputs, Inputs> {
  const {
    classes: {length: classes},
    shape: [, size],
    mean,
    standardDeviation,
  } = dataset;
  const settings = {
    method: fineTuning({backbone, classes, start, layerDecay, smoothing}),
    optimizer: adamW({decay}),
    schedule: warmupCosine({peak: rate, warmup}),
    epochs,
    batch,
    seed,
    range: {chance: Math.log(classes)},
  };
  const plain: Source<LabeledView, Inputs> = labeledView({
    dataset,
    recipe: recipe ?? cropFlipViews({size, mean, standardDeviation}),
  });
  try {
    return {
      ...settings,
      source:
        mixup === 0 && cutmix === 0 ? plain : mixedView(plain, {classes, mixup, cutmix, cutmixShare, probability}),
    };
  } catch (error) {
    plain.dispose();
    throw error;
  }
}
