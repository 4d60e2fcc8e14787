// What a step is: its inputs, its function, and where it runs.

import type {Params} from './params';
import type {tf} from './tf';

/** Tensors that are fed to a step, by name. */
export type Inputs = Record<string, tf.Tensor>;

/**
 * What an input is: its element type, and its shape with `null` for each size that may differ from
 * run to run.
 */
export type InputType = {dtype: 'float32' | 'int32' | 'bool' | 'uint8'; shape: readonly (number | null)[]};

/**
 * A pure function. It returns its whole state as it is afterwards, in a tree of the same names and
 * shapes, or none when nothing moves.
 */
export type StepFunction<S extends Params, I extends Inputs, O extends Params> = (
  state: S,
  inputs: I,
) => {state?: S; outputs: O};

/** Where a step runs and its state lies. */
export interface Session<S extends Params, I extends Inputs, O extends Params> {
  /**
   * One step. The first with inputs of these shapes records the function and builds its graph.
   *
   * @returns New tensors, the caller's.
   * @throws RangeError when an input is not as declared; Error when the function cannot be
   * recorded. The state stays as it was.
   */
  run(inputs: I): O;
  /** The state as it is now, in new tensors, the caller's. */
  read(): S;
  /**
   * Replaces the state; the tensors stay the caller's.
   * @throws RangeError when a name or a shape differs.
   */
  write(state: S): void;
  /** Frees what the session holds. */
  dispose(): void;
}
