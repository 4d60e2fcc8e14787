// One channel against the rest, space by space: how much light and color tell of each other, and
// what encoders are worth that learned it; beside spaces that are learned to tell little. Tian et
// al. 2020 (InfoMin), "What Makes for Good Views for Contrastive Learning?", arXiv:2005.10243; Tian
// et al. 2020 (CMC), arXiv:1906.05849.

import {health} from '../../analysis/health';
import {pickingRange} from '../../losses/lossRange';
import {namedBackbone, type BackboneName} from '../../backbones/namedBackbone';
import {smallConv} from '../../backbones/smallConv';
import {check} from '../../check';
import type {Dataset} from '../../datasets/dataset';
import {checkClasses} from '../../evaluation/checkClasses';
import {colorStatistics} from '../../evaluation/colorStatistics';
import {cmc} from '../../methods/contrastive/cmc';
import {flowViews} from '../../methods/contrastive/learnedViews';
import {projectionPair} from '../../methods/contrastive/pairEncoders';
import type {Backbone} from '../../module';
import {channelSplit} from '../../views/channelSplit';
import {colorSpaceNames, colorSpaces, type ColorSpace} from '../../views/colorSpace';
import {oneView, type OneView} from '../../views/sources/oneView';
import {namedRecipe, recipeDefaults} from '../../views/recipes/namedRecipe';
import type {ViewPair} from '../../views/viewPair';
import {encoderRun, type EncoderRow} from '../../study/encoderRun';
import type {HeldOutInformation} from '../../study/heldOutInformation';
import {flowOf, learnedFlow, type FlowSettings, type LearnedFlow} from './learnedFlow';
import {measuredViews} from '../../study/measuredViews';
import {resultsFolder} from '../../study/resultsFolder';
import {defaultSeeds, rowsOf, type Study, type StudyOptions} from '../../study/study';
import {encoderDefaults, trainingOf, type EncoderSettings} from '../../study/trainingSettings';
import {checkTransfer, type Read} from '../../study/transferred';

/** Spaces that a flow learns from RGB before CMC is trained on its channels. */
export const learnedSpaces = {
  flow: {title: 'learned', volumePreserving: true, labels: false},
  scalingFlow: {title: 'learned, scaling', volumePreserving: false, labels: false},
  flowLabels: {title: 'learned with labels', volumePreserving: true, labels: true},
  scalingFlowLabels: {title: 'learned with labels, scaling', volumePreserving: false, labels: true},
} as const satisfies Record<string, FlowSettings & {title: string}>;
/** A space that a flow learns: whether it keeps volumes, and whether it was shown labels. */
export type LearnedSpace = keyof typeof learnedSpaces;

/** All spaces that the study splits into channels: fixed ones, and those that flows learn. */
export const splitSpaces = [...colorSpaceNames, ...(Object.keys(learnedSpaces) as LearnedSpace[])] as const;
/** A space that is split into one channel and the rest. */
export type SplitSpace = ColorSpace | LearnedSpace;

const isLearned = (space: SplitSpace): space is LearnedSpace => space in learnedSpaces;

/** As in 'YDbDr' or 'learned with labels'. */
export const spaceTitle = (space: SplitSpace): string =>
  (isLearned(space) ? learnedSpaces[space] : colorSpaces[space]).title;

/** One training of CMC in one space; both estimates are of pairs of channels of the test split. */
export type ColorSpaceRow = EncoderRow<Read> &
  HeldOutInformation & {
    space: SplitSpace;
    /** Accuracies of the same encoders on other data sets, by their names. */
    transfer: {[name: string]: Read};
    /** How a learned space came to be; null for the others. */
    flow: LearnedFlow | null;
    /** All that decided the training but the space, its seed and its data. */
    settings: ColorSpaceSettings;
  };

/**
 * What is the same in all spaces. Encoder and training are {@link encoderDefaults}, but for CMC's
 * projector of a single layer, [128].
 */
export type ColorSpaceSettings = EncoderSettings & {
  /** Where negatives come from. @default 'batch' */
  negatives: 'batch' | 'memory';
  /**
   * Views are crops of at least this share of an image, and flips; both channels' views are of one
   * crop.
   * @default 0.4
   */
  smallestArea: number;
  /** K of the estimate. @default 256 */
  candidates: number;
  /** @default 0.2 */
  temperature: number;
  /** Epochs of the game in which a flow is learned. @default 20 */
  flowEpochs: number;
  /** @default none */
  transfer: string[];
};

export const colorSpaceDefaults: ColorSpaceSettings = {
  ...encoderDefaults,
  projector: [128],
  negatives: 'batch',
  smallestArea: recipeDefaults.smallestArea,
  candidates: 256,
  temperature: 0.2,
  flowEpochs: 20,
  transfer: [],
};

type SpaceDial = {space: SplitSpace; seed: number};
type SpaceStudySettings = ColorSpaceSettings & {evaluations: number};

