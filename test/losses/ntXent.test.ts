import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import fc from 'fast-check';
import {key, normal} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {ntXent} from '../../lib/losses/ntXent';
import {close} from '../close';

const {cases} = JSON.parse(fs.readFileSync(path.join(__dirname, '../reference/ntXent.json'), 'utf8')) as {
  cases: {n: number; d: number; temperature: number; z: number[]; loss: number; gradient: number[]}[];
};

/** Equation 1, pair by pair, in double precision. */
function doubleLoop(z: number[][], temperature: number): number {
  const n = z.length / 2;
  const cosine = (a: number[], b: number[]) =>
    a.reduce((sum, v, i) => sum + v * b[i]!, 0) / (Math.hypot(...a) * Math.hypot(...b));
  let total = 0;
  for (let i = 0; i < 2 * n; i++) {
    let denominator = 0;
    for (let k = 0; k < 2 * n; k++) if (k !== i) denominator += Math.exp(cosine(z[i]!, z[k]!) / temperature);
    total -= cosine(z[i]!, z[(i + n) % (2 * n)]!) / temperature - Math.log(denominator);
  }
  return total / (2 * n);
}

test("loss and gradient equal lightly's", () => {
  for (const {n, d, temperature, z, loss, gradient} of cases) {
    const projections = tf.tensor2d(z, [2 * n, d]);
    close(ntXent(projections, {temperature}).dataSync(), [loss], 1e-5);
    close(
      tf
        .grad((rows: tf.Tensor) => ntXent(rows as tf.Tensor2D, {temperature}))(projections)
        .dataSync(),
      gradient,
      1e-5,
    );
  }
});

test("equals the double loop of the paper's equation", () => {
  fc.assert(
    fc.property(
      fc.integer({min: 2, max: 6}),
      fc.integer({min: 2, max: 5}),
      fc.double({min: 0.05, max: 2, noNaN: true}),
      fc.nat(),
      (n, d, temperature, seed) => {
        const z = normal(key(seed), [2 * n, d]);
        close(ntXent(z, {temperature}).dataSync(), [doubleLoop(z.arraySync(), temperature)], 2e-5);
      },
    ),
    {numRuns: 30},
  );
});

test('views that are all alike give log(2n − 1)', () => {
  close(ntXent(tf.ones([10, 4]), {temperature: 0.1}).dataSync(), [Math.log(9)], 1e-5);
});

test('views nearly alike at a small τ: the loss and its gradient are as small as in double precision', () => {
  const [z, temperature] = [
    [
      [1, 0],
      [0, 1],
      [1, 0.01],
      [0.03, 1],
    ],
    0.05,
  ];
  const {value, grad} = tf.valueAndGrad((rows: tf.Tensor) => ntXent(rows as tf.Tensor2D, {temperature}))(
    tf.tensor2d(z),
  );
  const expected = doubleLoop(z, temperature); // 3.4e-9
  close([value.dataSync()[0]! / expected], [1], 1e-4);
  const moved = (by: number) => doubleLoop([[1, by], ...z.slice(1)], temperature);
  close([grad.dataSync()[1]! / expected], [(moved(1e-3) - moved(-1e-3)) / 2e-3 / expected], 1e-2);
});

test('the length of a row does not matter; a tensor may hold the temperature', () => {
  const z = normal(key(1), [8, 4]);
  const scaled = z.mul(tf.tensor2d([1, 2, 3, 4, 5, 6, 7, 8], [8, 1])) as tf.Tensor2D;
  close(ntXent(scaled, {temperature: tf.scalar(0.2)}).dataSync(), ntXent(z, {temperature: 0.2}).dataSync(), 1e-5);
});

test('a zero row gives numbers, in the loss and in its gradient', () => {
  const z = tf.concat([tf.zeros([1, 4]), normal(key(2), [7, 4])]) as tf.Tensor2D;
  const {value, grad} = tf.valueAndGrad((rows: tf.Tensor) => ntXent(rows as tf.Tensor2D))(z);
  assert.ok([...value.dataSync(), ...grad.dataSync()].every(Number.isFinite));
});

test('odd rows, a single image and τ ≤ 0 are refused', () => {
  assert.throws(
    () => ntXent(tf.ones([5, 2])),
    /^RangeError: ntXent: expected two views each of at least 2 images, got \[5,2\]/,
  );
  assert.throws(
    () => ntXent(tf.ones([2, 2])),
    /^RangeError: ntXent: expected two views each of at least 2 images, got \[2,2\]/,
  );
  assert.throws(
    () => ntXent(tf.ones([4, 2]), {temperature: 0}),
    /^RangeError: ntXent: expected temperature > 0, got 0/,
  );
});

test('leaves no tensor behind', () => {
  const z = normal(key(3), [8, 4]);
  const before = tf.memory().numTensors;
  ntXent(z).dispose();
  assert.equal(tf.memory().numTensors, before);
});
