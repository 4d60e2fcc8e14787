import assert from 'node:assert/strict';
import {test} from 'node:test';
import {lbfgs} from '../../lib/evaluation/lbfgs';
import {close} from '../close';

/** Σ a_i (x_i − 1)² / 2 */
const bowl = (a: number[]) => async (x: Float64Array) => ({
  value: x.reduce((sum, v, i) => sum + (a[i]! * (v - 1) ** 2) / 2, 0),
  gradient: x.map((v, i) => a[i]! * (v - 1)),
});

test("finds the minimum of Rosenbrock's valley", async () => {
  const valley = async ([x, y]: Float64Array) => ({
    value: (1 - x!) ** 2 + 100 * (y! - x! * x!) ** 2,
    gradient: Float64Array.of(-2 * (1 - x!) - 400 * x! * (y! - x! * x!), 200 * (y! - x! * x!)),
  });
  const {x, value, converged} = await lbfgs(valley, Float64Array.of(-1.2, 1), {tolerance: 1e-7});
  close(x, [1, 1], 1e-5);
  assert.ok(converged && value < 1e-10);
});

test('a good guess of the curvature saves steps; the start is left as it is', async () => {
  const a = Array.from({length: 30}, (_, i) => 10 ** (i / 6));
  const start = new Float64Array(30);
  const plain = await lbfgs(bowl(a), start);
  const guided = await lbfgs(bowl(a), start, {precondition: v => v.map((value, i) => value / a[i]!)});
  close(
    guided.x,
    a.map(() => 1),
    1e-3,
  );
  assert.ok(
    guided.iterations <= 2 && guided.iterations < plain.iterations,
    `${guided.iterations} and ${plain.iterations} steps`,
  );
  assert.deepEqual(start, new Float64Array(30));
});

test('says when steps are used up; ends where nothing lower is found within rounding', async () => {
  const a = Array.from({length: 30}, (_, i) => 10 ** (i / 6));
  assert.equal((await lbfgs(bowl(a), new Float64Array(30), {iterations: 3})).converged, false);
  const notch = async ([x]: Float64Array) => ({value: 5 + 1e6 * Math.abs(x!), gradient: Float64Array.of(1)});
  const {x, converged, iterations} = await lbfgs(notch, Float64Array.of(0));
  assert.deepEqual([x[0], converged, iterations], [0, true, 0]);
});
