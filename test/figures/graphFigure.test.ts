import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {StepNode} from '../../lib/engine/graphOf';
import {graphFigure} from '../../lib/figures/graphFigure';
import {isSound, matchesSnapshot} from './snapshot';

const node = (
  name: string,
  kind: StepNode['kind'],
  label: string,
  inputs: string[] = [],
  gradient = false,
): StepNode => ({name, kind, label, inputs, gradient});
const nodes = [
  node('a', 'state', 'w'),
  node('b', 'input', 'x'),
  node('c', 'operation', 'MatMul', ['b', 'a']),
  node('d', 'constant', '2'),
  node('e', 'operation', 'Mul', ['c', 'd'], true),
  node('f', 'operation', 'Sub', ['a', 'e']),
];

test('each node stands below all that it needs, a constant just above its user', () => {
  const figure = graphFigure(nodes, {title: 'A step'});
  isSound(figure);
  matchesSnapshot(figure, __dirname, 'graphFigure');
  const rows = Object.fromEntries(
    (figure.layout.annotations as {text: string; y: number}[]).map(({text, y}) => [text, y]),
  );
  assert.deepEqual(rows, {w: 0, x: 0, MatMul: 1, 2: 1, Mul: 2, Sub: 3});
});

test('no nodes and too many are refused', () => {
  assert.throws(() => graphFigure([], {title: ''}), /^RangeError: graphFigure: expected 1 to 80 nodes, got 0/);
  assert.throws(
    () =>
      graphFigure(
        Array.from({length: 81}, (_, i) => node(`${i}`, 'input', 'x')),
        {title: ''},
      ),
    /got 81: count the operations/,
  );
});
