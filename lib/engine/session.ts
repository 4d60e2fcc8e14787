// A recorded step in a session of TensorFlow's: one graph, with its state in variables.

import {check} from '../check';
import type {Params} from './params';
import {dispose, fromLeaves, leaves, map} from './params';
import type {Inputs, Session, StepFunction} from './step';
import {inBfloat16} from './bfloat16';
import {native, settings} from './device';
import {names, savedModel, type Layout} from './graph';
import {load} from './loaded';
import {operation} from './operation';
import {imagined, record, type Node, type Recording, type RecordOptions} from './recording';
import {tf} from './tf';

/**
 * Records a step, twice, and loads its graph. Its variables hold nothing until they are written.
 * Yields between pieces of work, so that the caller may pause or give up there.
 *
 * @param state Stand for those of every run.
 * @param inputs As `state`.
 * @param holds What the step captures.
 */
export function* openSession<S extends Params, I extends Inputs, O extends Params>(
  step: StepFunction<S, I, O>,
  state: S,
  holds: Params,
  inputs: I,
): Generator<void, Session<S, I, O>> {
  const {recording, layout, outputs, order, again} = recordStep(step, state, holds, inputs);
  yield;
  again(state, inputs);
  yield;
  const {state: size, moved} = layout;
  const types = recording.nodes.slice(0, size) as {shape: number[]; dtype: number}[];

  const {id, release, unload} = load(savedModel(rewritten(recording), layout));
  let disposed = false;
  const ask = (fed: [string, tf.Tensor][], wanted: string[]) => {
    // the graph may serve another step by now
    if (disposed) throw new Error('compile: expected a step in use, got one that was disposed: compile it again');
    return wanted.length === 0
      ? []
      : native.binding
          .runSavedModel(
            id,
            native.getInputTensorIds(fed.map(([, tensor]) => tensor)),
            fed.map(([name]) => `${name}:0`).join(),
            wanted.map(name => `${name}:0`).join(),
          )
          .map(metadata => native.createOutputTensor(metadata));
  };
  const write = (values: tf.Tensor[], first: number, done: string) => {
    if (values.length)
      tf.dispose(
        ask(
          values.map((tensor, i) => [names.value(first + i), tensor]),
          [done],
        ),
      );
  };
  write(tensors(holds), size, names.held);
  // more and more rarely: it takes as long as an eager step without its computing
  let [runs, recordAgain] = [0, 2];
  return {
    run(fed) {
      if (runs + 1 === recordAgain) {
        const stand = fromLeaves(state, types.map(imagined));
        try {
          again(stand, fed);
        } finally {
          dispose(stand);
        }
        recordAgain *= 4; // not before: what was refused is refused again
      }
      const fetched = ask(
        order.map((name, i) => [names.input(i), fed[name]!]),
        [...tensors(outputs).map((_, i) => names.output(i)), ...(moved.length ? [names.updated] : [])],
      );
      if (moved.length) fetched.pop()!.dispose();
      runs++;
      return fromLeaves(outputs, fetched);
    },
    read: () =>
      fromLeaves(
        state,
        ask(
          [],
          types.map((_, i) => names.read(i)),
        ),
      ),
    write: values => write(tensors(values), 0, names.written),
    dispose() {
      if (disposed) return;
      let kept = false;
      try {
        if (recording.nodes.some(drawsOn)) return;
        tf.dispose(ask([], [names.freed]));
        kept = true;
      } finally {
        disposed = true;
        if (kept) release();
        else unload();
      }
    },
  };
}

export interface RecordedStep<S extends Params, I extends Inputs, O extends Params> {
  recording: Recording;
  layout: Layout;
  /** The tree of what the step returns beside its state, its tensors disposed. */
  outputs: O;
  /** Names of the inputs, in the order in which the graph numbers them. */
  order: string[];
  /** Records once more. @throws Error when it is not as it was. */
  again(state: S, inputs: I): void;
}

