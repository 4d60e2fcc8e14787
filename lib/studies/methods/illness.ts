// What is wrong with a training that has ended, in the sentence that the live display would have
// said.

import {healthSentence} from '../../analysis/health';
import type {MethodRow} from './study';
import {noInformation} from '../../study/noInformation';

export interface IllnessOptions {
  /**
   * Images of the pretraining split. Without it a training that was too short to be judged is
   * judged too, and the loss of methods that remember each image is not.
   */
  images?: number;
}

/** Of the means over a run's last epoch; empty when it is sound. */
export function illness(
  {course, settings}: Pick<MethodRow, 'course' | 'settings'>,
  {images}: IllnessOptions = {},
): string {
  const {loss, ...metrics} = course.at(-1)!;
  const step = images === undefined ? Infinity : course.length * Math.floor(images / settings.batch);
  return healthSentence({step, loss, metrics}, {range: noInformation(settings.method, {...settings, images})});
}
