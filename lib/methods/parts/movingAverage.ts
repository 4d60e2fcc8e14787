// A teacher that follows its student: an exponential moving average of the weights.
// Tarvainen & Valpola 2017, "Mean teachers are better role models", arXiv:1703.01780; He et al.
// 2020 (MoCo), arXiv:1911.05722, eq. 2.

import {check} from '../../check';
import {tf} from '../../engine/tf';
import type {Params} from '../../module';
import {fromLeaves, leaves} from '../../engine/params';

/**
 * @param teacher Trees of the same names and shapes.
 * @param student As `teacher`.
 * @param momentum Share of the teacher that stays, 0 to 1: 0 copies the student, 1 keeps the
 * teacher. No unit.
 * @returns momentum · teacher + (1 − momentum) · student, in new tensors.
 */
export function movingAverage<P extends Params>(teacher: P, student: P, momentum: number | tf.Scalar): P {
  if (typeof momentum === 'number')
    // a tensor is not read: not even for a message
    check(momentum >= 0 && momentum <= 1, 'movingAverage', `expected momentum from 0 to 1, got ${momentum}`);
  const own = leaves(student);
  return fromLeaves(
    teacher,
    leaves(teacher).map(([name, weight], i) => {
      const [theirs, target] = own[i] ?? [];
      check(name === theirs, 'movingAverage', `expected trees of the same names, got ${name} and ${theirs}`);
      return tf.tidy(() => target!.add(weight.sub(target!).mul(momentum)));
    }),
  );
}
