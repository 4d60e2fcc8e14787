// A teacher that is the moving average of a method's backbone, step by step or epoch by epoch: what
// I-JEPA, data2vec and SdAE take their targets from.

import {check} from '../../check';
import {tf} from '../../engine/tf';
import type {Method, Params} from '../../module';
import {fromLeaves, leaves, map} from '../../engine/params';
import {type Schedule, scheduled} from '../../schedules';
import {movingAverage} from './movingAverage';

export type TeacherState = {teacher: Params};

/** Options of {@link backboneTeacher}. */
export interface BackboneTeacherOptions {
  /** The share of the teacher that stays, each time. */
  momentum: number | Schedule;
  /**
   * When it moves: after each step, or after an epoch's last one, by the momentum of where the
   * epoch began.
   * @default 'step'
   */
  every?: 'step' | 'epoch';
}

/**
 * The state of a method that has such a teacher and nothing else: it starts as a copy.
 *
 * @param caller The method, for messages.
 * @throws RangeError for a momentum that leaves 0 to 1.
 */
export function backboneTeacher(
  caller: string,
  {momentum, every = 'step'}: BackboneTeacherOptions,
): Required<Pick<Method<never, {backbone: Params}, TeacherState>, 'initState' | 'afterStep'>> {
  check(
    typeof momentum === 'number' ? momentum >= 0 && momentum <= 1 : momentum.peak <= 1,
    caller,
    'expected momentum from 0 to 1, got ' +
      `${typeof momentum === 'number' ? momentum : `a schedule up to ${momentum.peak}`}`,
  );
  check(
    every === 'step' || every === 'epoch',
    caller,
    `expected a teacher that moves every 'step' or 'epoch', got '${every as string}'`,
  );
  const momentumAt = scheduled(momentum);
  return {
    initState: ({backbone}) => ({teacher: map(backbone, tensor => tensor.clone())}),
    afterStep({backbone}, {teacher}, {index, progress, stepsPerEpoch, epochs}) {
      if (every === 'step') return {teacher: movingAverage(teacher, backbone, momentumAt(progress))};
      const perEpoch = tf.scalar(stepsPerEpoch, 'int32');
      const epoch = tf.floorDiv(index, perEpoch);
      const ends = index.sub(epoch.mul(perEpoch)).equal(tf.scalar(stepsPerEpoch - 1, 'int32'));
      const moved = leaves(movingAverage(teacher, backbone, momentumAt(epoch.toFloat().div(epochs))));
      return {
        teacher: fromLeaves(
          teacher,
          leaves(teacher).map(([, weight], i) => tf.where(ends, moved[i]![1], weight)),
        ),
      };
    },
  };
}
