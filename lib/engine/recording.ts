// Records what a function asks of TensorFlow: the kernels that it calls, in order, and the
// constants that it hands them. tfjs-node sends every kernel through one object, the addon's
// binding; while a function is recorded, a stand-in takes its place.

import {isDeepStrictEqual} from 'node:util';
import {native} from './device';
import {place} from './place';
import {watchTape} from './tape';
import type {tf} from './tf';

type Binding = typeof native.binding;
type Values = Float32Array | Int32Array | Uint8Array;
type Type = {shape: number[]; dtype: number};
export type Attribute = {name: string; type: number; value: boolean | number | number[] | string};

/** One output of one node. */
export type Reference = {node: number; output: number};

/**
 * What happened, in order: an input was declared; a constant came from the function's own numbers
 * or from a tensor that it captured; a kernel ran.
 */
export type Node = {
  /** The trail of the call that asked for it, where trails are kept. */
  at?: Error;
  /** That of what was called forward, where this is a part of its gradient. */
  gradientOf?: Error;
} & (
  | (Type & {kind: 'input'})
  | (Type & {kind: 'constant'; values: Values})
  | {kind: 'operation'; name: string; attributes: Attribute[]; inputs: Reference[]; outputs: Type[]}
);

/** `nodes` start with the inputs, in their order. */
export type Recording = {nodes: Node[]; outputs: Reference[]};

/** Bytes of a constant at most, unless all its values are equal. */
const LARGEST_CONSTANT = 65_536;

export interface RecordOptions {
  /** An earlier recording: nothing is computed, each node must be as it was. */
  like?: Recording;
  /**
   * Keeps the trail of each node. Trails take as long as all the rest of a recording: without them
   * it asks for one only where it throws.
   * @default false
   */
  trails?: boolean;
}

let underWay = 0;

/** Whether a function is being recorded at this moment: then no value can be read. */
export const isRecording = (): boolean => underWay > 0;

/**
 * Runs `f` and records it.
 *
 * @param inputs The tensors that are declared.
 * @param f Returns the tensors that count; they are disposed.
 * @throws Error when `f` reads values or uses a large constant, which a recording would freeze, or
 * when it is not as it was. It names the operation and the line that asked for it.
 */
export function record(
  inputs: tf.Tensor[],
  f: () => tf.Tensor[],
  {like, trails = false}: RecordOptions = {},
): Recording {
  const {binding} = native;
  const nodes: Node[] = [];
  const known = new Map<number, Reference>();
  const add = (node: Node, ids: number[]) => {
    if (trails) Object.assign(node, {at: new Error(), gradientOf: tape?.call()});
    if (like) compare(like.nodes[nodes.length], node);
    ids.forEach((id, output) => known.set(id, {node: nodes.length, output}));
    nodes.push(node);
  };
  const made = new Map<number, Node>();
  const use = (id: number): Reference => {
    // at its first use: a tensor that was captured is written to the device at that moment, or long
    // before
    if (!known.has(id)) add(made.get(id) ?? captured(binding, id), [id]);
    return known.get(id)!;
  };
  const repeat = (name: string, {nodes: earlier}: Recording) => {
    const before = earlier[nodes.length];
    if (before?.kind !== 'operation' || before.name !== name) throw changed(before, name);
    return before.outputs.map(metadata);
  };
  const refuse = () => {
    throw new Error(
      'compile: expected a step whose numbers stay on the device, got one that reads a tensor at ' +
        `${place(new Error())}: return it as an output instead`,
    );
  };
  const given = native.getInputTensorIds(inputs);
  const depth = Error.stackTraceLimit;
  // a kernel lies some twenty calls below the line that asks for it, and that line as deep below
  // the step
  Error.stackTraceLimit = 200;
  const tape = trails ? watchTape() : undefined;
  native.binding = Object.create(
    binding,
    Object.getOwnPropertyDescriptors({
      // the addon's own properties cannot be written
      tensorDataSync: refuse,
      runSavedModel: refuse,
      createTensor(shape: number[], dtype: number, values: Values) {
        const id = binding.createTensor(shape, dtype, values);
        made.set(id, constant(shape, dtype, values.slice()));
        return id;
      },
      executeOp(name: string, attributes: Parameters<Binding['executeOp']>[1], ids: number[], count: number) {
        const operands = ids.map(use);
        const results = like ? repeat(name, like) : binding.executeOp(name, attributes, ids, count);
        const outputs = results.map(({shape, dtype}) => ({shape, dtype}));
        add(
          {kind: 'operation', name, attributes: attributes as Attribute[], inputs: operands, outputs},
          results.map(({id}) => id),
        );
        return results;
      },
    }),
  ) as Binding;
  let tensors: tf.Tensor[] = [];
  underWay++;
  try {
    given.forEach((id, i) =>
      add({kind: 'input', shape: inputs[i]!.shape, dtype: native.tensorMap.get(inputs[i]!.dataId).dtype}, [id]),
    );
    tensors = f();
    const outputs = native.getInputTensorIds(tensors).map(use);
    if (like && nodes.length < like.nodes.length) throw changed(like.nodes[nodes.length], 'nothing more');
    return {nodes, outputs};
  } finally {
    underWay--;
    native.binding = binding;
    Error.stackTraceLimit = depth;
    tape?.release();
    for (const tensor of tensors) tensor.dispose();
  }
}

