// A step as the graph of its operations: what comes in on top, what comes out below.

import {check} from '../check';
import type {StepNode} from '../engine/graphOf';
import type {Figure, PlotlyObject} from './figure';
import {axis, colors, layout, size} from './theme';

export interface GraphFigureOptions {
  title: string;
}

const fills = {input: '#BFE3F7', state: '#F8DB9B', held: '#F8DB9B', constant: '#E9E9E9', operation: colors.paper, gradient: '#F6D3C0'} as const;
const MOST = 80;
const [TOP, ROW, BOTTOM] = [130, 74, 30];   // pixels

/**
 * Each node stands below all that it needs. For small graphs: 80 nodes at most.
 *
 * @throws RangeError when there is no node, or too many.
 */
export function graphFigure(nodes: readonly StepNode[], {title}: GraphFigureOptions): Figure {
  check(nodes.length > 0 && nodes.length <= MOST, 'graphFigure', `expected 1 to ${MOST} nodes, got ${nodes.length}: count the operations of larger graphs instead`);
  const rows = layered(nodes);
  const height = TOP + ROW * rows.length + BOTTOM;
  const places = new Map(rows.flatMap((row, y) => row.map((node, i) => [node.name, {x: (i + 1) / (row.length + 1), y}] as const)));
  const edges = nodes.flatMap(node => node.inputs.filter(input => places.has(input)).map(input => [places.get(input)!, places.get(node.name)!] as const));
  const count = (of: (node: StepNode) => boolean | undefined) => nodes.filter(of).length;
  const sums = `${count(({kind}) => kind === 'operation')} operations, ${count(({gradient, kind}) => gradient && kind === 'operation')} of them of gradients; inputs: ${count(({kind}) => kind === 'input')}, state: ${count(({kind}) => kind === 'state')}, constants: ${count(({kind}) => kind === 'constant')}`;
  return {
    name: 'graph',
    data: [
      {type: 'scatter', mode: 'lines', x: edges.flatMap(([from, to]) => [from.x, to.x, null]), y: edges.flatMap(([from, to]) => [from.y, to.y, null]), line: {color: '#B4B4B4', width: 1.5}, hoverinfo: 'skip'},
    ],
    layout: layout({
      title, subtitle: `${sums}<br>blue: input, yellow: state, gray: constant, white: operation, red: operation of a gradient`, height, top: TOP, bottom: BOTTOM, left: 20, right: 20,
      xaxis: axis({range: [0, 1], visible: false}), yaxis: axis({range: [rows.length - 0.5, -0.5], visible: false}),
      annotations: nodes.map((node): PlotlyObject => ({
        ...places.get(node.name)!, xref: 'x', yref: 'y', text: node.label, showarrow: false, font: {size: size.small}, bgcolor: fills[node.gradient && node.kind === 'operation' ? 'gradient' : node.kind], bordercolor: colors.quiet, borderwidth: 1.5, borderpad: 5,
      })),
    }),
    caption: `${title}: ${sums}. Each node stands below all that it needs.`,
    alt: `A graph from top to bottom. ${nodes.map(({label, inputs}) => `${label}${inputs.length ? ` of ${inputs.map(input => nodes.find(({name}) => name === input)?.label ?? input).join(' and ')}` : ''}`).join('; ')}.`,
    credits: [],
    runs: [],
    rows: nodes.map(({inputs, ...node}) => ({...node, inputs: inputs.join(' ')})),
  };
}

/** Rows of nodes, each below its inputs; constants just above the first that takes them; within a row, in the order of what stands above. */
function layered(nodes: readonly StepNode[]): StepNode[][] {
  const byName = new Map(nodes.map(node => [node.name, node]));
  const depths = new Map<string, number>();
  const depthOf = (name: string): number => {
    if (!depths.has(name)) depths.set(name, Math.max(byName.get(name)!.kind === 'operation' ? 0 : -1, ...byName.get(name)!.inputs.filter(input => byName.has(input) && byName.get(input)!.kind !== 'constant').map(depthOf)) + 1);
    return depths.get(name)!;
  };
  for (const {name, kind} of nodes) if (kind !== 'constant') depthOf(name);
  for (const {name, kind} of nodes) if (kind === 'constant') depths.set(name, Math.max(0, Math.min(...nodes.filter(({inputs}) => inputs.includes(name)).map(user => depths.get(user.name)!)) - 1));
  const rows: StepNode[][] = Array.from({length: Math.max(...depths.values()) + 1}, () => []);
  for (const node of nodes) rows[depths.get(node.name)!]!.push(node);
  const at = new Map<string, number>();
  for (const row of rows) {
    const center = ({inputs}: StepNode) => {
      const known = inputs.map(input => at.get(input)).filter(x => x !== undefined);
      return known.length ? known.reduce((sum, x) => sum + x, 0) / known.length : 0.5;
    };
    const centers = new Map(row.map(node => [node.name, center(node)]));
    row.sort((a, b) => centers.get(a.name)! - centers.get(b.name)!);
    row.forEach((node, i) => at.set(node.name, (i + 1) / (row.length + 1)));
  }
  return rows;
}
