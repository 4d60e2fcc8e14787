// Minimizes a smooth function of a few thousand numbers: limited-memory BFGS with a backtracking
// line search. Liu & Nocedal 1989, "On the limited memory BFGS method for large scale
// optimization", Mathematical Programming 45.

/** A value and its gradient. */
export type Slope = {value: number; gradient: Float64Array};

/** Where the search ended. `converged` is false when `iterations` were used up. */
export type Minimum = Slope & {x: Float64Array; iterations: number; converged: boolean};

/** Options of {@link lbfgs}. */
export interface LbfgsOptions {
  /** Stops when no entry of the gradient is larger. @default 1e-4 */
  tolerance?: number;
  /** Stops after so many steps. @default 200 */
  iterations?: number;
  /** Steps whose curvature is remembered. @default 10 */
  memory?: number;
  /**
   * Multiplies by a first guess of the inverse Hessian: symmetric, positive definite; its scale is
   * corrected after the first step.
   * @default the identity
   */
  precondition?: (vector: Float64Array) => Float64Array;
}

type Step = {s: Float64Array; y: Float64Array; inverse: number};

/** Relative rounding of a value that was computed in float32. */
const ROUNDING = 1e-6;

/**
 * @param f The function, computed in float32 or better. It may wait between pieces of work.
 * @param start Where to begin; left as it is.
 */
export async function lbfgs(
  f: (x: Float64Array) => Promise<Slope>,
  start: Float64Array,
  {tolerance = 1e-4, iterations = 200, memory = 10, precondition}: LbfgsOptions = {},
): Promise<Minimum> {
  const past: Step[] = [];
  let [x, {value, gradient}] = [start, await f(start)];
  for (let iteration = 0; ; iteration++) {
    const converged = gradient.every(g => Math.abs(g) <= tolerance);
    if (converged || iteration === iterations) return {x, value, gradient, iterations: iteration, converged};
    const direction = descent(gradient, past, precondition ?? (vector => vector));
    const slope = dot(gradient, direction);
    let length = past.length || precondition ? 1 : Math.min(1, 1 / Math.sqrt(dot(gradient, gradient)));
    let next = along(x, direction, length);
    let reached = await f(next);
    while (!(reached.value <= value + 1e-4 * length * slope + ROUNDING * Math.abs(value))) {
      length /= 2;
      // nothing lower within rounding
      if (length < 1e-10) return {x, value, gradient, iterations: iteration, converged: true};
      next = along(x, direction, length);
      reached = await f(next);
    }
    const [s, y] = [along(next, x, -1), along(reached.gradient, gradient, -1)];
    const curvature = dot(s, y);
    if (curvature > 1e-12 * dot(y, y)) past.push({s, y, inverse: 1 / curvature});
    if (past.length > memory) past.shift();
    [x, {value, gradient}] = [next, reached];
  }
}

/**
 * −H g by two loops over the past steps, with the inverse Hessian H that they and the first guess
 * suggest.
 */
function descent(
  gradient: Float64Array,
  past: readonly Step[],
  precondition: (vector: Float64Array) => Float64Array,
): Float64Array {
  let q = along(new Float64Array(gradient.length), gradient, -1);
  const weights = new Float64Array(past.length);
  for (let j = past.length - 1; j >= 0; j--) {
    weights[j] = past[j]!.inverse * dot(past[j]!.s, q);
    q = along(q, past[j]!.y, -weights[j]!);
  }
  q = precondition(q);
  const last = past.at(-1);
  if (last) q = along(new Float64Array(q.length), q, 1 / (last.inverse * dot(last.y, precondition(last.y))));
  past.forEach(({s, y, inverse}, j) => (q = along(q, s, weights[j]! - inverse * dot(y, q))));
  return q;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** a + factor · b */
function along(a: Float64Array, b: Float64Array, factor: number): Float64Array {
  const sum = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) sum[i] = a[i]! + factor * b[i]!;
  return sum;
}
