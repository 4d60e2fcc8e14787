// Writes a recording as a TensorFlow graph whose state lives in variables, in the form of a
// SavedModel.

import {native} from './device';
import type {Attribute, Node, Recording, Reference} from './recording';

/** A class that protoc made: they ship with tfjs-node-gpu, without types. */
type Message = {serializeBinary(): Uint8Array; getAttrMap(): {set(name: string, value: Message): void}} & Record<
  string,
  (value: unknown) => void
>;
type Class = new () => Message;
const {SavedModel, MetaGraphDef, GraphDef, VersionDef, NodeDef, AttrValue, Tensor, TensorShape} =
  require('@tensorflow/tfjs-node-gpu/dist/proto/api_pb') as Record<
    'SavedModel' | 'GraphDef' | 'VersionDef' | 'NodeDef' | 'Tensor',
    Class
  > & {
    MetaGraphDef: Class & {MetaInfoDef: Class};
    AttrValue: Class & {ListValue: Class};
    TensorShape: Class & {Dim: Class};
  };

/**
 * What nodes are called: those of the recording, and what a session is fed and asked for. Asked
 * for, `written` gives each variable of the state its `value`, `held` each of the others, and
 * `updated` moves the state, after all of it was read; `freed` empties all variables.
 */
export const names = {
  node: (i: number) => `node_${i}`,
  input: (i: number) => `input_${i}`,
  output: (i: number) => `output_${i}`,
  value: (variable: number) => `value_${variable}`,
  read: (variable: number) => `read_${variable}`,
  written: 'written',
  held: 'held',
  updated: 'updated',
  freed: 'freed',
};

export type Layout = {
  /**
   * So many of the recording's inputs, the first, are the state, and so many more are held: both
   * lie in variables. The others are fed at each run.
   */
  state: number;
  held: number;
  /**
   * The recording's first outputs are the next values of these parts of the state; the others are
   * fetched.
   */
  moved: number[];
};

/** The bytes of `saved_model.pb`. Only operations that reach an output are kept. */
export function savedModel({nodes, outputs}: Recording, {state, held, moved}: Layout): Uint8Array {
  const variables = state + held;
  const list: Message[] = [];
  const put = (name: string, op: string, inputs: string[], attributes: Record<string, Message> = {}) => {
    const node = message(NodeDef, {Name: name, Op: op, InputList: inputs});
    for (const [key, value] of Object.entries(attributes)) node.getAttrMap().set(key, value);
    list.push(node);
  };
  const source = ({node, output}: Reference) => {
    if (nodes[node]!.kind === 'input') return node < variables ? names.read(node) : names.input(node - variables);
    return `${names.node(node)}${output ? `:${output}` : ''}`;
  };
  const used = reachable(nodes, outputs);
  nodes.forEach((node, i) => {
    if (node.kind === 'input') {
      const [dtype, shape] = [typeValue(node.dtype), shapeValue(node.shape)];
      if (i >= variables) return put(names.input(i - variables), 'Placeholder', [], {dtype, shape});
      put(`variable_${i}`, 'VarHandleOp', [], {
        dtype,
        shape,
        shared_name: textValue(`variable_${i}`),
        container: textValue(''),
      });
      put(names.read(i), 'ReadVariableOp', [`variable_${i}`], {dtype});
      put(names.value(i), 'Placeholder', [], {dtype, shape});
      put(`write_${i}`, 'AssignVariableOp', [`variable_${i}`, names.value(i)], {dtype});
      put(`free_${i}`, 'DestroyResourceOp', [`variable_${i}`], {ignore_lookup_error: attribute('B', true)});
    } else if (used.has(i)) {
      if (node.kind === 'constant')
        put(names.node(i), 'Const', [], {dtype: typeValue(node.dtype), value: tensorValue(node)});
      else
        put(
          names.node(i),
          node.name,
          node.inputs.map(source),
          Object.fromEntries(
            [...node.attributes, ...implied(node, nodes)].map(attribute => [attribute.name, attributeValue(attribute)]),
          ),
        );
    }
  });
  outputs.forEach((output, i) => {
    const dtype = typeValue(typeOf(nodes, output).dtype);
    if (i < moved.length)
      put(`update_${moved[i]}`, 'AssignVariableOp', [`variable_${moved[i]}`, source(output), '^read'], {dtype});
    else put(names.output(i - moved.length), 'Identity', [source(output)], {T: dtype});
  });
  const done = {
    dtype: typeValue(native.binding.TF_BOOL),
    value: tensorValue({shape: [], dtype: native.binding.TF_BOOL, values: Uint8Array.of(1)}),
  };
  put(
    'read',
    'NoOp',
    Array.from({length: variables}, (_, i) => `^${names.read(i)}`),
  );
  const writes = Array.from({length: variables}, (_, i) => `^write_${i}`);
  put(names.written, 'Const', writes.slice(0, state), done);
  put(names.held, 'Const', writes.slice(state), done);
  put(
    names.freed,
    'Const',
    Array.from({length: variables}, (_, i) => `^free_${i}`),
    done,
  );
  put(
    names.updated,
    'Const',
    moved.map(i => `^update_${i}`),
    done,
  );
  const graph = message(GraphDef, {NodeList: list, Versions: message(VersionDef, {Producer: 1800})});
  const meta = message(MetaGraphDef, {
    MetaInfoDef: message(MetaGraphDef.MetaInfoDef, {TagsList: ['serve']}),
    GraphDef: graph,
  });
  return message(SavedModel, {SavedModelSchemaVersion: 1, MetaGraphsList: [meta]}).serializeBinary();
}

