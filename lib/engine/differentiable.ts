// Gives a function made of TensorFlow kernels a gradient of its own, where tfjs has none or a slow
// one.

import {tf} from './tf';

type Tensors = Record<string, tf.Tensor>;

/** What {@link differentiable} is made of. */
export interface Differentiable<I extends Tensors, A extends object> {
  /**
   * New tensors; the first is what gradients flow back through, the others are for `gradients` and
   * for looking at.
   */
  forward(inputs: I, attributes: A): tf.Tensor[];
  /** Inputs and numbers of outputs that `gradients` needs. */
  saves: {inputs?: (keyof I & string)[]; outputs?: number[]};
  /**
   * Per input, a function that computes its gradient: called only when something behind that input
   * is trained. `saved` are the inputs, then the outputs, in the order of `saves`.
   */
  gradients(dy: tf.Tensor, saved: tf.Tensor[], attributes: A): {[name in keyof I]: () => tf.Tensor};
}

/**
 * @param name Unique among the kernels of tfjs.
 * @returns The function, to be called with tensors and with numbers that are fixed for the call.
 */
export function differentiable<I extends Tensors, A extends object = {}>(
  name: string,
  {forward, saves, gradients}: Differentiable<I, A>,
): (inputs: I, attributes: A) => tf.Tensor[] {
  const {inputs: inputsToSave = [], outputs = []} = saves;
  tf.registerKernel({
    kernelName: name,
    backendName: 'tensorflow',
    kernelFunc: ({inputs, attrs}) => tf.tidy(() => forward(inputs as I, attrs as A)),
  });
  tf.registerGradient({
    kernelName: name,
    inputsToSave,
    outputsToSave: Array.from({length: Math.max(-1, ...outputs) + 1}, (_, i) => outputs.includes(i)),
    gradFunc: (dy, saved, attrs) => gradients(Array.isArray(dy) ? dy[0]! : dy, saved, attrs as A),
  });
  return (inputs, attributes) => {
    const results = tf.engine().runKernel(name, inputs, attributes as tf.NamedAttrMap) as tf.Tensor | tf.Tensor[];
    return Array.isArray(results) ? results : [results];
  };
}
