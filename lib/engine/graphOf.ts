// A step as the graph that a session runs, with all that another program needs to run it too, and with the lines that each node comes from.

import type {Params} from '../module';
import type {Inputs, StepFunction} from './compile';
import {names, savedModel} from './graph';
import {callers} from './place';
import {recordStep, rewritten, tensors} from './session';
import type {tf} from './tf';

/** Where a node comes from: calls of our own code, the innermost first, each as "loss (lib/losses/ntXent.ts:27:14)". */
export type Origin = {
  calls: string[];
  /** The calls forward, where the node is a part of their gradient. */
  gradientOf?: string[];
};

export interface StepGraph {
  /** Bytes of saved_model.pb. */
  model: Uint8Array;
  /** What to feed, once, while asking for `written`; then, at each run, while asking for `results`. Names of nodes, and the caller's own tensors. */
  variables: [name: string, tensor: tf.Tensor][];
  written: string[];
  inputs: [name: string, tensor: tf.Tensor][];
  results: string[];
  /** By the name of a node; those that read and write variables are not in it. */
  origins: Record<string, Origin>;
}

/** Records a step as {@link compile} does, once, and computes it once. Parameters as those of `compile`; the tensors stay the caller's. */
export function graphOf<S extends Params, I extends Inputs, O extends Params>(step: StepFunction<S, I, O>, state: S, inputs: I, holds: Params = {}): StepGraph {
  const {recording: recorded, layout, outputs, order} = recordStep(step, state, holds, inputs);
  const recording = rewritten(recorded);
  return {
    model: savedModel(recording, layout),
    variables: [...tensors(state), ...tensors(holds)].map((tensor, i) => [names.value(i), tensor]),
    written: [names.written, names.held],
    inputs: order.map((name, i) => [names.input(i), inputs[name]!]),
    results: [...tensors(outputs).map((_, i) => names.output(i)), ...(layout.moved.length ? [names.updated] : [])],
    origins: Object.fromEntries(recording.nodes.flatMap((node, i): [string, Origin][] => (node.kind === 'input' ? []
      : [[names.node(i), {calls: callers(node.at), ...(node.gradientOf && {gradientOf: callers(node.gradientOf)})}]]))),
  };
}
