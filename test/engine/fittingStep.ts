// A step for tests of graphs: it gathers bytes that it holds, takes a gradient, and moves a weight.

import {bytes, gatherBytes} from '../../lib/engine/bytes';
import type {StepFunction} from '../../lib/engine/step';
import {valueAndGradients} from '../../lib/engine/gradients';
import {tf} from '../../lib/engine/tf';
import {unit} from '../../lib/layers/unit';

type State = {weight: tf.Tensor2D};
type Inputs = {indices: tf.Tensor1D};

export const store = bytes(
  Uint8Array.from({length: 300}, (_, i) => i % 256),
  [100, 3],
);

/** The loss of rows of the store, seen through a weight; a gradient step. */
export const step: StepFunction<State, Inputs, {loss: tf.Scalar; count: tf.Scalar}> = ({weight}, {indices}) => {
  const x = gatherBytes<tf.Tensor2D>(store, indices);
  const {loss, gradients} = valueAndGradients(({weight: matrix}: State) => ({loss: lossOf(x, matrix), outputs: {}}), {
    weight,
  });
  return {
    state: {weight: after(weight, gradients.weight)},
    outputs: {loss, count: indices.size === 4 ? tf.scalar(4, 'int32') : tf.scalar(0, 'int32')},
  };
};
function lossOf(x: tf.Tensor2D, weight: tf.Tensor2D): tf.Scalar {
  return unit(tf.matMul(x, weight)).sub(x).square().mean();
}
function after(weight: tf.Tensor2D, gradient: tf.Tensor2D): tf.Tensor2D {
  return weight.sub(gradient.mul(0.5));
}
export const weight = tf.tensor2d(
  [1, 2, 3, 4, 5, 6, 7, 8, 10].map(value => value / 10),
  [3, 3],
);
export const indices = tf.tensor1d([5, 17, 17, 99], 'int32');
