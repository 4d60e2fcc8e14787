// All methods: what each is called, made of and trained on, what its loss is worth without
// information, what it costs. A method is added by its own file and a record here.

import type {Json} from '../json';
import type {BackboneName} from '../backbones/namedBackbone';
import type {Vit} from '../backbones/vit';
import {check} from '../check';
import type {Dataset} from '../datasets/dataset';
import type {tf} from '../engine/tf';
import {type LossRange, pickingRange} from '../losses/lossRange';
import {hasTemperature, type LossName, namedLoss, namedPairLoss} from '../losses/namedLoss';
import {varianceAtCollapse} from '../losses/varianceInvarianceCovariance';
import {foldMask} from '../masks/foldMask';
import type {Grid, Masks} from '../masks/masks';
import {cropMaskDefaults, type CropMaskSettings, namedCropMask} from '../masks/namedCropMask';
import {namedMask, type MaskSettings} from '../masks/namedMask';
import type {Backbone, Method, Params, Source} from '../module';
import {constant} from '../schedules';
import type {MultiCropRecipe, Recipe} from '../views/recipe';
import {labeledView} from '../views/sources/labeledView';
import {maskedCrops} from '../views/sources/maskedCrops';
import {maskedView} from '../views/sources/maskedView';
import {multiCrop, type MultiCrop} from '../views/sources/multiCrop';
import {oneView} from '../views/sources/oneView';
import {twoViews} from '../views/sources/twoViews';
import {pcl, pclClusters, pclDefaults, type PclOptions} from './clusters/pcl';
import {swav, swavDefaults, type SwavOptions} from './clusters/swav';
import {
  instanceDiscrimination,
  instanceDiscriminationDefaults,
  type InstanceDiscriminationOptions,
} from './contrastive/instanceDiscrimination';
import {invariantSpread, invariantSpreadDefaults, type InvariantSpreadOptions} from './contrastive/invariantSpread';
import {moco, mocoDefaults, type MocoOptions} from './contrastive/moco';
import {mocoV3, mocoV3Temperatures, type MocoV3Options} from './contrastive/mocoV3';
import {pirl, pirlDefaults, type PirlOptions, transformedShare} from './contrastive/pirl';
import {simclr, simclrDefaults, type SimclrOptions} from './contrastive/simclr';
import type {TemperatureSchedule} from './contrastive/temperatureSchedule';
import {dino, dinoDefaults, type DinoOptions} from './distillation/dino';
import {ibot, ibotDefaults, type IbotOptions} from './masked/ibot';
import {mae, type MaeOptions} from './masked/mae';
import {namedTarget, type TargetName} from './masked/namedTarget';
import {sdae, type SdaeOptions} from './masked/sdae';
import {barlowTwins, type BarlowTwinsOptions, barlowTwinsProjector} from './negativeFree/barlowTwins';
import {byol, type ByolOptions} from './negativeFree/byol';
import {simsiam, type SimsiamOptions} from './negativeFree/simsiam';
import {vicreg, type VicregOptions} from './negativeFree/vicreg';
import {picking, spreading} from './parts/pickingRanges';
import {siamese, type SiameseOptions} from './parts/siamese';
import {supervised} from './supervised';

/** Names of the options that follow from backbone and data set. */
type Following = 'backbone' | 'size' | 'classes';

/** Options of a method that are plain data, without those that follow. */
type Plain<Options> = {
  [Name in Exclude<keyof Options, Following> as Extract<Options[Name], Json> extends never ? never : Name]?: Extract<
    Options[Name],
    Json
  >;
};

/** What of a method's options is not at its default. */
type Of<Options> = {options?: Plain<Options>};

/** Losses that compare an image's other view with candidates can be chosen by name. */
type Picking<Options> = Of<Options> & {
  /** @default 'contrastive' */
  loss?: LossName;
  /**
   * Share of the negatives that hard losses keep, above 0 and at most 1.
   * @default see {@link namedLoss}
   */
  share?: number;
};

/**
 * The backbone is a transformer whose name ends in -token: the losses and masks by attention read
 * the class token.
 */
