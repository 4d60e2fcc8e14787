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
  at: Error;
  /** What was called forward, where this is a part of its gradient. */
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

let underWay = 0;

/** Whether a function is being recorded at this moment: then no value can be read. */
export const isRecording = (): boolean => underWay > 0;

/**
 * Runs `f` and records it.
 *
 * @param inputs The tensors that are declared.
 * @param f Returns the tensors that count; they are disposed.
 * @param like An earlier recording: nothing is computed, each node must be as it was.
 * @throws Error when `f` reads values or uses a large constant, which a recording would freeze, or
 * when it is not as it was. It names the operation and the line that asked for it.
 */
export function record(inputs: tf.Tensor[], f: () => tf.Tensor[], like?: Recording): Recording {
  const {binding} = native;
  const nodes: Node[] = [];
  const known = new Map<number, Reference>();
  const add = (node: Node, ids: number[]) => {
    node.gradientOf = tape.call();
    if (like) compare(like.nodes[nodes.length], node);
    ids.forEach((id, output) => known.set(id, {node: nodes.length, output}));
    nodes.push(node);
  };
  const made = new Map<number, Node>();
  const use = (id: number, at: Error): Reference => {
    // at its first use: a tensor that was captured is written to the device at that moment, or long
    // before
    if (!known.has(id)) add(made.get(id) ?? captured(binding, id, at), [id]);
    return known.get(id)!;
  };
  const repeat = (name: string, at: Error) => {
    const before = like!.nodes[nodes.length];
    if (before?.kind !== 'operation' || before.name !== name) throw changed(before, name, at);
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
  const tape = watchTape();
  native.binding = Object.create(
    binding,
    Object.getOwnPropertyDescriptors({
      // the addon's own properties cannot be written
      tensorDataSync: refuse,
      runSavedModel: refuse,
      createTensor(shape: number[], dtype: number, values: Values) {
        const id = binding.createTensor(shape, dtype, values);
        made.set(id, constant(shape, dtype, values.slice(), new Error()));
        return id;
      },
      executeOp(name: string, attributes: Parameters<Binding['executeOp']>[1], ids: number[], count: number) {
        const at = new Error();
        const operands = ids.map(id => use(id, at));
        const results = like ? repeat(name, at) : binding.executeOp(name, attributes, ids, count);
        const outputs = results.map(({shape, dtype}) => ({shape, dtype}));
        add(
          {kind: 'operation', name, attributes: attributes as Attribute[], inputs: operands, outputs, at},
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
      add(
        {kind: 'input', shape: inputs[i]!.shape, dtype: native.tensorMap.get(inputs[i]!.dataId).dtype, at: new Error()},
        [id],
      ),
    );
    tensors = f();
    const outputs = native.getInputTensorIds(tensors).map(id => use(id, new Error()));
    if (like && nodes.length < like.nodes.length) throw changed(like.nodes[nodes.length], 'nothing more', new Error());
    return {nodes, outputs};
  } finally {
    underWay--;
    native.binding = binding;
    Error.stackTraceLimit = depth;
    tape.release();
    for (const tensor of tensors) tensor.dispose();
  }
}

let lastImagined = -2; // −1 is tfjs-node's sign of a tensor that is not on the device yet
const metadata = (type: Type) => ({id: --lastImagined, ...type});

/** A tensor without values, for a recording `like` another. */
export const imagined = (type: Type): tf.Tensor => native.createOutputTensor(metadata(type));

function constant(shape: number[], dtype: number, values: Values, at: Error): Node {
  if (values.byteLength > LARGEST_CONSTANT && values.some(value => value !== values[0])) {
    throw new Error(
      `compile: expected constants of at most 64 kB, got [${shape}] with ` +
        `${Math.round(values.byteLength / 1000)} kB at ${place(at)}: declare it, in the state or among what ` +
        'the step holds',
    );
  }
  return {kind: 'constant', shape: [...shape], dtype, values, at};
}

/** A tensor made before the recording: its values become a constant. */
function captured(binding: Binding, id: number, at: Error): Node {
  const [copy] = binding.executeOp('Identity', [], [id], 1);
  try {
    const {shape, dtype} = copy!;
    if (dtype === binding.TF_UINT8)
      throw new Error(
        `compile: expected bytes to be declared, got some [${shape}] captured at ${place(at)}: put them into ` +
          'the state or among what the step holds',
      );
    return constant(shape, dtype, binding.tensorDataSync(copy!.id), at);
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
  if (!equal) throw changed(before, named(now), now.at);
}

const changed = (before: Node | undefined, now: string, at: Error) =>
  new Error(
    `compile: expected the same operations at every step, got ${now} at ${place(at)} where ` +
      `${before ? named(before) : 'nothing'} was before: a random or changing number must be an input`,
  );

function named(node: Node): string {
  if (node.kind === 'operation') return node.name;
  if (node.kind === 'input') return `an input [${node.shape}]`;
  if (node.values.length === 1) return `the number ${node.values[0]}`;
  return `a constant [${node.shape}] starting ${[...node.values.slice(0, 3)].join(', ')}`;
}
