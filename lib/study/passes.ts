// What a training costs whatever the machine: how often an image goes through the backbone. By it
// trainings of different methods are given the same compute.

import {type Encoded, methodRecord, type MethodSettings} from '../methods/catalogue';
import type {TrainingSettings} from './trainingSettings';

export interface EncodedOptions extends Pick<TrainingSettings, 'local'> {
  method: MethodSettings;
  /** Side of an image in pixels: smaller crops and tiles count by their area. */
  side: number;
}

/**
 * What a pass forwards and its pass backwards cost together, in passes forwards (Kaplan et al.
 * 2020, "Scaling Laws for Neural Language Models", arXiv:2001.08361, sec. 2.1).
 */
const LEARNED = 3;

/** What a method encodes in an epoch; heads, views and measuring are not counted. */
export const encoded = ({method, local, side}: EncodedOptions): Encoded =>
  methodRecord(method).encoded(method, {side, small: local.count * local.scale ** 2});

/**
 * Passes forwards of a whole image, for each image and epoch, with which a training can be
 * compared: 6 for SimCLR, two views forwards and backwards.
 */
export function passes(options: EncodedOptions): number {
  const {learned, watched} = encoded(options);
  return LEARNED * learned + watched;
}