let lastImagined = -2; // −1 is tfjs-node's sign of a tensor that is not on the device yet
const metadata = (type: Type) => ({id: --lastImagined, ...type});

/** A tensor without values, for a recording `like` another. */
export const imagined = (type: Type): tf.Tensor => native.createOutputTensor(metadata(type));

function constant(shape: number[], dtype: number, values: Values): Node {
  if (values.byteLength > LARGEST_CONSTANT && values.some(value => value !== values[0])) {
    throw new Error(
      `compile: expected constants of at most 64 kB, got [${shape}] with ` +
        `${Math.round(values.byteLength / 1000)} kB at ${place(new Error())}: declare it, in the state or among what ` +
        'the step holds',
    );
  }
  return {kind: 'constant', shape: [...shape], dtype, values};
}

/** A tensor made before the recording: its values become a constant. */
function captured(binding: Binding, id: number): Node {
  const [copy] = binding.executeOp('Identity', [], [id], 1);
  try {
    const {shape, dtype} = copy!;
    if (dtype === binding.TF_UINT8)
      throw new Error(
        `compile: expected bytes to be declared, got some [${shape}] captured at ${place(new Error())}: ` +
          'put them into the state or among what the step holds',
      );
    return constant(shape, dtype, binding.tensorDataSync(copy!.id));
  } finally {
    binding.deleteTensor(copy!.id);
  }
}

/** @throws Error when the second recording is not as the first. */
function compare(before: Node | undefined, now: Node): void {
  const equal =
    before?.kind === now.kind &&
    (now.kind === 'operation'
      ? before.kind === 'operation' &&
        before.name === now.name &&
        isDeepStrictEqual(before.inputs, now.inputs) &&
        isDeepStrictEqual(before.attributes, now.attributes)
      : before.kind !== 'operation' &&
        before.dtype === now.dtype &&
        isDeepStrictEqual(before.shape, now.shape) &&
        (now.kind === 'input' || (before.kind === 'constant' && isDeepStrictEqual(before.values, now.values))));
  if (!equal) throw changed(before, named(now));
}

const changed = (before: Node | undefined, now: string) =>
  new Error(
    `compile: expected the same operations at every step, got ${now} at ${place(new Error())} where ` +
      `${before ? named(before) : 'nothing'} was before: a random or changing number must be an input`,
  );

function named(node: Node): string {
  if (node.kind === 'operation') return node.name;
  if (node.kind === 'input') return `an input [${node.shape}]`;
  if (node.values.length === 1) return `the number ${node.values[0]}`;
  return `a constant [${node.shape}] starting ${[...node.values.slice(0, 3)].join(', ')}`;
}
