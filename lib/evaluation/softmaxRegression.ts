// Softmax regression with an L2 penalty: the best linear classifier of given features, at one
// strength after another.

import {compile} from '../engine/compile';
import {rowsFrom} from '../engine/rowsFrom';
import {tf} from '../engine/tf';
import {macrotask} from '../macrotask';
import {classSizes, type Labeled} from './labeled';
import {lbfgs, type Slope} from './lbfgs';
import {principalDirections, type PrincipalDirections} from './principalDirections';

/** Multiplications in a piece: well below a second on one core. */
const PIECE = 5e9;
/** Logits held at once. */
const HELD = 1.6e7;
/** Directions along which the curvature is known beforehand. */
const DIRECTIONS = 256;

/** What was found at one strength. */
export type Fit = {
  strength: number;
  /**
   * [d + 1, k], one column a class; the last row is the bias, which is not penalized. Lives until
   * the next fit is asked for.
   */
  weights: tf.Tensor2D;
  /** The minimum: mean cross-entropy in nats + strength/2 · Σ w². */
  objective: number;
  /** False when the search was cut off. */
  converged: boolean;
};

/**
 * Minimizes mean cross-entropy + strength/2 · Σ w² over all n samples, for each strength from where
 * the one before ended. Works in pieces, compiled. scikit-learn's LogisticRegression minimizes the
 * same at C = 1 / (strength · n).
 *
 * @param train Features as they shall be used; labels from 0 to k − 1.
 * @param strengths Above 0, in the order of use; from strong to weak each starts near its end.
 * @throws The signal's reason.
 */
export async function* softmaxRegression(
  train: Labeled,
  k: number,
  strengths: readonly number[],
  {signal}: {signal?: AbortSignal} = {},
): AsyncGenerator<Fit, void> {
  const [, d] = train.features.shape;
  const main = await principalDirections(train.features, Math.min(d, DIRECTIONS), {signal});
  const surprise = meanSurprise(train, k);
  const objective =
    (strength: number) =>
    async (w: Float64Array): Promise<Slope> => {
      const slope = await surprise.at(w, signal);
      for (let i = 0; i < d * k; i++) {
        slope.value += (strength / 2) * w[i]! * w[i]!;
        slope.gradient[i]! += strength * w[i]!;
      }
      return slope;
    };
  try {
    let w: Float64Array = new Float64Array((d + 1) * k);
    for (const strength of strengths) {
      const {x, value, converged} = await lbfgs(objective(strength), w, {
        precondition: inverseCurvature(main, k, strength),
      });
      w = x;
      const weights = matrix(w, k);
      try {
        yield {strength, weights, objective: value, converged};
      } finally {
        weights.dispose();
      }
    }
  } finally {
    surprise.dispose();
    main.directions.dispose();
  }
}

/** Logits [n, k] of features [n, d]. @param weights [d + 1, k], the last row the bias. */
export function linearLogits(features: tf.Tensor2D, weights: tf.Tensor2D): tf.Tensor2D {
  const [, d] = features.shape;
  return tf.tidy(() => tf.matMul(features, weights.slice([0, 0], [d, -1])).add(weights.slice([d, 0])) as tf.Tensor2D);
}

/**
 * Mean cross-entropy and its gradient by the weights [d + 1, k], piece by piece through one graph.
 */
