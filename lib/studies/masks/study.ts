// Masked autoencoders that differ in what is hidden, what is said of it or by which decoder: what
// their encoders are worth, and what a step costs. He et al. 2022, "Masked Autoencoders Are
// Scalable Vision Learners", arXiv:2111.06377, sec. 4.1, fig. 5 and table 1.

import path from 'node:path';
import {median} from 'd3-array';
import type {Vit} from '../../backbones/vit';
import {namedVit} from '../../backbones/namedBackbone';
import {vitDepth} from '../../backbones/vitDepth';
import {check} from '../../check';
import type {Dataset} from '../../datasets/dataset';
import {deviceLine} from '../../engine/device';
import {tf} from '../../engine/tf';
import {embeddingAccuracies} from '../../evaluation/accuracies';
import {checkClasses} from '../../evaluation/checkClasses';
import {evaluateEmbedding, labelsAt} from '../../evaluation/evaluateEncoder';
import {fineTune} from '../../evaluation/fineTune';
import {loadVit} from '../../evaluation/loadVit';
import {drawMasks} from '../../masks/drawMasks';
import {namedMask, type MaskSettings} from '../../masks/namedMask';
import type {Grid} from '../../masks/masks';
import {mae} from '../../methods/masked/mae';
import {dispose} from '../../engine/params';
import {adamW} from '../../training/adamW';
import {encoderOf} from '../../embedding/encoderOf';
import type {TrainingEvent} from '../../training/event';
import type {Run} from '../../training/run';
import {disposeState, initialState} from '../../training/training';
import {namedRecipe} from '../../views/recipes/namedRecipe';
import {backboneFile, encoderRun, type EncoderRow} from '../../study/encoderRun';
import {hitText} from '../../study/hitText';
import type {MethodTask} from '../../study/methodTask';
import {resultsFolder} from '../../study/resultsFolder';
import {rowOf} from '../../study/rowOf';
import {defaultSeeds, rowsOf, type Study, type StudyOptions} from '../../study/study';
import {maskName, maskTask, maskTrainingDefaults, type MaskedSettings, type MaskTrainingSettings} from './task';

/**
 * What is hidden of the images and what is said of it, and whether the encoder is fine-tuned
 * afterwards.
 */
export type MaskSetting = Pick<MaskedSettings, 'maskTokenInEncoder' | 'target'> & {
  /**
   * null: the encoder is not pre-trained at all; what it is worth as it starts, and what
   * fine-tuning reaches from there.
   */
  mask: MaskSettings | null;
  /** @default false */
  fineTune?: boolean;
};

/** A masked autoencoder as it is trained here, and what of the training differs for its sake. */
export type MaskVariant = Partial<MaskTrainingSettings> &
  MaskSetting & {
    /**
     * Sets it apart from the others.
     * @default its mask, as in 'random 75 %', or 'not pre-trained'
     */
    name?: string;
  };

/**
 * What the studies of masked autoencoders compare with, trained once for all of them: three
 * quarters of the patches hidden at random, best in the paper; and no pre-training.
 */
export const maskReference: MaskVariant = {mask: {strategy: 'random', ratio: 0.75}, fineTune: true};
export const notPretrained: MaskVariant = {mask: null, fineTune: true};

/**
 * How encoders are fine-tuned: see {@link fineTune}. What was pre-trained learns slower layer by
 * layer; what was not does not. Rate, epochs and crops were chosen by six trials on seed 0 at 75 %,
 * of encoders that had started from weights of deviation 0.02; MAE's own, crops from a fifth of the
 * image and a rate of 0.001, were 11 points behind the linear probe after five epochs, these 3
 * after eight.
 */
export type FineTuningSettings = {
  /** @default 10 */
  epochs: number;
  /** @default 64 */
  batch: number;
  /** @default 0.004 */
  rate: number;
  /** Factor on the rate from each layer to the one before it. @default 0.75, MAE's for ViT-L */
  layerDecay: number;
  /** The smallest share of an image that a crop shows. @default 0.9 */
  smallestArea: number;
};

export const fineTuningDefaults: FineTuningSettings = {
  epochs: 10,
  batch: 64,
  rate: 4e-3,
  layerDecay: 0.75,
  smallestArea: 0.9,
};