type Ibot = Of<IbotOptions> & {
  /** Of the large crops. @default {strategy: 'block'}, the paper's */
  mask?: CropMaskSettings;
  /**
   * τ of the teacher, of class tokens and patches, the same throughout: in a training of few steps
   * it is 0.07 before there is anything to tell apart.
   *
   * @default the paper's, which rises from 0.04 to 0.07
   */
  teacherTemperature?: number;
};

/** The backbone is a transformer. */
type Mae = Of<MaeOptions> & {
  /** @default 75 % of the patches at random, the paper's */
  mask?: MaskSettings;
  /** Of the hidden patches. @default 'normalizedPixels' */
  target?: TargetName;
};

/** The backbone is a transformer. */
type Sdae = Of<SdaeOptions> & {
  /** Share of tokens that is hidden, at random and in three folds. @default 0.75, the paper's */
  ratio?: number;
};

/** What a method is made of beside its settings. */
export interface MethodParts {
  dataset: Dataset;
  backbone: Backbone;
  backboneName: BackboneName;
}

/** What its batches are made of, too. */
export interface SourceParts extends MethodParts {
  recipe: Recipe;
  /** For methods that take crops of two sizes. */
  crops: MultiCropRecipe;
}

/** What decides the range of a loss beside the settings. */
export interface RangeParts {
  batch: number;
  backbone: Backbone;
  /** Images of the pretraining split, which methods that remember each of them need. */
  images?: number;
}

/** Whole images that go through the backbone for each image of an epoch. */
export type Encoded = {
  /** With a pass backwards. */
  learned: number;
  /** Forwards alone: a teacher's views, clustering. */
  watched: number;
};

/** A method whatever its batches and its tensors are. */
export type AnyMethod<Batch = unknown> = Method<Batch, Params, Params, Params>;

/**
 * What the catalogue knows of a method: how it is made, what it is trained on, what its loss tells,
 * what it costs.
 */
export interface MethodRecord<Settings, Batch = unknown, M extends AnyMethod<Batch> = AnyMethod<Batch>> {
  /**
   * For tables, titles and exported files. Runs of the method study are found by it: another title
   * is another run.
   */
  title: string;
  /** @throws RangeError as the method does. */
  make(settings: Settings, parts: MethodParts): M;
  /** Views or masked images that it is trained on; the caller disposes them. */
  source(settings: Settings, parts: SourceParts): Source<Batch, Record<string, tf.Tensor>>;
  /**
   * The value of the loss when all projections are alike, prototypes and what is remembered
   * included, in the unit of that loss; and about the smallest value that can be reached.
   *
   * Left out where the loss does not tell (SimSiam and BYOL, at their best then) and where there
   * are no projections. Without a floor where none can be named: with prototypes it is the entropy
   * of the assignments; Barlow Twins and VICReg have terms that can hold a sound loss above chance;
   * a learned τ may go anywhere.
   */
  range?(settings: Settings, parts: RangeParts): LossRange | undefined;
  /** Its encoder has no projector: what is measured of projections cannot be measured of it. */
  withoutProjections?: true;
  /** Prototypes or clusters that share out the images: fewer than classes are refused. */
  prototypes?(settings: Settings, images: number): number | undefined;
  /** τ of the loss, for methods that take a schedule of it. Undefined for a loss without τ. */
  temperature?(settings: Settings): TemperatureSchedule | undefined;
  /**
   * Whole images that go through the backbone for each image of an epoch.
   *
   * @param images Side of an image in pixels, and what the small crops of an image count together.
   */
  encoded(settings: Settings, images: {side: number; small: number}): Encoded;
}

/** A record of these settings. Its source has to make the batches that its method takes. */
const record =
  <Settings>() =>
  <Batch, M extends AnyMethod<Batch>>(own: MethodRecord<Settings, Batch, M>) =>
    own;

const two = (_settings: unknown, {dataset, recipe}: SourceParts) => twoViews({dataset, recipe});
const one = (_settings: unknown, {dataset, recipe}: SourceParts) => oneView({dataset, recipe});
const several = (_settings: unknown, {dataset, crops}: SourceParts) => multiCrop({dataset, recipe: crops});

/** Each view once with a pass backwards. */
const views =
  (learned: number, watched = 0) =>
  (): Encoded => ({learned, watched});
/** Small crops are the student's alone. */
const crops =
  (watched: number) =>
  (_settings: unknown, {small}: {small: number}): Encoded => ({learned: 2 + small, watched});

