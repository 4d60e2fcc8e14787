// A recorded step in a session of TensorFlow's: one graph, with its state in variables.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {check} from '../check';
import type {Params} from '../module';
import {dispose, fromLeaves, leaves, map} from '../params';
import type {Inputs, Session, StepFunction} from './compile';
import {inBfloat16} from './bfloat16';
import {native, settings} from './device';
import {names, savedModel} from './graph';
import {imagined, record, type Recording} from './recording';
import {tf} from './tf';

/**
 * Records a step, twice, and loads its graph. Its variables hold nothing until they are written. Yields between pieces of work, so that the caller may pause or give up there.
 *
 * @param state, inputs Stand for those of every run.
 * @param holds What the step captures.
 */
export function* openSession<S extends Params, I extends Inputs, O extends Params>(step: StepFunction<S, I, O>, state: S, holds: Params, inputs: I): Generator<void, Session<S, I, O>> {
  const order = Object.keys(inputs);
  const [size, held] = [tensors(state).length, tensors(holds)];
  let moved!: number[];
  let outputs!: O;
  const recorded = (state: S, inputs: I, like?: Recording) => record([...tensors(state), ...held, ...order.map(name => inputs[name]!)], () => {
    const result = call(step, state, inputs);
    ({moved, outputs} = result);
    return [...result.next, ...tensors(outputs)];
  }, like);
  const recording = recorded(state, inputs);
  yield;
  recorded(state, inputs, recording);
  yield;
  const types = recording.nodes.slice(0, size) as {shape: number[]; dtype: number}[];

  const id = load(savedModel(settings.bfloat16 ? inBfloat16(recording) : recording, {state: size, held: held.length, moved}));
  const ask = (fed: [string, tf.Tensor][], wanted: string[]) => wanted.length === 0 ? [] : native.binding.runSavedModel(id, native.getInputTensorIds(fed.map(([, tensor]) => tensor)), fed.map(([name]) => `${name}:0`).join(),
    wanted.map(name => `${name}:0`).join()).map(metadata => native.createOutputTensor(metadata));
  const write = (values: tf.Tensor[], first: number, done: string) => {
    if (values.length) tf.dispose(ask(values.map((tensor, i) => [names.value(first + i), tensor]), [done]));
  };
  write(held, size, names.held);
  let runs = 0;
  return {
    run(inputs) {
      if (++runs === 2) {
        const stand = fromLeaves(state, types.map(imagined));
        recorded(stand, inputs, recording);
        dispose(stand);
      }
      const fetched = ask(order.map((name, i) => [names.input(i), inputs[name]!]), [...tensors(outputs).map((_, i) => names.output(i)), ...(moved.length ? [names.updated] : [])]);
      if (moved.length) fetched.pop()!.dispose();
      return fromLeaves(outputs, fetched);
    },
    read: () => fromLeaves(state, ask([], types.map((_, i) => names.read(i)))),
    write: values => write(tensors(values), 0, names.written),
    dispose: () => native.binding.deleteSavedModel(id),
  };
}

const tensors = (tree: Params) => leaves(tree).map(([, tensor]) => tensor);

/** Calls the step and tells apart what moves. All tensors are new. */
function call<S extends Params, I extends Inputs, O extends Params>(step: StepFunction<S, I, O>, state: S, inputs: I): {next: tf.Tensor[]; moved: number[]; outputs: O} {
  const before = leaves(state);
  return tf.tidy(() => {
    const {state: next = state, outputs} = step(state, inputs);
    const after = leaves(next);
    before.forEach(([name, {shape}], i) => {
      const [got, tensor] = after[i] ?? [];
      check(name === got && `${tensor!.shape}` === `${shape}`, 'compile', `expected the step to return its state with ${name} [${shape}], got ${got ? `${got} [${tensor!.shape}]` : 'nothing'} there`);
    });
    check(after.length === before.length, 'compile', `expected the step to return its state of ${before.length} tensors, got ${after[before.length]?.[0]} as well`);
    const moved = before.map((_, i) => i).filter(i => before[i]![1].dataId !== after[i]![1].dataId);
    return {next: moved.map(i => after[i]![1].clone()), moved, outputs: map(outputs, tensor => tensor.clone())};
  });
}

function load(model: Uint8Array): number {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ssl-workbench-graph-'));
  try {
    fs.writeFileSync(path.join(folder, 'saved_model.pb'), model);
    return native.binding.loadSavedModel(folder, 'serve');
  } finally {
    fs.rmSync(folder, {recursive: true});
  }
}