/**
 * Runs a step and records it; what it returns is disposed. Parameters as those of {@link
 * openSession}.
 */
export function recordStep<S extends Params, I extends Inputs, O extends Params>(
  step: StepFunction<S, I, O>,
  state: S,
  holds: Params,
  inputs: I,
  options?: Pick<RecordOptions, 'trails'>,
): RecordedStep<S, I, O> {
  const order = Object.keys(inputs);
  const held = tensors(holds);
  let moved!: number[];
  let outputs!: O;
  const recorded = (shared: S, fed: I, how?: RecordOptions) => {
    const [ownState, ownInputs] = apart([shared, fed] as const, held);
    try {
      return record(
        [...tensors(ownState), ...held, ...order.map(name => ownInputs[name]!)],
        () => {
          const result = call(step, ownState, ownInputs);
          ({moved, outputs} = result);
          return [...result.next, ...tensors(outputs)];
        },
        how,
      );
    } finally {
      tf.dispose([ownState, ownInputs]);
    }
  };
  const recording = recorded(state, inputs, options);
  return {
    recording,
    layout: {state: tensors(state).length, held: held.length, moved},
    outputs,
    order,
    again: (shared, fed) => void recorded(shared, fed, {like: recording}),
  };
}

/**
 * Copies of trees in which each tensor has data of its own: a recording tells tensors apart by
 * their data, and a clone shares those of its original.
 */
function apart<T extends readonly Params[]>(trees: T, taken: readonly tf.Tensor[]): T {
  const seen = new Set(taken.map(({dataId}) => dataId));
  return trees.map(tree =>
    map(tree, tensor => {
      const own = seen.has(tensor.dataId)
        ? operation(
            'Identity',
            {T: {type: native.binding.TF_ATTR_TYPE, value: native.tensorMap.get(tensor.dataId).dtype}},
            [tensor],
          )
        : tensor.clone();
      seen.add(own.dataId);
      return own;
    }),
  ) as unknown as T; // map forgets that the trees are a tuple
}

export const tensors = (tree: Params) => leaves(tree).map(([, tensor]) => tensor);

/** The recording as it runs on this machine. */
export const rewritten = (recording: Recording): Recording => (settings.bfloat16 ? inBfloat16(recording) : recording);

/** Calls the step and tells apart what moves. All tensors are new. */
function call<S extends Params, I extends Inputs, O extends Params>(
  step: StepFunction<S, I, O>,
  state: S,
  inputs: I,
): {next: tf.Tensor[]; moved: number[]; outputs: O} {
  const before = leaves(state);
  return tf.tidy(() => {
    const {state: next = state, outputs} = step(state, inputs);
    checkState(state, next);
    const after = leaves(next);
    const moved = before.map((_, i) => i).filter(i => before[i]![1].dataId !== after[i]![1].dataId);
    return {next: moved.map(i => after[i]![1].clone()), moved, outputs: map(outputs, tensor => tensor.clone())};
  });
}

/** @throws RangeError when a step's next state has other names or shapes. */
export function checkState(state: Params, next: Params): void {
  const [before, after] = [leaves(state), leaves(next)];
  before.forEach(([name, {shape}], i) => {
    const [got, tensor] = after[i] ?? [];
    check(
      name === got && `${tensor!.shape}` === `${shape}`,
      'compile',
      `expected the step to return its state with ${name} [${shape}], got ` +
        `${got ? `${got} [${tensor!.shape}]` : 'nothing'} there`,
    );
  });
  check(
    after.length === before.length,
    'compile',
    `expected the step to return its state of ${before.length} tensors, got ${after[before.length]?.[0]} as well`,
  );
}

/** Whether an operation goes on drawing where it stopped, such as tf.multinomial with a seed. */
const drawsOn = (node: Node) => node.kind === 'operation' && node.attributes.some(({name}) => name === 'seed');
