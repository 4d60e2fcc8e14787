// A step as the graph that a session runs, with all that another program needs to run it too, and
// with the lines that each node comes from.

import type {Params} from './params';
import {leaves} from './params';
import type {Inputs, StepFunction} from './step';
import {names, reachable, savedModel, type Layout} from './graph';
import {callers} from './place';
import {recordStep, rewritten, tensors} from './session';
import type {Recording} from './recording';
import type {tf} from './tf';

/**
 * Where a node comes from: calls of our own code, the innermost first, each as "loss
 * (lib/losses/ntXent.ts:27:14)".
 */
export type Origin = {
  calls: string[];
  /** The calls forward, where the node is a part of their gradient. */
  gradientOf?: string[];
};

/** One node of a step's graph. */
export type StepNode = {
  name: string;
  /**
   * Fed at each run, kept from run to run, held for good, frozen when it was recorded, computed.
   */
  kind: 'input' | 'state' | 'held' | 'constant' | 'operation';
  /**
   * TensorFlow's name of the operation; the name of an input or of a part of the state; a
   * constant's number, or its shape.
   */
  label: string;
  /** Names of the nodes whose outputs it takes. */
  inputs: string[];
  /** Whether it is a part of a gradient. */
  gradient: boolean;
};

/** The graph of a recorded step: its operations and what each reads. */
export interface StepGraph {
  /** All that an output or the next state depends on. */
  nodes: StepNode[];
  /** Bytes of saved_model.pb. */
  model: Uint8Array;
  /**
   * What to feed, once, while asking for `written`; then, at each run, while asking for `results`.
   * Names of nodes, and the caller's own tensors.
   */
  variables: [name: string, tensor: tf.Tensor][];
  written: string[];
  inputs: [name: string, tensor: tf.Tensor][];
  results: string[];
  /** By the name of a node; those that read and write variables are not in it. */
  origins: Record<string, Origin>;
}

/**
 * Records a step as {@link compile} does, once, and computes it once. Parameters as those of
 * `compile`; the tensors stay the caller's.
 */
export function graphOf<S extends Params, I extends Inputs, O extends Params>(
  step: StepFunction<S, I, O>,
  state: S,
  inputs: I,
  holds: Params = {},
): StepGraph {
  const {recording: recorded, layout, outputs, order} = recordStep(step, state, holds, inputs, {trails: true});
  const recording = rewritten(recorded);
  return {
    nodes: nodesOf(
      recording,
      layout,
      [...leaves(state), ...leaves(holds)].map(([name]) => name),
      order,
    ),
    model: savedModel(recording, layout),
    variables: [...tensors(state), ...tensors(holds)].map((tensor, i) => [names.value(i), tensor]),
    written: [names.written, names.held],
    inputs: order.map((name, i) => [names.input(i), inputs[name]!]),
    results: [...tensors(outputs).map((_, i) => names.output(i)), ...(layout.moved.length ? [names.updated] : [])],
    origins: Object.fromEntries(
      recording.nodes.flatMap((node, i): [string, Origin][] =>
        node.kind === 'input'
          ? []
          : [
              [
                names.node(i),
                {calls: callers(node.at!), ...(node.gradientOf && {gradientOf: callers(node.gradientOf)})},
              ],
            ],
      ),
    ),
  };
}

function nodesOf(
  {nodes, outputs}: Recording,
  {state, held}: Layout,
  variables: string[],
  inputs: string[],
): StepNode[] {
  const used = reachable(nodes, outputs);
  const kindOf = (i: number): StepNode['kind'] => {
    if (i < state) return 'state';
    return i < state + held ? 'held' : 'input';
  };
  return nodes.flatMap((node, i): StepNode[] => {
    if (!used.has(i)) return [];
    const common = {name: names.node(i), gradient: node.gradientOf !== undefined};
    switch (node.kind) {
      case 'input':
        return [
          {
            ...common,
            kind: kindOf(i),
            label: variables[i] ?? inputs[i - variables.length]!,
            inputs: [],
          },
        ];
      case 'constant':
        return [
          {
            ...common,
            kind: 'constant',
            label: node.values.length === 1 ? `${Number(node.values[0]!.toPrecision(3))}` : `[${node.shape}]`,
            inputs: [],
          },
        ];
      case 'operation':
        return [
          {...common, kind: 'operation', label: node.name, inputs: node.inputs.map(input => names.node(input.node))},
        ];
    }
  });
}