function meanSurprise({features, labels}: Labeled, k: number) {
  const [n, d] = features.shape;
  const pieces = Math.ceil(n / Math.max(1, Math.min(PIECE / (2 * d * k), HELD / k)));
  const size = Math.ceil(n / pieces);
  const classes = tf.tensor1d(labels, 'int32');
  /**
   * All pieces have one size: the last one starts early, and the samples that were counted before
   * weigh 0 there.
   */
  const [even, last] = [0, pieces * size - n].map(again =>
    tf.tensor2d(
      Float32Array.from({length: size}, (_, i) => (i < again ? 0 : 1 / n)),
      [size, 1],
    ),
  );
  const compiled = compile<
    {},
    {weights: tf.Tensor2D; start: tf.Scalar; shares: tf.Tensor2D},
    {value: tf.Scalar; gradient: tf.Tensor2D}
  >(
    (_state, {weights, start, shares}) => {
      const [x, y] = [rowsFrom(features, start, size), rowsFrom(classes, start, size)];
      const logits = linearLogits(x, weights); // [size, k]
      const top = logits.max(1, true); // [size, 1]
      const exponentials = logits.sub(top).exp();
      const sum = exponentials.sum(1, true);
      const surprise = sum
        .log()
        .add(top)
        .sub(tf.gather(logits, y.expandDims<tf.Tensor2D>(1), 1, 1)); // [size, 1]
      const probabilities = exponentials.mul(shares.div(sum)) as tf.Tensor2D;
      const value = surprise.mul(shares).sum() as tf.Scalar;
      return {
        outputs: {
          value,
          gradient: tf.concat([tf.matMul(x, probabilities, true), probabilities.sum(0, true)]) as tf.Tensor2D,
        },
      }; // less Xᵀ y, which never changes
    },
    {},
    {
      weights: {dtype: 'float32', shape: [d + 1, k]},
      start: {dtype: 'int32', shape: []},
      shares: {dtype: 'float32', shape: [size, 1]},
    },
    {holds: {features, classes}},
  );
  const right = shareOfClasses({features, labels}, classes, k);
  return {
    async at(w: Float64Array, signal?: AbortSignal): Promise<Slope> {
      const slope: Slope = {value: 0, gradient: right.map(share => -share)};
      for (let piece = 0; piece < pieces; piece++) {
        tf.tidy(() => {
          const inputs = {
            weights: matrix(w, k),
            start: tf.scalar(Math.min(piece * size, n - size), 'int32'),
            shares: piece < pieces - 1 ? even! : last!,
          };
          const {value, gradient} = compiled.run(inputs);
          const part = gradient.dataSync();
          for (let i = 0; i < w.length; i++) slope.gradient[i]! += part[i]!;
          slope.value += value.dataSync()[0]!;
        });
        await macrotask(signal);
      }
      return slope;
    },
    dispose() {
      compiled.dispose();
      tf.dispose([classes, even, last]);
    },
  };
}

/** Xᵀ y / n [(d + 1) · k] of the one-hot classes y, the feature 1 of the bias last. */
function shareOfClasses({features, labels}: Labeled, classes: tf.Tensor1D, k: number): Float64Array {
  const n = labels.length;
  const sums = tf.tidy(() => tf.unsortedSegmentSum(features, classes, k).transpose()); // [d, k]
  const right = Float64Array.from([...sums.dataSync(), ...classSizes(labels, k)], sum => sum / n);
  sums.dispose();
  return right;
}

const matrix = (values: Float64Array, columns: number) =>
  tf.tensor2d(new Float32Array(values), [values.length / columns, columns]);

/**
 * Multiplies by the inverse of moment/k + strength, the curvature when all k classes are equally
 * likely; features that vary together would need hundreds of steps without it.
 */
function inverseCurvature(
  {directions, moments, rest}: PrincipalDirections,
  k: number,
  strength: number,
): (vector: Float64Array) => Float64Array {
  const d = directions.shape[0];
  const other = 1 / (rest / k + strength);
  const beyond = Float32Array.from(moments, moment => 1 / (moment / k + strength) - other);
  return vector => {
    const result = vector.map(v => v * k); // the biases', whose feature is 1
    tf.tidy(() => {
      const v = matrix(vector.subarray(0, d * k), k);
      // [r, k]
      const inside = tf.matMul(directions, v, true).mul(tf.tensor2d(beyond, [beyond.length, 1]));
      result.set(tf.matMul(directions, inside).add(v.mul(other)).dataSync());
    });
    return result;
  };
}