export interface ColorSpaceStudyOptions extends StudyOptions, Partial<ColorSpaceSettings> {
  /** @default all color spaces and the four learned ones */
  spaces?: readonly SplitSpace[];
  /** How often accuracy and information are measured on the way. @default 1 */
  evaluations?: number;
}

/**
 * Trains CMC in each space for each seed and yields a row for each run, seed by seed.
 *
 * @throws RangeError for an unknown space, K larger than the number of test images, images without
 * color, a class with too few training images; the signal's reason. Runs that were finished stay.
 */
export async function* colorSpaceStudy({
  spaces = splitSpaces,
  seeds = defaultSeeds,
  evaluations = 1,
  dataset,
  folder = resultsFolder('color-spaces'),
  tensorboard,
  jobs,
  onEvent,
  signal,
  ...chosen
}: ColorSpaceStudyOptions): AsyncGenerator<ColorSpaceRow, void, undefined> {
  check(
    spaces.length > 0 && seeds.length > 0,
    'colorSpaceStudy',
    `expected at least one space and one seed, got ${spaces.length} and ${seeds.length}`,
  );
  checkClasses('colorSpaceStudy', dataset);
  const settings = {...colorSpaceDefaults, ...chosen, evaluations};
  for (const space of spaces)
    check(
      splitSpaces.includes(space),
      'colorSpaceStudy',
      `expected spaces of ${splitSpaces.join(', ')}, got '${space}'`,
    );
  checkTransfer('colorSpaceStudy', settings.transfer);
  check(dataset.shape[3] === 3, 'colorSpaceStudy', `expected images of 3 channels, got [${dataset.shape}]`);
  const heldOut = dataset.splits.test.length;
  check(
    settings.candidates >= 2 && settings.candidates <= heldOut,
    'colorSpaceStudy',
    `expected candidates from 2 to the ${heldOut} held-out pairs, got ${settings.candidates}`,
  );
  const dials = seeds.flatMap(seed => spaces.map((space): SpaceDial => ({space, seed})));
  yield* rowsOf(colorSpaceRuns, {dataset, settings, dials, folder, tensorboard, jobs, onEvent, signal});
}

/** How one run is trained. */
export const colorSpaceRuns: Study<SpaceStudySettings, SpaceDial, ColorSpaceRow> = {
  name: 'colorSpaceStudy',
  described: ({space, seed}) => ({space, seed}),
  async train(run, {dataset, settings: {evaluations, ...settings}, dial: {space, seed}, onEvent, signal}) {
    const {backbone, projector, negatives, smallestArea, candidates, temperature, flowEpochs, transfer, ...training} =
      settings;
    const encoders = {backbone: halfBackbone(backbone), projector};
    const flow = isLearned(space)
      ? await learnedFlow(run, {
          ...encoders,
          ...learnedSpaces[space],
          ...training,
          dataset,
          epochs: flowEpochs,
          temperature,
          smallestArea,
          seed,
          onEvent,
          signal,
        })
      : null;
    const {views, dispose} = flow
      ? flowPair(flow)
      : {views: await spacePair(dataset, space as ColorSpace, signal), dispose() {}};
    const images = dataset.splits.pretrain.length;
    const recipe = namedRecipe({recipe: 'cropFlip', smallestArea}, dataset);
    const pairsOf = (split: 'pretrain' | 'test') => oneView({dataset, split, recipe});
    const method = cmc({...encoders, views, temperature, ...(negatives === 'memory' && {memory: {size: images}})});
    const range = pickingRange(negatives === 'memory' ? images : training.batch, temperature);
    const task = {...trainingOf(training), method, source: pairsOf('pretrain'), seed, range, watch: health};
    try {
      const measured = await encoderRun(run, task, {
        dataset,
        evaluations,
        onEvent,
        signal,
        metadata: () => ({method: 'CMC', space}),
        measure: (encoder, splits) =>
          measuredViews(encoder, splits, {
            source: pairsOf('test'),
            encode: ({view}: OneView) => projectionPair(encoder(view).projection!),
            temperature,
            candidates,
            transfer,
            signal,
          }),
      });
      return {...measured, space, flow, settings};
    } finally {
      dispose();
    }
  },
};

/**
 * The encoder of one of two views: of `smallConv` half the channels, so that both together are as
 * wide as the one of other studies; of the others all, as in CMC's ResNets of width 1.
 */
const halfBackbone =
  (name: BackboneName) =>
  (channels: number): Backbone =>
    name === 'smallConv' ? smallConv({width: smallConv().width / 2, channels}) : namedBackbone(name, channels);

async function spacePair(dataset: Dataset, space: ColorSpace, signal?: AbortSignal): Promise<ViewPair> {
  return channelSplit({space, images: dataset, statistics: await colorStatistics(dataset, space, {signal})});
}

/** The channels that a learned flow makes; `dispose` frees its weights. */
export function flowPair(learned: Pick<LearnedFlow, 'volumePreserving' | 'weights'>): {
  views: ViewPair;
  /** Frees the weights of the flow. */
  dispose(): void;
} {
  const {flow, params, dispose} = flowOf(learned);
  return {views: flowViews(flow, params), dispose};
}
