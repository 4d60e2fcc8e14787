// What a training costs whatever the machine: how often an image goes through the backbone. By it trainings of different methods are given the same compute.

import {check} from '../check';
import {methodNames} from './methodNames';
import type {MethodSettings, TrainingSettings} from './methodTask';

export interface EncodedOptions extends Pick<TrainingSettings, 'local'> {
  method: MethodSettings;
  /** Side of an image in pixels: smaller crops and tiles count by their area. */
  side: number;
}

/** Whole images that go through the backbone for each image of an epoch. */
export type Encoded = {
  /** With a pass backwards. */
  learned: number;
  /** Forwards alone: a teacher's views, clustering. */
  watched: number;
};

/** What a pass forwards and its pass backwards cost together, in passes forwards (Kaplan et al. 2020, "Scaling Laws for Neural Language Models", arXiv:2001.08361, sec. 2.1). */
const LEARNED = 3;

/** What a method encodes in an epoch; heads, views and measuring are not counted. */
export function encoded({method, local, side}: EncodedOptions): Encoded {
  const small = local.count * (local.size / side) ** 2;
  switch (method.method) {
    case 'instanceDiscrimination': case 'supervised': return {learned: 1, watched: 0};
    case 'simclr': case 'invariantSpread': case 'simsiam': case 'barlowTwins': case 'vicreg': return {learned: 2, watched: 0};
    case 'moco': return {learned: 1, watched: 1};
    case 'pcl': return {learned: 1, watched: 2};   // once more before the epoch, for the clusters
    case 'byol': case 'mocoV3': return {learned: 2, watched: 2};
    case 'siamese': return {learned: 2, watched: typeof (method.options?.teacher ?? false) === 'number' ? 2 : 0};
    case 'pirl': return {learned: method.options?.transform === 'rotation' ? 2 : 1 + 9 * (tileSide(side) / side) ** 2, watched: 0};
    case 'swav': return {learned: 2 + small, watched: 0};
    case 'dino': case 'ibot': return {learned: 2 + small, watched: 2};
    default:
      method satisfies never;
      check(false, 'encoded', `expected ${Object.keys(methodNames).join(', ')}, got '${(method as {method: string}).method}'`);
  }
}

/** Of PIRL's nine tiles, as {@link tiles} cuts them. */
const tileSide = (side: number) => Math.round(Math.floor(side / 3) * 64 / 85);

/** Passes forwards of a whole image, for each image and epoch, with which a training can be compared: 6 for SimCLR, two views forwards and backwards. */
export function passes(options: EncodedOptions): number {
  const {learned, watched} = encoded(options);
  return LEARNED * learned + watched;
}
