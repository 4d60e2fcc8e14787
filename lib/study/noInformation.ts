// What the loss of each method is worth without information, by which one that has learned nothing
// is recognized.

import {namedBackbone} from '../backbones/namedBackbone';
import type {LossRange} from '../losses/lossRange';
import {methodRecord, type MethodSettings, type RangeParts} from '../methods/catalogue';
import type {TrainingSettings} from './trainingSettings';

export interface NoInformationOptions
  extends Pick<TrainingSettings, 'batch' | 'backbone'>, Pick<RangeParts, 'images'> {}

/**
 * The range of a method's loss, of its record in the catalogue.
 *
 * @returns Undefined where the loss does not tell, where there are no projections, and where the
 * number of images is needed and not there.
 */
export const noInformation = (
  chosen: MethodSettings,
  {batch, backbone, images}: NoInformationOptions,
): LossRange | undefined => methodRecord(chosen).range?.(chosen, {batch, backbone: namedBackbone(backbone, 3), images});
