// What a training costs whatever the machine: how often an image goes through the backbone. By it trainings of different methods are given the same compute.

import type {TrainingSettings} from './methodTask';
import {methodNames, type MethodSettings} from './methodTask';
import {check} from '../check';

/** A pass forwards and the pass backwards that costs twice as much (Kaplan et al. 2020, "Scaling Laws for Neural Language Models", arXiv:2001.08361, sec. 2.1). */
const TRAINED = 3;

export interface PassesOptions extends Pick<TrainingSettings, 'local'> {
  method: MethodSettings;
  /** Side of an image in pixels: small crops count by their area. */
  side: number;
}

/**
 * Forward passes of a whole image through the backbone, for each image and epoch: a view that is learned from counts three, a teacher's view one. Heads and the data are not counted.
 *
 * @returns For example 6 for SimCLR: two views.
 */
export function passes({method, local, side}: PassesOptions): number {
  const small = TRAINED * local.count * (local.size / side) ** 2;
  switch (method.method) {
    case 'instanceDiscrimination': case 'supervised': return TRAINED;
    case 'simclr': case 'invariantSpread': case 'simsiam': case 'barlowTwins': case 'vicreg': return 2 * TRAINED;
    case 'moco': return TRAINED + 1;
    case 'pcl': return TRAINED + 2;                                                        // once more before each epoch, for the clusters
    case 'byol': case 'mocoV3': return 2 * TRAINED + 2;
    case 'siamese': return 2 * TRAINED + (method.options?.teacher === undefined || method.options.teacher === false ? 0 : 2);
    case 'pirl': return TRAINED * (1 + (method.options?.transform === 'rotation' ? 1 : (64 / 85) ** 2));   // the tiles together
    case 'swav': return 2 * TRAINED + small;
    case 'dino': return 2 * TRAINED + 2 + small;
    default:
      method satisfies never;
      check(false, 'passes', `expected ${Object.keys(methodNames).join(', ')}, got '${(method as {method: string}).method}'`);
  }
}
