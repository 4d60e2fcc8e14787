// Two noisy views of one class: a mixture whose discrete factor is all that they share, as views of
// an image share its label. The information is exact by quadrature; where classes lie apart it is
// the entropy of the factor, log C.

import {check, whole} from '../check';
import {normal, split, uniform} from '../engine/random';
import {tf} from '../engine/tf';
import type {KnownTruth} from './knownTruth';

/** Options of {@link classMixture}. */
export interface ClassMixtureOptions {
  /** C, at least 2; all are as likely. @default 5 */
  classes?: number;
}

/** Pairs that share a class and nothing else. */
export interface ClassMixture extends KnownTruth {
  /** I(x; y) in nats at this noise: from log C for σ → 0 to 0. */
  informationOf(noise: number): number;
}

/**
 * Points of the quadrature for each σ, how many σ beyond the outer classes it reaches, and the
 * noise below which no two classes meet: they are ten σ apart from their border.
 */
const [POINTS, REACH, APART] = [4, 6, 0.05];
/**
 * Noise beyond which there is nothing to find, and halvings of the interval in which a noise is
 * sought.
 */
const [MOST, HALVINGS] = [64, 40];

/**
 * x = c + σε, y = c + σε′ in one dimension, class c one of 0, 1 … C − 1. The dial is σ.
 *
 * @throws RangeError for less than two classes; from `dialOf` when the information is not between 0
 * and log C.
 */
export function classMixture({classes = 5}: ClassMixtureOptions = {}): ClassMixture {
  whole('classMixture', 'classes', classes, 2);
  /** log Σ over classes of e^(exponents), less log C: [..., C] to [...]. */
  const mixed = (exponents: tf.Tensor) => exponents.logSumExp(-1).sub(Math.log(classes));
  const centers = Array.from({length: classes}, (_, c) => c);
  return {
    name: `two noisy views of ${classes} classes`,
    dimensions: 1,
    informationOf: noise => quadrature(classes, noise),
    dialOf(information) {
      check(
        information > 0 && information < Math.log(classes),
        'classMixture',
        `expected an information between 0 and log ${classes} = ${Math.log(classes).toFixed(3)} nats, got ` +
          `${information}`,
      );
      let [low, high] = [0, MOST];
      for (let i = 0; i < HALVINGS; i++) {
        const middle = (low + high) / 2;
        if (quadrature(classes, middle) > information) low = middle;
        else high = middle;
      }
      return (low + high) / 2;
    },
    sample: (key, n, noise) =>
      tf.tidy(() => {
        const [a, b, c] = split(key, 3);
        const center = uniform(a!, [n, 1], {maximum: classes})
          .floor()
          .minimum(classes - 1);
        const [x, y] = [b!, c!].map(part => center.add<tf.Tensor2D>(normal(part, [n, 1]).mul(noise)));
        return {x: x!, y: y!};
      }),
    logRatio: (x, y, noise) =>
      tf.tidy(() => {
        const exponents = (points: tf.Tensor2D) =>
          points
            .sub(tf.tensor2d([centers]))
            .square()
            .div(noise.square().mul(-2)); // log N(x|c) up to a constant, [n, C]
        const [ofX, ofY] = [exponents(x), exponents(y)];
        return mixed(ofX.expandDims(1).add(ofY.expandDims(0)))
          .sub(mixed(ofX).expandDims(1))
          .sub<tf.Tensor2D>(mixed(ofY).expandDims(0));
      }),
  };
}

/** Σ over a grid of p(x, y) log p(x, y) / (p(x) p(y)), in double precision. */
function quadrature(classes: number, noise: number): number {
  if (noise <= APART) return Math.log(classes);
  const from = -REACH * noise;
  const step = noise / POINTS;
  const density = Array.from({length: Math.ceil((classes - 1 - 2 * from) / step) + 1}, (_, i) =>
    Float64Array.from(
      {length: classes},
      (_, c) => (Math.exp(-(((from + i * step - c) / noise) ** 2) / 2) * step) / (noise * Math.sqrt(2 * Math.PI)),
    ),
  );
  const marginal = density.map(row => row.reduce((sum, value) => sum + value, 0) / classes);
  let information = 0;
  for (const [i, ofX] of density.entries()) {
    for (const [j, ofY] of density.entries()) {
      let joint = 0;
      for (let c = 0; c < classes; c++) joint += ofX[c]! * ofY[c]!;
      joint /= classes;
      if (joint > 0) information += joint * Math.log(joint / (marginal[i]! * marginal[j]!));
    }
  }
  return information;
}