const imagesOf = ({splits: {pretrain}}: Dataset) => pretrain.length;

/** τ of a loss that has one. */
const temperatureOf =
  ({temperature: usual}: {temperature: number}) =>
  ({options, loss = 'contrastive'}: Picking<{temperature?: TemperatureSchedule}>): TemperatureSchedule | undefined =>
    hasTemperature(loss) ? (options?.temperature ?? usual) : undefined;

/** Of other losses than the contrastive one it is not known. */
const pickingAmong = (candidates: number | undefined, loss: LossName | undefined, τ: TemperatureSchedule) =>
  candidates === undefined || (loss ?? 'contrastive') !== 'contrastive' ? undefined : picking(candidates, τ);

const maeMask: MaskSettings = {strategy: 'random', ratio: 0.75};
const sdaeRatio = 0.75;
const ibotMask: CropMaskSettings = {strategy: 'block'};

function transformer({backbone, backboneName}: MethodParts, {token = false} = {}): Vit {
  const vit = 'tokens' in backbone ? (backbone as Vit) : undefined;
  check(
    vit !== undefined && (!token || vit.pool === 'token'),
    'methodTask',
    token
      ? 'expected a transformer with the class token as its embedding for iBOT, for example vit-nano-token, got ' +
          backboneName
      : `expected a transformer, for example vit-nano, got ${backboneName}`,
  );
  return vit;
}

/** Patches of the data set's images. @throws RangeError when patches do not divide the images. */
function gridOf(parts: MethodParts): Grid {
  const [, ...shape] = parts.dataset.shape;
  return transformer(parts).grid({shape: [1, ...shape]} as tf.Tensor4D);
}

