// A step as the graph of its operations: what comes in on top, what comes out below.

import {mean} from 'd3-array';
import {check} from '../check';
import type {StepNode} from '../engine/graphOf';
import type {Figure} from './figure';
import {note} from './notes';
import {axis, colors, layout} from './theme';
import {line} from './traces';

export interface GraphFigureOptions {
  title: string;
}

const fills = {
  input: '#BFE3F7',
  state: '#F8DB9B',
  held: '#F8DB9B',
  constant: '#E9E9E9',
  operation: colors.paper,
  gradient: '#F6D3C0',
} as const;
/** Of a line from an input to its user. */
const EDGE = '#B4B4B4';
/** Nodes at most. */
const MOST = 80;
/** Pixels above the graph, of a row of nodes, below it, and at both sides. */
const pixels = {top: 130, row: 74, bottom: 30, side: 20} as const;

/** Whether it is an operation that a gradient made. */
const isGradient = ({gradient, kind}: StepNode) => Boolean(gradient) && kind === 'operation';

/**
 * Each node stands below all that it needs. For small graphs: 80 nodes at most.
 *
 * @throws RangeError when there is no node, or too many.
 */
export function graphFigure(nodes: readonly StepNode[], {title}: GraphFigureOptions): Figure {
  const drawable = nodes.length > 0 && nodes.length <= MOST;
  const advice = 'count the operations of larger graphs instead';
  check(drawable, 'graphFigure', `expected 1 to ${MOST} nodes, got ${nodes.length}: ${advice}`);
  const rows = layered(nodes);
  const places = new Map(
    rows.flatMap((row, y) => row.map(({name}, i) => [name, {x: (i + 1) / (row.length + 1), y}] as const)),
  );
  const edges = nodes.flatMap(({name, inputs}) =>
    inputs.flatMap(input => (places.has(input) ? [[places.get(input)!, places.get(name)!] as const] : [])),
  );
  const number = (kind: StepNode['kind']) => nodes.filter(node => node.kind === kind).length;
  const sums =
    `${number('operation')} operations, ${nodes.filter(isGradient).length} of them of gradients; inputs: ` +
    `${number('input')}, state: ${number('state')}, constants: ${number('constant')}`;
  const labels = new Map(nodes.map(({name, label}) => [name, label]));
  const nodeText = ({label, inputs}: StepNode) => {
    const taken = inputs.map(input => labels.get(input) ?? input);
    return `${label}${taken.length ? ` of ${taken.join(' and ')}` : ''}`;
  };
  return {
    name: 'graph',
    data: [
      line(
        undefined,
        edges.flatMap(([from, to]) => [from.x, to.x, null]),
        edges.flatMap(([from, to]) => [from.y, to.y, null]),
        {color: EDGE, width: 1.5},
      ),
    ],
    layout: layout({
      title,
      subtitle: `${sums}<br>blue: input, yellow: state, gray: constant, white: operation, red: operation of a gradient`,
      height: pixels.top + pixels.row * rows.length + pixels.bottom,
      top: pixels.top,
      bottom: pixels.bottom,
      left: pixels.side,
      right: pixels.side,
      xaxis: axis({range: [0, 1], visible: false}),
      yaxis: axis({range: [rows.length - 0.5, -0.5], visible: false}),
      annotations: nodes.map(node => {
        const box = {
          bgcolor: fills[isGradient(node) ? 'gradient' : node.kind],
          bordercolor: colors.quiet,
          borderwidth: 1.5,
          borderpad: 5,
        };
        return note(node.label, {on: {x: 'x', y: 'y'}, ...places.get(node.name)!, rest: box});
      }),
    }),
    caption: `${title}: ${sums}. Each node stands below all that it needs.`,
    alt: `A graph from top to bottom. ${nodes.map(nodeText).join('; ')}.`,
    credits: [],
    runs: [],
    rows: nodes.map(({inputs, ...node}) => ({...node, inputs: inputs.join(' ')})),
  };
}

/**
 * Rows of nodes, each below its inputs; constants just above the first that takes them; within a
 * row, in the order of what stands above.
 */
function layered(nodes: readonly StepNode[]): StepNode[][] {
  const depths = depthsOf(nodes);
  const rows: StepNode[][] = Array.from({length: Math.max(...depths.values()) + 1}, () => []);
  for (const node of nodes) rows[depths.get(node.name)!]!.push(node);
  const at = new Map<string, number>();
  for (const row of rows) {
    const above = new Map(row.map(({name, inputs}) => [name, mean(inputs, input => at.get(input)) ?? 0.5]));
    row.sort((a, b) => above.get(a.name)! - above.get(b.name)!);
    row.forEach((node, i) => at.set(node.name, (i + 1) / (row.length + 1)));
  }
  return rows;
}

/** In which row, from 0, each node stands. */
function depthsOf(nodes: readonly StepNode[]): Map<string, number> {
  const byName = new Map(nodes.map(node => [node.name, node]));
  const depths = new Map<string, number>();
  const depthOf = (node: StepNode): number => {
    const known = depths.get(node.name);
    if (known !== undefined) return known;
    const inputs = node.inputs.flatMap(input => byName.get(input) ?? []).filter(({kind}) => kind !== 'constant');
    const depth = Math.max(node.kind === 'operation' ? 0 : -1, ...inputs.map(depthOf)) + 1;
    depths.set(node.name, depth);
    return depth;
  };
  nodes.filter(({kind}) => kind !== 'constant').forEach(depthOf);
  for (const {name} of nodes.filter(({kind}) => kind === 'constant')) {
    const users = nodes.filter(({inputs}) => inputs.includes(name)).map(user => depths.get(user.name)!);
    depths.set(name, Math.max(0, Math.min(...users) - 1));
  }
  return depths;
}
