// A training with any of the joint-embedding methods, decided by plain data that are kept with the run.

import {health, type HealthOutputs} from '../analysis/health';
import {namedBackbone, type BackboneName} from '../backbones/namedBackbone';
import type {Vit} from '../backbones/vit';
import {check, whole} from '../check';
import type {Dataset} from '../datasets/dataset';
import type {tf} from '../engine/tf';
import {type CropMaskSettings, namedCropMask} from '../masks/namedCropMask';
import {pcl, pclClusters, type PclOptions} from '../methods/clusters/pcl';
import {swav, type SwavOptions} from '../methods/clusters/swav';
import {instanceDiscrimination, type InstanceDiscriminationOptions} from '../methods/contrastive/instanceDiscrimination';
import {invariantSpread, type InvariantSpreadOptions} from '../methods/contrastive/invariantSpread';
import {moco, type MocoOptions} from '../methods/contrastive/moco';
import {mocoV3, type MocoV3Options} from '../methods/contrastive/mocoV3';
import {pirl, type PirlOptions} from '../methods/contrastive/pirl';
import {simclr, type SimclrOptions} from '../methods/contrastive/simclr';
import {dino, type DinoOptions} from '../methods/distillation/dino';
import {ibot, type IbotOptions} from '../methods/masked/ibot';
import {barlowTwins, type BarlowTwinsOptions} from '../methods/negativeFree/barlowTwins';
import {byol, type ByolOptions} from '../methods/negativeFree/byol';
import {simsiam, type SimsiamOptions} from '../methods/negativeFree/simsiam';
import {vicreg, type VicregOptions} from '../methods/negativeFree/vicreg';
import {siamese, type SiameseOptions} from '../methods/siamese';
import {supervised} from '../methods/supervised';
import type {Backbone, Method, Params, Source} from '../module';
import {constant} from '../schedules';
import {namedOptimizer, type OptimizerSettings} from '../training/namedOptimizer';
import {namedSchedule, type ScheduleSettings} from '../training/namedSchedule';
import type {Json} from '../training/run';
import type {Task} from '../training/training';
import {labelledView} from '../views/labelledView';
import {maskedCrops} from '../views/maskedCrops';
import {multiCrop} from '../views/multiCrop';
import {oneView} from '../views/oneView';
import type {Recipe} from '../views/recipe';
import {simclrViews} from '../views/recipes/simclr';
import {twoViews} from '../views/twoViews';
import {methodNames} from './methodNames';
import {noInformation} from './noInformation';

/** Options of a method that are plain data, without those that follow from backbone and data set. */
type Plain<Options> = {[Name in keyof Omit<Options, 'backbone' | 'size' | 'classes'> as Extract<Options[Name], Json> extends never ? never : Name]?: Extract<Options[Name], Json>};
type Settings<Name extends string, Options> = {method: Name; options?: Plain<Options>};

/** Its backbone is a transformer whose name ends in -token, for the class token is what both losses on whole crops and masks by attention read. */
type IbotSettings = Settings<'ibot', IbotOptions> & {
  /** Of the large crops. @default {strategy: 'block'}, the paper's */
  mask?: CropMaskSettings;
  /** τ of the teacher, of class tokens and patches, the same throughout: in a training of few steps it is 0.07 before there is anything to say. @default the paper's, which rises from 0.04 to 0.07 */
  teacherTemperature?: number;
};

/** A method by its name, with what of its options is not at its default. */
export type MethodSettings =
  | Settings<'siamese', SiameseOptions> | Settings<'simclr', SimclrOptions> | Settings<'moco', MocoOptions> | Settings<'mocoV3', MocoV3Options>
  | Settings<'instanceDiscrimination', InstanceDiscriminationOptions> | Settings<'invariantSpread', InvariantSpreadOptions> | Settings<'pirl', PirlOptions>
  | Settings<'simsiam', SimsiamOptions> | Settings<'byol', ByolOptions> | Settings<'barlowTwins', BarlowTwinsOptions> | Settings<'vicreg', VicregOptions>
  | Settings<'swav', SwavOptions> | Settings<'pcl', PclOptions> | Settings<'dino', DinoOptions> | IbotSettings | Settings<'supervised', {}>;
export type MethodName = MethodSettings['method'];

/** What decides a training beside its method, its seed and its data. */
export type TrainingSettings = {
  /** @default 'smallConv' */
  backbone: BackboneName;
  /** @default 12 */
  epochs: number;
  /** Images a step. @default 256 */
  batch: number;
  /** @default adamW with rate 0.003 and decay 0.0001 */
  optimizer: OptimizerSettings;
  /** @default half a cosine after a warm-up of 0.1 of the run */
  schedule: ScheduleSettings;
  /** Colour strength, probability of blur and smallest share of the image that a crop shows, of SimCLR's views. @default 0.5, 0, 0.4 */
  views: {strength: number; blur: number; smallestArea: number};
  /** Small crops beside the two large ones, for methods that take them: how many, and their side in pixels; they show less of the image than the large ones. @default none */
  local: {count: number; size: number};
};

export const trainingDefaults: TrainingSettings = {
  backbone: 'smallConv', epochs: 12, batch: 256, optimizer: {name: 'adamW', rate: 3e-3, decay: 1e-4}, schedule: {name: 'cosine', warmup: 0.1}, views: {strength: 0.5, blur: 0, smallestArea: 0.4}, local: {count: 0, size: 16},
};

/** The smallest share of an image that a small crop shows: DINO's. */
const LOCAL_AREA = 0.05;

