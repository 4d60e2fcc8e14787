// How far a teacher that follows its student is behind it: nothing at the start, and a sign of a
// momentum that is too high when it only grows.

import {check} from '../../check';
import {tf} from '../../engine/tf';
import type {Params} from '../../module';
import {leaves} from '../../engine/params';

/**
 * @param teacher Trees of the same names and shapes: ξ and θ.
 * @param student As `teacher`.
 * @returns ‖θ − ξ‖/‖θ‖ over all weights, no unit: 0 when they are equal, 1 when the teacher is 0.
 */
export function teacherDistance(teacher: Params, student: Params): tf.Scalar {
  const [theirs, own] = [leaves(teacher), leaves(student)];
  const names = (tree: [string, tf.Tensor][]) => tree.map(([name]) => name).join(' ');
  check(
    names(theirs) === names(own) && own.length > 0,
    'teacherDistance',
    `expected trees of the same names, got ${names(theirs) || 'none'} and ${names(own) || 'none'}`,
  );
  return tf.tidy(() => {
    const squared = (tensors: tf.Tensor[]) => tf.addN(tensors.map(tensor => tensor.square().sum()));
    const apart = squared(own.map(([, weight], i) => weight.sub(theirs[i]![1])));
    return apart.div(squared(own.map(([, weight]) => weight))).sqrt() as tf.Scalar;
  });
}
