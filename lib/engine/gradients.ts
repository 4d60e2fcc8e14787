// Differentiates a loss by every leaf of a parameter tree.

import type {Params} from './params';
import {fromLeaves, leaves} from './params';
import {kept, released} from './keep';
import {tf} from './tf';

/**
 * The loss, what was computed beside it, and the gradient by each parameter. A parameter that the
 * loss does not depend on has gradient zero.
 *
 * @param f Pure function of the parameters.
 * @returns `gradients` has the tree of `params`; the caller disposes all of it.
 *
 * @example
 * ```ts
 * import {tf, valueAndGradients} from 'ssl-workbench';
 * const square = ({w}: {w: tf.Tensor}) => ({loss: w.square().sum() as tf.Scalar, outputs: {}});
 * const {loss, gradients} = valueAndGradients(square, {w: tf.tensor1d([1, 2])});
 * console.log(loss.dataSync()[0], gradients.w.dataSync()); // 5, [2, 4]
 * ```
 */
export function valueAndGradients<P extends Params, O extends Params>(
  f: (params: P) => {loss: tf.Scalar; outputs: O},
  params: P,
): {loss: tf.Scalar; outputs: O; gradients: P} {
  return tf.tidy(() => {
    const entries = leaves(params).map(([, tensor]) => tensor);
    let outputs!: O;
    const {value, grads} = tf.engine().gradients(
      () => {
        const result = f(params);
        outputs = kept(result.outputs); // outlive the tape's own scope
        return result.loss;
      },
      entries,
      undefined,
      true,
    );
    return {
      loss: value,
      outputs: released(outputs),
      gradients: fromLeaves(
        params,
        entries.map((tensor, i) => grads[i] ?? tf.zerosLike(tensor)),
      ),
    };
  });
}