/** A record for each method, by its name as plain data. */
export const methodCatalogue = {
  siamese: record<Of<SiameseOptions>>()({
    title: 'siamese',
    make: ({options}, {backbone}) => siamese({...options, backbone}),
    source: two,
    range({options}, {batch}) {
      const {negatives = false, clusters = false} = options ?? {};
      if (negatives) {
        return pickingRange(negatives.among === 'otherView' ? batch : 2 * batch - 1, negatives.temperature);
      }
      return clusters ? {chance: Math.log(clusters.prototypes)} : undefined;
    },
    prototypes: ({options}) => (options?.clusters ? options.clusters.prototypes : undefined),
    encoded: ({options}) => ({learned: 2, watched: typeof (options?.teacher ?? false) === 'number' ? 2 : 0}),
  }),
  simclr: record<Picking<SimclrOptions>>()({
    title: 'SimCLR',
    make: ({options, loss, share}, {backbone}) =>
      simclr({...options, backbone, ...(loss && {loss: namedPairLoss(loss, {share})})}),
    source: two,
    temperature: temperatureOf(simclrDefaults),
    range: ({options, loss}, {batch}) =>
      pickingAmong(2 * batch - 1, loss, options?.temperature ?? simclrDefaults.temperature),
    encoded: views(2),
  }),
  moco: record<Picking<MocoOptions>>()({
    title: 'MoCo v2',
    make: ({options, loss, share}, {backbone}) =>
      moco({...options, backbone, ...(loss && {loss: namedLoss(loss, {share})})}),
    source: two,
    temperature: temperatureOf(mocoDefaults),
    range: ({options, loss}) =>
      pickingAmong((options?.queue ?? mocoDefaults.queue) + 1, loss, options?.temperature ?? mocoDefaults.temperature),
    encoded: views(1, 1),
  }),
  mocoV3: record<Of<MocoV3Options>>()({
    title: 'MoCo v3',
    make: ({options}, {backbone}) => mocoV3({...options, backbone}),
    source: two,
    range({options}, {batch}) {
      const {temperature = mocoV3Temperatures[options?.architecture ?? 'resnet']} = options ?? {};
      const {chance, floor} = pickingRange(batch, temperature);
      return {chance: 4 * temperature * chance, floor: 4 * temperature * floor};
    },
    encoded: views(2, 2),
  }),
  instanceDiscrimination: record<Picking<InstanceDiscriminationOptions>>()({
    title: 'instance discrimination',
    make: ({options, loss, share}, {backbone, dataset}) =>
      instanceDiscrimination({
        ...options,
        backbone,
        size: imagesOf(dataset),
        ...(loss && {loss: namedLoss(loss, {share})}),
      }),
    source: one,
    temperature: temperatureOf(instanceDiscriminationDefaults),
    range: ({options, loss}, {images}) =>
      pickingAmong(images, loss, options?.temperature ?? instanceDiscriminationDefaults.temperature),
    encoded: views(1),
  }),
  invariantSpread: record<Of<InvariantSpreadOptions>>()({
    title: 'invariant & spreading',
    make: ({options}, {backbone}) => invariantSpread({...options, backbone}),
    source: two,
    temperature: temperatureOf(invariantSpreadDefaults),
    range: ({options}, {batch}) =>
      spreading(2 * batch - 1, options?.temperature ?? invariantSpreadDefaults.temperature),
    encoded: views(2),
  }),
  pirl: record<Of<PirlOptions>>()({
    title: 'PIRL',
    make: ({options}, {backbone, dataset}) => pirl({...options, backbone, size: imagesOf(dataset)}),
    source: two,
    range: ({options}, {images}) =>
      images === undefined ? undefined : spreading(images, options?.temperature ?? pirlDefaults.temperature),
    encoded: ({options}, {side}) => ({learned: 1 + transformedShare(side, options?.transform), watched: 0}),
  }),
  simsiam: record<Of<SimsiamOptions>>()({
    title: 'SimSiam',
    make: ({options}, {backbone}) => simsiam({...options, backbone}),
    source: two,
    encoded: views(2),
  }),
  byol: record<Of<ByolOptions>>()({
    title: 'BYOL',
    make: ({options}, {backbone}) => byol({...options, backbone}),
    source: two,
    encoded: views(2, 2),
  }),
  barlowTwins: record<Of<BarlowTwinsOptions>>()({
    title: 'Barlow Twins',
    make: ({options}, {backbone}) => barlowTwins({...options, backbone}),
    source: two,
    range: ({options}, {backbone}) => ({
      chance: (options?.projector ?? barlowTwinsProjector(backbone)).at(-1) ?? backbone.width,
    }),
    encoded: views(2),
  }),
  vicreg: record<Of<VicregOptions>>()({
    title: 'VICReg',
    make: ({options}, {backbone}) => vicreg({...options, backbone}),
    source: two,
    range: ({options}) => ({chance: varianceAtCollapse(options?.variance)}),
    encoded: views(2),
  }),
  swav: record<Of<SwavOptions>>()({
    title: 'SwAV',
    make: ({options}, {backbone}) => swav({...options, backbone}),
    source: several,
    range: ({options}) => ({chance: Math.log(options?.prototypes ?? swavDefaults.prototypes)}),
    prototypes: ({options}) => options?.prototypes ?? swavDefaults.prototypes,
    encoded: crops(0),
  }),
  pcl: record<Of<PclOptions>>()({
    title: 'PCL',
    make: ({options}, {backbone, dataset}) => pcl({...options, backbone, size: imagesOf(dataset)}),
    source: two,
    range({options}, {images}) {
      const {queue = mocoDefaults.queue, temperature = pclDefaults.temperature} = options ?? {};
      const clusters = options?.clusters ?? (images === undefined ? undefined : pclClusters(images));
      if (!clusters) return undefined;
      const instances = pickingRange(queue + 1, temperature);
      const granularities = clusters.map(k => pickingRange(k, temperature)); // φ is τ on average
      const sum = (of: 'chance' | 'floor') =>
        granularities.reduce((total, range) => total + range[of] / clusters.length, instances[of]);
      return {chance: sum('chance'), floor: sum('floor')};
    },
    // a coarse granularity may hold several classes in a cluster
    prototypes: ({options}, images) => Math.max(...(options?.clusters ?? pclClusters(images))),
    encoded: views(1, 2), // once more before the epoch, for the clusters
  }),
  dino: record<Of<DinoOptions>>()({
    title: 'DINO',
    make: ({options}, {backbone}) => dino({...options, backbone}),
    source: several,
    range: ({options}) => ({chance: Math.log(options?.prototypes ?? dinoDefaults.prototypes)}),
    prototypes: ({options}) => options?.prototypes ?? dinoDefaults.prototypes,
    encoded: crops(2),
  }),
  ibot: record<Ibot>()({
    title: 'iBOT',
    make({options, mask = ibotMask, teacherTemperature}, parts) {
      check(
        teacherTemperature === undefined || teacherTemperature > 0,
        'methodTask',
        `expected a teacherTemperature > 0, got ${teacherTemperature}`,
      );
      const backbone = transformer(parts, {token: true});
      return ibot({
        ...options,
        backbone,
        ...(teacherTemperature !== undefined && {teacherTemperature: constant(teacherTemperature)}),
        ...(mask.strategy === 'attention' && {attentionMask: namedCropMask(mask, gridOf(parts))}),
      });
    },
    source: (
      {mask = ibotMask},
      {dataset, crops: recipe, ...parts},
    ): Source<MultiCrop & {masks?: Masks}, Record<string, tf.Tensor>> =>
      mask.strategy === 'attention'
        ? multiCrop({dataset, recipe})
        : maskedCrops({dataset, recipe, mask: namedCropMask(mask, gridOf({dataset, ...parts}))}),
    range({options, mask}) {
      const {prototypes, classWeight, patchWeight} = {...ibotDefaults, ...options};
      // a crop without masks adds nothing to the loss on patches
      const masked = mask?.probability ?? cropMaskDefaults.probability;
      return {chance: (classWeight + patchWeight * masked) * Math.log(prototypes)};
    },
    prototypes: ({options}) => options?.prototypes ?? ibotDefaults.prototypes,
    encoded: crops(2),
  }),
  mae: record<Mae>()({
    title: 'MAE',
    withoutProjections: true,
    make({options, target = 'normalizedPixels'}, parts) {
      const backbone = transformer(parts);
      return mae({...options, backbone, target: namedTarget(target, backbone)});
    },
    source: ({mask = maeMask}, {dataset, recipe, ...parts}) =>
      maskedView({dataset, recipe, mask: namedMask(mask, gridOf({dataset, ...parts}))}),
    encoded: ({options, mask = maeMask}) => ({learned: options?.maskTokenInEncoder ? 1 : 1 - mask.ratio, watched: 0}),
  }),
  sdae: record<Sdae>()({
    title: 'SdAE',
    withoutProjections: true,
    make: ({options}, parts) => sdae({...options, backbone: transformer(parts)}),
    source: ({ratio = sdaeRatio}, {dataset, recipe, ...parts}) =>
      maskedView({dataset, recipe, mask: foldMask({grid: gridOf({dataset, ...parts}), ratio})}),
    encoded: ({ratio = sdaeRatio}) => ({learned: 1 - ratio, watched: ratio}),
  }),
  supervised: record<Of<{}>>()({
    title: 'supervised',
    make: (_settings, {backbone, dataset}) => supervised({backbone, classes: dataset.classes.length}),
    source: (_settings, {dataset, recipe}) => labeledView({dataset, recipe}),
    encoded: views(1),
  }),
};

type Catalogue = typeof methodCatalogue;
/** A method by its name. */
export type MethodName = keyof Catalogue;

/** A method by its name, with what of it is not at its default. */
export type MethodSettings = {[N in MethodName]: {method: N} & SettingsOf<N>}[MethodName];
type SettingsOf<N extends MethodName> = Parameters<Catalogue[N]['make']>[0];

/** Method and batch of a name. */
export type MethodNamed<N extends MethodName> = ReturnType<Catalogue[N]['make']>;
export type BatchNamed<N extends MethodName> = Parameters<MethodNamed<N>['loss']>[1];

/** Titles by name. */
export const methodNames = Object.fromEntries(
  Object.entries(methodCatalogue).map(([name, {title}]) => [name, title]),
) as Record<MethodName, string>;

/** @throws RangeError for a name that is not in the catalogue. */
export function methodRecord<N extends MethodName>({method}: {method: N}): MethodRecord<SettingsOf<N>> {
  const records: {[Name in MethodName]: MethodRecord<SettingsOf<Name>>} = methodCatalogue;
  check(
    Object.hasOwn(methodCatalogue, method),
    'methodRecord',
    `expected ${Object.keys(methodCatalogue).join(', ')}, got '${method}'`,
  );
  return records[method];
}
