// Rewrites a recording so that matrix products and convolutions compute in bfloat16: half the
// bytes, 8 instead of 24 bits of precision, sums still in float32. Kalamkar et al. 2019, "A Study
// of BFLOAT16 for Deep Learning Training", arXiv:1905.12322.

import {native} from './device';
import type {Attribute, Node, Recording, Reference} from './recording';

/** TensorFlow's number of the type, which tfjs does not know. */
const BFLOAT16 = 14;
const products = new Set(['MatMul', 'BatchMatMulV2', 'Conv2D', 'Conv2DBackpropInput', 'Conv2DBackpropFilter']);

/**
 * The same recording with casts round each product; all that lies between, parameters and state
 * stay float32.
 */
export function inBfloat16({nodes, outputs}: Recording): Recording {
  const {TF_FLOAT, TF_ATTR_TYPE, TF_ATTR_BOOL} = native.binding;
  const next: Node[] = [];
  const places: number[] = []; // of each old node among the new ones
  const renewed = ({node, output}: Reference): Reference => ({node: places[node]!, output});
  const typeAttribute = (name: string, value: number): Attribute => ({name, type: TF_ATTR_TYPE, value});
  const cast = (input: Reference, from: number, to: number, shape: number[], {at, gradientOf}: Node): Reference => {
    const attributes = [
      typeAttribute('SrcT', from),
      typeAttribute('DstT', to),
      {name: 'Truncate', type: TF_ATTR_BOOL, value: false},
    ];
    return {
      node:
        next.push({
          kind: 'operation',
          name: 'Cast',
          attributes,
          inputs: [input],
          outputs: [{shape, dtype: to}],
          at,
          gradientOf,
        }) - 1,
      output: 0,
    };
  };
  const halves = new Map<string, Reference>(); // what was cast once serves all products
  const half = (input: Reference, product: Node): Reference => {
    const from = nodes[input.node]!;
    const {shape, dtype} = from.kind === 'operation' ? from.outputs[input.output]! : from;
    if (dtype !== TF_FLOAT) return renewed(input); // the shape that a gradient is told
    const name = `${input.node}:${input.output}`;
    if (!halves.has(name)) halves.set(name, cast(renewed(input), TF_FLOAT, BFLOAT16, shape, product));
    return halves.get(name)!;
  };
  nodes.forEach((node, i) => {
    if (node.kind !== 'operation') {
      places[i] = next.push(node) - 1;
    } else if (!products.has(node.name)) {
      places[i] = next.push({...node, inputs: node.inputs.map(renewed)}) - 1;
    } else {
      const inputs = node.inputs.map(input => half(input, node));
      const {shape} = node.outputs[0]!;
      const attributes = node.attributes.map(attribute =>
        attribute.name === 'T' ? typeAttribute('T', BFLOAT16) : attribute,
      );
      const product = {
        node: next.push({...node, attributes, inputs, outputs: [{shape, dtype: BFLOAT16}]}) - 1,
        output: 0,
      };
      places[i] = cast(product, BFLOAT16, TF_FLOAT, shape, node).node;
    }
  });
  return {nodes: next, outputs: outputs.map(renewed)};
}
