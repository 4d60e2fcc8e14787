// Weights of a Vision Transformer, and of heads behind it, as a function of their names, the same
// here and in vitWeights.py, large enough that the attention weights are far from equal.

import {tf} from '../../lib/engine/tf';
import {hashed} from './hashed';

/** In torch's layout. */
export function weight(name: string, shape: number[]): Float32Array {
  const scale = [2, 4].includes(shape.length) ? Math.sqrt(6 / shape.slice(1).reduce((a, b) => a * b)) : 1;
  return hashed(name, shape).map(v => (/(norm|bn).*weight$/.test(name) ? 1 + v / 2 : v * scale));
}

/** A parameter of ours: a kernel [h, w, in, out] is filled in torch's order. */
export function filled(name: string, shape: number[]): tf.Tensor {
  const torch = shape.length === 4 ? [3, 2, 0, 1].map(i => shape[i]!) : shape;
  const values = tf.tensor(weight(name, torch), torch);
  return shape.length === 4 ? values.transpose([2, 3, 1, 0]) : values;
}
