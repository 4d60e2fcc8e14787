// Turns a step into one graph: it is recorded once, and then TensorFlow runs all of it in a single
// call, with its state in variables on the device.

import {check} from '../check';
import {macrotask} from '../macrotask';
import type {Params} from './params';
import {dispose, leaves, map} from './params';
import {native} from './device';
import {kept} from './keep';
import {checkState, openSession} from './session';
import type {Inputs, InputType, Session, StepFunction} from './step';
import {tf} from './tf';

/** A recorded step, with the state that it moves. */
export interface Compiled<S extends Params, I extends Inputs, O extends Params> extends Session<S, I, O> {
  /**
   * Builds the graph for inputs of these shapes without running it, in pieces of work: other work
   * of the process gets its turn between them.
   * @throws As {@link run}; the signal's reason.
   */
  prepare(inputs: I, options?: {signal?: AbortSignal}): Promise<void>;
}

/** Options of {@link compile}. */
export interface CompileOptions {
  /**
   * Tensors that the function captures, of any size, and that never change: a data set, a frozen
   * encoder. They live in the graph, and as long as the caller keeps them.
   * @default none
   */
  holds?: Params;
  /**
   * Calls the function itself at every run: slower, with the same results, open to `console.log`
   * and to a debugger.
   * @default false
   */
  eager?: boolean;
}

/**
 * Compiles a step.
 *
 * What may differ from run to run is an input; all else that the function uses, a JavaScript number
 * for example, is frozen when it is recorded. So it is recorded twice before the first run, again
 * before the second, the eighth, the thirty-second …, and refused when the recordings differ: when
 * it draws random numbers on the host, or uses a number that changes. It is refused, too, when it
 * reads a tensor's values, or captures a tensor above 64 kB, which belongs into the state or among
 * `holds`.
 *
 * @param state The state at the start. Its tensors stay the caller's.
 * @param inputs What each run is given.
 *
 * @example
 * ```ts
 * import {compile, tf} from 'ssl-workbench';
 * type T = tf.Tensor;
 * const step = ({sum}: {sum: T}, {x}: {x: T}) => ({
 *   state: {sum: sum.add(x)},
 *   outputs: {double: x.mul(2)},
 * });
 * const counter = compile(step, {sum: tf.scalar(0)}, {x: {dtype: 'float32', shape: []}});
 * const {double} = counter.run({x: tf.scalar(3)});
 * console.log(double.dataSync(), counter.read().sum.dataSync()); // [6], [3]
 * counter.dispose();
 * ```
 */
export function compile<S extends Params, I extends Inputs, O extends Params>(
  step: StepFunction<S, I, O>,
  state: S,
  inputs: {[name in keyof I]: InputType},
  {holds = {}, eager = false}: CompileOptions = {},
): Compiled<S, I, O> {
  const compiled = eager ? directly(step, kept(state)) : inSessions(step, kept(state), holds);
  const expected = described(state);
  const checked = (given: I): I => {
    for (const [name, type] of Object.entries(inputs)) {
      const tensor: unknown = given[name];
      check(tensor instanceof tf.Tensor, 'compile', `expected a tensor as input ${name}, got ${typeof tensor}`);
      const got = {dtype: elementType(tensor), shape: tensor.shape};
      check(
        got.dtype === type.dtype &&
          got.shape.length === type.shape.length &&
          type.shape.every((size, i) => size === null || size === got.shape[i]),
        'compile',
        `expected input ${name} to be ${shown(type)}, got ${shown(got)}`,
      );
    }
    const unknown = Object.keys(given).find(name => !(name in inputs));
    check(
      unknown === undefined,
      'compile',
      `expected the inputs ${Object.keys(inputs).join(', ')}, got ${unknown} as well`,
    );
    return given;
  };
  return {
    ...compiled,
    run: given => compiled.run(checked(given)),
    prepare: (given, options) => compiled.prepare(checked(given), options),
    write(values) {
      const got = described(values);
      const differing = Array.from({length: Math.max(expected.length, got.length)}, (_, i) => i).find(
        i => expected[i] !== got[i],
      );
      check(
        differing === undefined,
        'compile',
        `expected a state with ${expected[differing!] ?? 'nothing more'}, got ${got[differing!] ?? 'nothing there'}`,
      );
      compiled.write(values);
    },
  };
}

const shown = ({dtype, shape}: InputType) => `${dtype} [${shape.map(size => size ?? 'any').join(', ')}]`;
const described = (state: Params) =>
  leaves(state).map(([name, tensor]) => `${name}: ${shown({dtype: elementType(tensor), shape: tensor.shape})}`);

function elementType({dataId, dtype}: tf.Tensor): InputType['dtype'] {
  return native.tensorMap.get(dataId).dtype === native.binding.TF_UINT8 ? 'uint8' : (dtype as InputType['dtype']);
}

/** The function itself, at every run. */
function directly<S extends Params, I extends Inputs, O extends Params>(
  step: StepFunction<S, I, O>,
  state: S,
): Compiled<S, I, O> {
  const replace = (next: S) => {
    dispose(state);
    state = next;
  };
  return {
    run(inputs) {
      const {next, outputs} = tf.tidy(() => {
        const {state: after = state, outputs: results} = step(state, inputs);
        checkState(state, after);
        return {next: kept(after), outputs: copy(results)};
      });
      replace(next);
      return outputs;
    },
    async prepare() {},
    read: () => copy(state),
    write: values => replace(kept(values)),
    dispose: () => dispose(state),
  };
}

/**
 * One session for each shape of the inputs. The state lies in the one that ran last; before the
 * first run, on its own.
 */
function inSessions<S extends Params, I extends Inputs, O extends Params>(
  step: StepFunction<S, I, O>,
  state: S,
  holds: Params,
): Compiled<S, I, O> {
  const sessions = new Map<string, Session<S, I, O>>();
  let home: Session<S, I, O> = directly(step, state);
  const shapesOf = (inputs: I) =>
    JSON.stringify(
      Object.keys(inputs)
        .sort()
        .map(name => inputs[name]!.shape),
    );
  /** Makes the session for these inputs the home of the state. */
  function* move(inputs: I): Generator<void, void> {
    const shapes = shapesOf(inputs);
    let session = sessions.get(shapes);
    if (session === home) return;
    const current = home.read();
    try {
      session ??= yield* openSession(step, current, holds, inputs);
      session.write(current);
    } finally {
      dispose(current);
    }
    if (sessions.size === 0) home.dispose();
    sessions.set(shapes, session);
    home = session;
  }
  return {
    run(inputs) {
      for (const _ of move(inputs));
      return home.run(inputs);
    },
    async prepare(inputs, {signal} = {}) {
      for (const _ of move(inputs)) await macrotask(signal);
    },
    read: () => home.read(),
    write: values => home.write(values),
    dispose: () => new Set([home, ...sessions.values()]).forEach(session => session.dispose()),
  };
}

const copy = <P extends Params>(tree: P) => map(tree, tensor => tensor.clone());