/** k-NN and linear probe of the embedding on the test images, shares 0 to 1. */
type Read = {knn: number; linear: number};

/**
 * One training of a variant, and what came of it. Where nothing was pre-trained the course is
 * empty.
 */
export type MaskRow = EncoderRow<Read> & {
  variant: string;
  /** All that decided the training but its seed and its data. */
  settings: MaskTrainingSettings & MaskSetting;
  /**
   * Share of tokens that is hidden, and of tokens that go through the encoder, the class token not
   * counted.
   */
  hidden: number;
  encoded: number;
  /** Median of the steps; null where the run had only to be measured. */
  secondsPerStep: number | null;
  /**
   * Test accuracy after fine-tuning: after the last epoch, and after the one that the validation
   * images choose; null where it was not asked for. Its minutes are none of the row's.
   */
  fineTuned: {last: number; chosen: number; epoch: number; hits: string; protocol: string; minutes: number} | null;
};

type MaskDial = {variant: MaskVariant & {name: string}; seed: number};
type MaskStudySettings = MaskTrainingSettings & {evaluations: number; fineTuning: FineTuningSettings};

export interface MaskStudyOptions extends StudyOptions, Partial<MaskTrainingSettings> {
  variants: readonly MaskVariant[];
  /** How often accuracy is measured on the way. @default 1 */
  evaluations?: number;
  /** Of the variants that ask for it. */
  fineTuning?: Partial<FineTuningSettings>;
}

/**
 * Trains each variant for each seed and yields a row for each run, seed by seed.
 *
 * @throws RangeError when a variant or a seed is there twice, a class has too few training images,
 * or a variant makes no sense; the signal's reason. Runs that were finished stay.
 */
export async function* maskStudy({
  variants,
  seeds = defaultSeeds,
  evaluations = 1,
  fineTuning,
  dataset,
  folder = resultsFolder('masks'),
  tensorboard,
  jobs,
  onEvent,
  signal,
  ...chosen
}: MaskStudyOptions): AsyncGenerator<MaskRow, void, undefined> {
  check(
    variants.length > 0 && seeds.length > 0,
    'maskStudy',
    `expected at least one variant and one seed, got ${variants.length} and ${seeds.length}`,
  );
  checkClasses('maskStudy', dataset);
  const settings = {
    ...maskTrainingDefaults,
    ...chosen,
    evaluations,
    fineTuning: {...fineTuningDefaults, ...fineTuning},
  };
  // what makes no sense is refused before anything is trained
  for (const variant of variants) taskOf(variant, {...settings, dataset, seed: 0})?.source.dispose();
  const dials = seeds.flatMap(seed =>
    variants.map((variant): MaskDial => ({variant: {name: maskName(variant.mask), ...variant}, seed})),
  );
  yield* rowsOf(maskRuns, {dataset, settings, dials, folder, tensorboard, jobs, onEvent, signal});
}

type Given = MaskTrainingSettings & {dataset: Dataset; seed: number};

/** The training of a variant, if it has one. */
function taskOf({name: _, fineTune: __, mask, ...variant}: MaskVariant, given: Given): MethodTask | undefined {
  return mask === null ? undefined : maskTask({...given, ...variant, mask}).task;
}

/** How one run is trained. */
export const maskRuns: Study<MaskStudySettings, MaskDial, MaskRow> = {
  name: 'maskStudy',
  described: ({variant, seed}) => ({mask: variant.name, seed}),
  async train(
    run,
    {
      dataset,
      settings: {evaluations, fineTuning, ...training},
      dial: {
        variant: {name, ...variant},
        seed,
      },
      onEvent,
      signal,
    },
  ) {
    const {
      shape: [, ...shape],
    } = dataset;
    const encoder = namedVit(variant.backbone ?? training.backbone, shape[2]);
    const grid = encoder.grid({shape: [1, ...shape]} as tf.Tensor4D);
    const task = taskOf(variant, {...training, dataset, seed});
    const seconds: number[] = [];
    const measured = task
      ? await encoderRun(run, task, {
          dataset,
          evaluations,
          signal,
          metadata: () => ({method: 'masked autoencoder', mask: name}),
          onEvent(event) {
            seconds.push(task.batch / event.imagesPerSecond);
            onEvent(event);
          },
          async measure(_encoder, splits) {
            const embedding = await embeddingAccuracies(splits, {signal});
            return {accuracies: {knn: embedding.knn, linear: embedding.linear}, embedding, more: {}};
          },
        })
      : await unchanged(run, encoder, {dataset, seed, signal});
    const secondsPerStep = median(seconds) ?? null;
    const fineTuned = variant.fineTune
      ? await tuned(run, encoder, {pretrained: task !== undefined, fineTuning, dataset, seed, onEvent, signal})
      : null;
    return {
      ...measured,
      variant: name,
      settings: {...training, ...variant},
      ...shares(variant, grid),
      secondsPerStep,
      fineTuned,
    };
  },
};

