// Losses as a person writes them.

import type {LossName} from '../../losses/namedLoss';

export const lossTitles: Record<LossName, string> = {
  contrastive: 'contrastive',
  hardContrastive: 'hard contrastive',
  simple: 'simple',
  hardSimple: 'hard simple',
  decoupled: 'decoupled',
  decoupledWeighted: 'decoupled, weighted',
  debiased: 'debiased',
  hardNegativeWeighted: 'hard negatives weighted',
  ntLogistic: 'NT-logistic',
  ntLogisticSemiHard: 'NT-logistic, semi-hard',
  marginTriplet: 'margin triplet',
  marginTripletSemiHard: 'margin triplet, semi-hard',
  alignmentUniformity: 'alignment + uniformity',
};
