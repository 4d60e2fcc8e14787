// Softmax regression with an L2 penalty: the best linear classifier of given features, at one strength after another.

import {tf} from '../engine/tf';
import {macrotask} from '../macrotask';
import type {Labelled} from './labelled';
import {lbfgs, type Slope} from './lbfgs';
import {principalDirections, type PrincipalDirections} from './principalDirections';

/** Multiplications in a piece: well below a second on one core. */
const PIECE = 2e9;
/** Directions along which the curvature is known beforehand. */
const DIRECTIONS = 256;

/** What was found at one strength. */
export type Fit = {
  strength: number;
  /** [d + 1, k], one column a class; the last row is the bias, which is not penalised. Lives until the next fit is asked for. */
  weights: tf.Tensor2D;
  /** The minimum: mean cross-entropy in nats + strength/2 · Σ w². */
  objective: number;
  /** False when the search was cut off. */
  converged: boolean;
};

/**
 * Minimises mean cross-entropy + strength/2 · Σ w² over all n samples, for each strength from where the one before ended. Works in pieces.
 * scikit-learn's LogisticRegression minimises the same at C = 1 / (strength · n).
 *
 * @param train Features as they shall be used; labels from 0 to k − 1.
 * @param strengths Above 0, in the order of use; from strong to weak each starts near its end.
 * @throws The signal's reason.
 */
export async function* softmaxRegression({features, labels}: Labelled, k: number, strengths: readonly number[], {signal}: {signal?: AbortSignal} = {}): AsyncGenerator<Fit, void> {
  const [n, d] = features.shape;
  const rows = Math.max(1, Math.floor(PIECE / (2 * d * k)));
  const main = await principalDirections(features, Math.min(d, DIRECTIONS), {signal});
  const pieces = tf.tidy(() => {
    const x = withOnes(features);                                        // [n, d + 1]
    const y = tf.oneHot(tf.tensor1d(labels, 'int32'), k).toFloat();      // [n, k]
    return Array.from({length: Math.ceil(n / rows)}, (_, i) => {
      const [start, size] = [i * rows, Math.min(rows, n - i * rows)];
      return {x: x.slice([start, 0], [size, -1]), y: y.slice([start, 0], [size, -1])};
    });
  });
  const objective = (strength: number) => async (w: Float64Array): Promise<Slope> => {
    const slope: Slope = {value: 0, gradient: new Float64Array(w.length)};
    for (const {x, y} of pieces) {
      tf.tidy(() => {
        const logits = tf.matMul(x, matrix(w, k));
        const surprise = tf.logSoftmax(logits).mul(y).sum().div(-n);
        const part = tf.matMul(x, tf.softmax(logits).sub(y), true).div(n).dataSync();   // [d + 1, k]
        for (let i = 0; i < w.length; i++) slope.gradient[i] += part[i];
        slope.value += surprise.dataSync()[0];
      });
      await macrotask(signal);
    }
    for (let i = 0; i < d * k; i++) {
      slope.value += strength / 2 * w[i] * w[i];
      slope.gradient[i] += strength * w[i];
    }
    return slope;
  };
  try {
    let w: Float64Array = new Float64Array((d + 1) * k);
    for (const strength of strengths) {
      const {x, value, converged} = await lbfgs(objective(strength), w, {precondition: inverseCurvature(main, k, strength)});
      w = x;
      const weights = matrix(w, k);
      try {
        yield {strength, weights, objective: value, converged};
      } finally {
        weights.dispose();
      }
    }
  } finally {
    tf.dispose([pieces, main.directions]);
  }
}

/** Features with a column of ones, which carries the bias. */
export function withOnes(features: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => tf.concat([features, tf.ones([features.shape[0], 1])], 1));
}

const matrix = (values: Float64Array, columns: number) => tf.tensor2d(new Float32Array(values), [values.length / columns, columns]);

/** Multiplies by the inverse of moment/k + strength, the curvature when all k classes are equally likely; features that vary together would need hundreds of steps without it. */
function inverseCurvature({directions, moments, rest}: PrincipalDirections, k: number, strength: number): (vector: Float64Array) => Float64Array {
  const d = directions.shape[0];
  const other = 1 / (rest / k + strength);
  const beyond = Float32Array.from(moments, moment => 1 / (moment / k + strength) - other);
  return vector => {
    const result = vector.map(v => v * k);   // the biases', whose feature is 1
    tf.tidy(() => {
      const v = matrix(vector.subarray(0, d * k), k);
      const inside = tf.matMul(directions, v, true).mul(tf.tensor2d(beyond, [beyond.length, 1]));   // [r, k]
      result.set(tf.matMul(directions, inside).add(v.mul(other)).dataSync());
    });
    return result;
  };
}
