// What the loss of each method is worth when it says nothing, so that a training is told from one that has learned nothing.

import {pickingRange, type LossRange} from '../analysis/lossRange';
import {namedBackbone} from '../backbones/namedBackbone';
import {cropMaskDefaults} from '../masks/namedCropMask';
import {pclClusters} from '../methods/clusters/pcl';
import type {TemperatureSchedule} from '../methods/contrastive/temperatureSchedule';
import type {MethodSettings, TrainingSettings} from './methodTask';

export interface NoInformationOptions extends Pick<TrainingSettings, 'batch' | 'backbone'> {
  /** Images of the pretraining split, which methods that remember each of them need. */
  images?: number;
}

/**
 * The value of a method's loss when all projections are alike, prototypes and what is remembered included, in the unit of that loss; and about the smallest value that can be reached.
 *
 * @returns Undefined where the loss does not tell (SimSiam and BYOL, at their best then), where there are no projections (supervised), and where the number of images is needed and not there.
 * Without a floor where there is none to be named: with prototypes it is the entropy of the assignments; Barlow Twins and VICReg have terms that can hold a sound loss above chance; a learned τ may go anywhere.
 */
export function noInformation(chosen: MethodSettings, {batch: n, backbone, images}: NoInformationOptions): LossRange | undefined {
  switch (chosen.method) {
    case 'siamese': {
      const {negatives = false, clusters = false} = chosen.options ?? {};
      if (negatives) return pickingRange(negatives.among === 'otherView' ? n : 2 * n - 1, negatives.temperature);
      return clusters ? {chance: Math.log(clusters.prototypes)} : undefined;
    }
    case 'simclr': return picking(2 * n - 1, chosen.options?.temperature ?? 0.5);
    case 'moco': {
      const {queue = 4096, temperature = 0.2} = chosen.options ?? {};
      return picking(queue + 1, temperature);
    }
    case 'mocoV3': {
      const {architecture, temperature = architecture === 'vit' ? 0.2 : 1} = chosen.options ?? {};
      const {chance, floor} = pickingRange(n, temperature);
      return {chance: 4 * temperature * chance, floor: 4 * temperature * floor};
    }
    case 'instanceDiscrimination': return images === undefined ? undefined : picking(images, chosen.options?.temperature ?? 0.07);
    case 'invariantSpread': return spreading(2 * n - 1, chosen.options?.temperature ?? 0.1);
    case 'pirl': return images === undefined ? undefined : spreading(images, chosen.options?.temperature ?? 0.07);
    case 'pcl': {
      const {queue = 4096, temperature = 0.2, clusters = images === undefined ? undefined : pclClusters(images)} = chosen.options ?? {};
      if (!clusters) return undefined;
      const all = [pickingRange(queue + 1, temperature), ...clusters.map(k => pickingRange(k, temperature))];   // φ is τ on average
      const sum = (of: 'chance' | 'floor') => all.reduce((total, range, i) => total + range[of] / (i === 0 ? 1 : clusters.length), 0);
      return {chance: sum('chance'), floor: sum('floor')};
    }
    case 'swav': return {chance: Math.log(chosen.options?.prototypes ?? 3000)};
    case 'dino': return {chance: Math.log(chosen.options?.prototypes ?? 65_536)};
    case 'ibot': {
      const {prototypes = 8192, classWeight = 1, patchWeight = 1} = chosen.options ?? {};
      return {chance: (classWeight + patchWeight * (chosen.mask?.probability ?? cropMaskDefaults.probability)) * Math.log(prototypes)};   // a crop without masks adds nothing to the loss on patches
    }
    case 'barlowTwins': return {chance: chosen.options?.projector?.at(-1) ?? 4 * namedBackbone(backbone, 3).width};
    case 'vicreg': return {chance: (1 - Math.sqrt(1e-4)) * (chosen.options?.variance ?? 25)};
    case 'simsiam': case 'byol': case 'supervised': return undefined;
    default: return chosen satisfies never;
  }
}

/** τ, and where it moves the largest of the training: least can be reached there. Undefined where it is learned. */
function slackest(temperature: TemperatureSchedule): number | undefined {
  if (typeof temperature === 'number') return temperature;
  return temperature.schedule === 'cosine' ? Math.max(temperature.from, temperature.to) : undefined;
}

/** Of {@link contrastive}. */
function picking(candidates: number, temperature: TemperatureSchedule): LossRange {
  const τ = slackest(temperature);
  return τ === undefined ? {chance: Math.log(candidates)} : pickingRange(candidates, τ);
}

/** Of {@link instanceSpread}: with the own view's −log P comes −log(1 − P) of each of the others. */
function spreading(candidates: number, temperature: TemperatureSchedule): LossRange {
  const τ = slackest(temperature);
  const {chance, floor} = picking(candidates, temperature);
  const others = (p: number) => -(candidates - 1) * Math.log1p(-p);
  return {chance: chance + others(1 / candidates), ...(τ !== undefined && {floor: floor! + others(Math.exp(-1 / τ - floor!))})};
}