/** Nodes that an output depends on. */
export function reachable(nodes: Node[], outputs: Reference[]): Set<number> {
  const used = new Set<number>();
  const waiting = outputs.map(({node}) => node);
  for (let i = waiting.pop(); i !== undefined; i = waiting.pop()) {
    if (used.has(i)) continue;
    used.add(i);
    const node = nodes[i]!;
    if (node.kind === 'operation') waiting.push(...node.inputs.map(input => input.node));
  }
  return used;
}

/** Shape and element type of what a reference stands for. */
export function typeOf(nodes: Node[], {node, output}: Reference): {shape: number[]; dtype: number} {
  const from = nodes[node]!;
  return from.kind === 'operation' ? from.outputs[output]! : from;
}

/** Attributes that a running kernel finds out by itself and tfjs-node leaves away. */
function implied(node: Node & {kind: 'operation'}, nodes: Node[]): Attribute[] {
  if (node.name !== 'ExpandDims') return [];
  const {TF_ATTR_TYPE: type} = native.binding;
  return ['T', 'Tdim'].map((name, i) => ({name, type, value: typeOf(nodes, node.inputs[i]!).dtype}));
}

function message<C extends Class>(Class: C, fields: Record<string, unknown>): Message {
  const result = new Class();
  for (const [name, value] of Object.entries(fields)) result[`set${name}`]!(value);
  return result;
}

const attribute = (kind: string, value: unknown) => message(AttrValue, {[kind]: value});
const typeValue = (dtype: number) => attribute('Type', dtype);
const textValue = (value: string) => attribute('S', Buffer.from(value));
const shapeOf = (shape: number[]) =>
  message(TensorShape, {DimList: shape.map(size => message(TensorShape.Dim, {Size: size}))});
const shapeValue = (shape: number[]) => attribute('Shape', shapeOf(shape));

function attributeValue({name, type, value}: Attribute): Message {
  const {TF_ATTR_STRING, TF_ATTR_INT, TF_ATTR_FLOAT, TF_ATTR_BOOL, TF_ATTR_TYPE, TF_ATTR_SHAPE} = native.binding;
  const kind = {
    [TF_ATTR_STRING]: 'S',
    [TF_ATTR_INT]: 'I',
    [TF_ATTR_FLOAT]: 'F',
    [TF_ATTR_BOOL]: 'B',
    [TF_ATTR_TYPE]: 'Type',
    [TF_ATTR_SHAPE]: 'Shape',
  }[type];
  if (!kind) throw new Error(`compile: expected an attribute of a kind that graphs know, got kind ${type} of ${name}`);
  if (kind === 'Shape') return shapeValue(value as number[]);
  if (Array.isArray(value)) return attribute('List', message(AttrValue.ListValue, {[`${kind}List`]: value}));
  return kind === 'S' ? textValue(value as string) : attribute(kind, value);
}

function tensorValue({
  shape,
  dtype,
  values,
}: {
  shape: number[];
  dtype: number;
  values: Float32Array | Int32Array | Uint8Array;
}): Message {
  const equal = values.length > 1 && values.every(value => Object.is(value, values[0]));
  const shown = equal ? values.subarray(0, 1) : values; // a single value stands for all
  const {TF_FLOAT, TF_INT32, TF_BOOL} = native.binding;
  const list = equal && {[TF_FLOAT]: 'FloatValList', [TF_INT32]: 'IntValList', [TF_BOOL]: 'BoolValList'}[dtype];
  const content = list
    ? {[list]: Array.from(shown)}
    : {TensorContent: new Uint8Array(shown.buffer, shown.byteOffset, shown.byteLength)};
  return attribute('Tensor', message(Tensor, {Dtype: dtype, TensorShape: shapeOf(shape), ...content}));
}
