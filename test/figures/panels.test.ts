import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Axes} from '../../lib/figures/notes';
import {panels, sideLabels, stack} from '../../lib/figures/panels';

test('panels fill the figure from top to bottom with the gap between them', () => {
  assert.deepEqual(stack([300, 100], 40), [
    [140 / 440, 1],
    [0, 100 / 440],
  ]);
  const {
    places: {height},
  } = panels(
    [
      {height: 300, traces: [], y: {}},
      {height: 100, traces: [], y: {}},
    ],
    {x: {title: ''}, top: 50, bottom: 60, gap: 40},
  );
  assert.equal(height, 550);
});

test('traces, headings and marks stand in their panel; the lowest alone is labeled', () => {
  const panel = (heading: string) => ({
    heading,
    height: 100,
    traces: [{name: heading}],
    y: {nticks: 3},
    marks: ({x, y}: Axes) => ({shapes: [{xref: x, yref: y}]}),
  });
  const {
    data,
    places: {annotations, shapes, ...axes},
  } = panels([panel('first'), panel('second')], {x: {title: 'dial', type: 'log'}, top: 0, bottom: 0, gap: 0});
  assert.deepEqual(data, [
    {name: 'first', xaxis: 'x', yaxis: 'y'},
    {name: 'second', xaxis: 'x2', yaxis: 'y2'},
  ]);
  assert.deepEqual(shapes, [
    {xref: 'x', yref: 'y'},
    {xref: 'x2', yref: 'y2'},
  ]);
  assert.deepEqual(
    annotations.map(({text, yref}) => [text, yref]),
    [
      ['first', 'y domain'],
      ['second', 'y2 domain'],
    ],
  );
  const {xaxis, xaxis2} = axes as Record<string, Record<string, unknown>>;
  assert.deepEqual(
    [
      xaxis!.showticklabels,
      xaxis!.title,
      xaxis2!.showticklabels,
      (xaxis2!.title as {text: string}).text,
      xaxis2!.matches,
    ],
    [false, undefined, true, 'dial', 'x'],
  );
});

test('names beside lines are led to from the height of their line', () => {
  const {annotations, shapes} = sideLabels(
    [
      {from: 1, value: 50, text: 'a', color: 'red'},
      {from: 0.9, value: 52, text: 'b', color: 'blue'},
    ],
    [0, 100],
    200,
    {x: 'x', y: 'y'},
  );
  assert.deepEqual(
    annotations.map(({text, yshift}) => [text, yshift]),
    [
      ['a', 89.5],
      ['b', 114.5],
    ],
  );
  assert.deepEqual(
    shapes.map(({x0, y0, y1}) => [x0, y0, y1]),
    [
      [1, 0.5, 89.5 / 200],
      [0.9, 0.52, 114.5 / 200],
    ],
  );
});
