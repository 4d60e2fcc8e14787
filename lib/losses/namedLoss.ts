// A contrastive loss by name: for command lines and for the options that a run keeps.

import {check} from '../check';
import {tf} from '../engine/tf';
import {alignmentUniformity} from './alignmentUniformity';
import {contrastive} from './contrastive';
import {debiased} from './debiased';
import {decoupled} from './decoupled';
import {hardContrastive} from './hardContrastive';
import {hardNegativeWeighted} from './hardNegativeWeighted';
import {hardSimple} from './hardSimple';
import {marginTriplet} from './marginTriplet';
import {ntLogistic} from './ntLogistic';
import {ntXent} from './ntXent';
import {pairSimilarities, type PairLoss, type SimilarityLoss} from './similarities';
import {simple} from './simple';

export const lossNames = [
  'contrastive',
  'hardContrastive',
  'simple',
  'hardSimple',
  'decoupled',
  'decoupledWeighted',
  'debiased',
  'hardNegativeWeighted',
  'ntLogistic',
  'ntLogisticSemiHard',
  'marginTriplet',
  'marginTripletSemiHard',
  'alignmentUniformity',
] as const;
/** A loss by its name, as plain data. */
export type LossName = (typeof lossNames)[number];

/** Those without τ: their gradient does not change with it. */
const withoutTemperature: readonly LossName[] = [
  'simple',
  'hardSimple',
  'marginTriplet',
  'marginTripletSemiHard',
  'alignmentUniformity',
];

/** Whether a loss has a temperature. */
export const hasTemperature = (name: LossName): boolean => !withoutTemperature.includes(name);

/** Options of {@link namedLoss}. */
export interface NamedLossOptions {
  /**
   * Share of the negatives that hard losses keep, the nearest, above 0 and at most 1.
   * @default 0.0819, Wang & Liu's 4,095 of 50,000
   */
  share?: number;
}

/**
 * A loss of anchors' similarities, all else at its default.
 * @throws RangeError for 'alignmentUniformity', which needs both views of a batch: {@link
 * namedPairLoss} has it.
 */
export function namedLoss(name: LossName, {share = 0.0819}: NamedLossOptions = {}): SimilarityLoss {
  check(lossNames.includes(name), 'namedLoss', `expected ${lossNames.join(', ')}, got '${name}'`);
  switch (name) {
    case 'contrastive':
      return contrastive;
    case 'hardContrastive':
      return (similarities, {temperature}) => hardContrastive(similarities, {temperature, share});
    case 'simple':
      return similarities => simple(similarities);
    case 'hardSimple':
      return similarities => hardSimple(similarities, {share});
    case 'decoupled':
      return decoupled;
    case 'decoupledWeighted':
      return (similarities, {temperature}) => decoupled(similarities, {temperature, weightWidth: 0.5});
    case 'debiased':
      return debiased;
    case 'hardNegativeWeighted':
      return hardNegativeWeighted;
    case 'ntLogistic':
      return ntLogistic;
    case 'ntLogisticSemiHard':
      return (similarities, {temperature}) => ntLogistic(similarities, {temperature, semiHard: true});
    case 'marginTriplet':
      return similarities => marginTriplet(similarities);
    case 'marginTripletSemiHard':
      return similarities => marginTriplet(similarities, {semiHard: true});
    case 'alignmentUniformity':
      throw new RangeError(
        "namedLoss: expected a loss of similarities with a queue or bank, got 'alignmentUniformity', which " +
          'compares the images of a batch: choose SimCLR',
      );
    default:
      return name satisfies never;
  }
}

/** The same of both views' projections [2n, d], rows i and i + n of one image. */
export function namedPairLoss(name: LossName, options: NamedLossOptions = {}): PairLoss {
  if (name === 'alignmentUniformity')
    return projection => tf.tidy(() => alignmentUniformity(...(tf.split(projection, 2) as [tf.Tensor2D, tf.Tensor2D])));
  if (name === 'contrastive') return ntXent; // the same, without a copy of the similarities
  const loss = namedLoss(name, options);
  return (projection, given) => tf.tidy(() => loss(pairSimilarities(projection), given));
}