export interface MethodTaskOptions extends Partial<TrainingSettings> {
  dataset: Dataset;
  method: MethodSettings;
  seed: number;
}

export type MethodTask = Task<unknown, Params, Params, Params>;

/**
 * A training, and the views by which its encoder is measured. The caller disposes `task.source`.
 *
 * @throws RangeError for an unknown method, one that refuses its options, fewer prototypes than the data set has classes, a number of small crops that is not whole.
 */
export function methodTask({dataset, method: chosen, seed, ...settings}: MethodTaskOptions): {task: MethodTask; recipe: Recipe} {
  const {backbone: name, epochs, batch, optimizer, schedule, views, local} = {...trainingDefaults, ...settings};
  checkPrototypes(chosen, dataset);
  whole('methodTask', 'local.count', local.count, 0);
  const {shape: [, side,, channels], mean, standardDeviation} = dataset;
  const crops = (size: number, area: readonly [number, number]) => simclrViews({size, mean, standardDeviation, strength: views.strength, blur: views.blur, area});
  const recipe = crops(side, [views.smallestArea, 1]);
  const {first: small} = crops(local.size, [LOCAL_AREA, views.smallestArea]);
  const multi = {global: [recipe.first, recipe.second], local: Array.from({length: local.count}, () => small)};
  const common = {backbone: namedBackbone(name, channels), size: dataset.splits.pretrain.length, classes: dataset.classes.length};
  const task = <Batch, P extends Params, S extends Params, O extends Params, Inputs extends Record<string, tf.Tensor> = {}>(method: Method<Batch, P, S, O>, source: Source<Batch, Inputs>): {task: MethodTask; recipe: Recipe} => ({
    recipe,
    task: {
      method, source, optimizer: namedOptimizer(optimizer), schedule: namedSchedule(schedule, optimizer.rate), epochs, batch, seed, range: noInformation(chosen, {batch, backbone: name, images: common.size}),
      watch: (outputs: O) => ('projection' in outputs ? {...health(outputs as unknown as HealthOutputs)} : {}),
    } as unknown as MethodTask,   // whoever trains it asks neither for the batch nor for the tensors by name
  });
  const two = () => twoViews({dataset, recipe});
  switch (chosen.method) {
    case 'siamese': return task(siamese({...chosen.options, ...common}), two());
    case 'simclr': return task(simclr({...chosen.options, ...common}), two());
    case 'moco': return task(moco({...chosen.options, ...common}), two());
    case 'mocoV3': return task(mocoV3({...chosen.options, ...common}), two());
    case 'instanceDiscrimination': return task(instanceDiscrimination({...chosen.options, ...common}), oneView({dataset, recipe}));
    case 'invariantSpread': return task(invariantSpread({...chosen.options, ...common}), two());
    case 'pirl': return task(pirl({...chosen.options, ...common}), two());
    case 'simsiam': return task(simsiam({...chosen.options, ...common}), two());
    case 'byol': return task(byol({...chosen.options, ...common}), two());
    case 'barlowTwins': return task(barlowTwins({...chosen.options, ...common}), two());
    case 'vicreg': return task(vicreg({...chosen.options, ...common}), two());
    case 'swav': return task(swav({...chosen.options, ...common}), multiCrop({dataset, recipe: multi}));
    case 'pcl': return task(pcl({...chosen.options, ...common}), two());
    case 'dino': return task(dino({...chosen.options, ...common}), multiCrop({dataset, recipe: multi}));
    case 'ibot': {
      const {mask = {strategy: 'block'}, teacherTemperature} = chosen, options = {...chosen.options, ...(teacherTemperature !== undefined && {teacherTemperature: constant(teacherTemperature)})};
      check(teacherTemperature === undefined || teacherTemperature > 0, 'methodTask', `expected a teacherTemperature > 0, got ${teacherTemperature}`);
      const backbone = transformer(common.backbone, name), strategy = namedCropMask(mask, backbone.grid({shape: [1, side, side, channels]} as tf.Tensor4D));
      return mask.strategy === 'attention' ? task(ibot({...options, backbone, attentionMask: strategy}), multiCrop({dataset, recipe: multi}))
        : task(ibot({...options, backbone}), maskedCrops({dataset, recipe: multi, mask: strategy}));
    }
    case 'supervised': return task(supervised(common), labelledView({dataset, recipe}));
    default:
      chosen satisfies never;
      check(false, 'methodTask', `expected ${Object.keys(methodNames).join(', ')}, got '${(chosen as {method: string}).method}'`);
  }
}

function transformer(backbone: Backbone, name: BackboneName): Vit {
  check('tokens' in backbone && (backbone as Vit).pool === 'token', 'methodTask', `expected a transformer with the class token as its embedding for iBOT, for example vit-nano-token, got ${name}`);
  return backbone as Vit;
}

/** Of PCL's granularities the finest counts: a coarse one may hold several classes in a cluster. */
function prototypesOf({method, options}: MethodSettings, {splits: {pretrain}}: Dataset): number | undefined {
  switch (method) {
    case 'siamese': return options?.clusters ? options.clusters.prototypes : undefined;
    case 'swav': case 'dino': case 'ibot': return options?.prototypes;
    case 'pcl': return Math.max(...options?.clusters ?? pclClusters(pretrain.length));
    default: return undefined;
  }
}

function checkPrototypes(method: MethodSettings, dataset: Dataset): void {
  const [prototypes, classes] = [prototypesOf(method, dataset), dataset.classes.length];
  check(prototypes === undefined || prototypes >= classes, 'methodTask', `expected at least as many prototypes as classes, ${classes}, got ${prototypes}: with fewer, classes share one`);
}