/** With which pre-training of this seed starts. */
const startOf = (backbone: Vit, seed: number) => initialState({method: mae({backbone}), optimizer: adamW(), seed});

/** The row of that encoder. */
async function unchanged(
  run: Run<MaskRow>,
  backbone: Vit,
  {dataset, seed, signal}: {dataset: Dataset; seed: number; signal?: AbortSignal},
): Promise<EncoderRow<Read>> {
  const began = performance.now();
  const read = () => startOf(backbone, seed);
  const {encoder, dispose: release} = await encoderOf(mae({backbone}), {read}, dataset, {signal});
  try {
    const {knn, linear, predictions, protocol} = await evaluateEmbedding(encoder, dataset, {signal});
    const labels = labelsAt(dataset, dataset.splits.test);
    return {
      run: run.id,
      dataset: dataset.name,
      seed,
      epochs: 0,
      last: {knn, linear},
      chosen: {knn, linear, epoch: 0},
      hits: {knn: hitText(predictions.knn, labels), linear: hitText(predictions.linear, labels)},
      course: [],
      protocol,
      minutes: (performance.now() - began) / 60_000,
      device: deviceLine(),
    };
  } finally {
    release();
  }
}

type TuningOptions = {
  pretrained: boolean;
  fineTuning: FineTuningSettings;
  dataset: Dataset;
  seed: number;
  onEvent(event: TrainingEvent): void;
  signal?: AbortSignal;
};

/**
 * Fine-tunes the exported encoder, or the one that is not pre-trained. It is a run of its own
 * inside the run's folder: after an end at any moment it goes on.
 */
async function tuned(
  run: Run<MaskRow>,
  backbone: Vit,
  {pretrained, fineTuning: {layerDecay, smallestArea, ...training}, dataset, seed, onEvent, signal}: TuningOptions,
): Promise<NonNullable<MaskRow['fineTuned']>> {
  const options = {...training, smallestArea, seed, ...(pretrained && {layerDecay})};
  return rowOf(path.join(run.folder, 'fine-tuning'), options, async inner => {
    const fresh = startOf(backbone, seed);
    const loaded = pretrained
      ? (await loadVit(backboneFile(run), {backbone, params: fresh.params.backbone})).params
      : undefined;
    try {
      const slower = {
        decay: layerDecay,
        layers: backbone.depth + 1,
        layerOf: (name: string) => vitDepth(name, backbone.depth),
      };
      const {last, chosen, protocol, minutes} = await fineTune({
        ...training,
        recipe: namedRecipe({recipe: 'cropFlip', smallestArea}, dataset),
        backbone,
        dataset,
        seed,
        start: loaded ?? fresh.params.backbone,
        ...(pretrained && {layerDecay: slower}),
        run: inner,
        onEvent,
        signal,
      });
      return {
        last: last.accuracy,
        chosen: chosen.accuracy,
        epoch: chosen.epoch,
        hits: hitText(last.predictions, labelsAt(dataset, dataset.splits.test)),
        protocol,
        minutes,
      };
    } finally {
      disposeState(fresh);
      if (loaded) dispose(loaded);
    }
  });
}

/** Of the tokens of one mask: every image hides as many. */
function shares(variant: MaskVariant, grid: Grid): Pick<MaskRow, 'hidden' | 'encoded'> {
  if (variant.mask === null) return {hidden: 0, encoded: 1};
  const drawn = drawMasks(namedMask(variant.mask, grid), 1, 0);
  const kept = drawn.kept.shape[1] / (grid[0] * grid[1]);
  tf.dispose(drawn);
  return {hidden: 1 - kept, encoded: variant.maskTokenInEncoder ? 1 : kept};
}
