import assert from 'node:assert/strict';
import {test} from 'node:test';
import {bars, errorBars, level, line, points, seedPoints} from '../../lib/figures/traces';

test('a trace says what was given, and nothing else', () => {
  assert.deepEqual(line('loss', [1, 2], [3, null], {color: 'red', width: 2}), {
    type: 'scatter',
    mode: 'lines',
    name: 'loss',
    x: [1, 2],
    y: [3, null],
    line: {color: 'red', width: 2},
    hoverinfo: 'skip',
  });
  assert.deepEqual(points('mean', [1], [2], {color: 'red', size: 9, hover: '%{y}', legend: false, group: 'mean'}), {
    type: 'scatter',
    mode: 'markers',
    name: 'mean',
    x: [1],
    y: [2],
    marker: {color: 'red', size: 9},
    showlegend: false,
    legendgroup: 'mean',
    hovertemplate: '%{y}<extra></extra>',
  });
});

test('points on a line, single seeds as rings, lying bars', () => {
  const marked = line('loss', [1], [2], {color: 'red', width: 2, points: {color: 'red', size: 9, most: 7}});
  assert.deepEqual([marked.mode, marked.marker], ['lines+markers', {color: 'red', size: 9, maxdisplayed: 7}]);
  const seeds = seedPoints('loss', [1], [2], {color: 'red'});
  assert.deepEqual(
    [seeds.name, seeds.marker],
    ['loss, each seed', {color: '#FFFFFF', size: 8, line: {color: 'red', width: 2}}],
  );
  const lying = bars(undefined, [1], ['a'], {color: 'red', width: 0.5, lying: true});
  assert.deepEqual([lying.type, lying.orientation, 'name' in lying], ['bar', 'h', false]);
});

test('a level reaches across any axis, or across the one that is given', () => {
  assert.deepEqual(level('chance', 10, {color: 'red', width: 2}).y, [10, 10]);
  assert.deepEqual(level('chance', 10, {color: 'red', width: 2, across: [0, 5]}).x, [0, 5]);
});

test('intervals reach up and down from the mean; one value has none', () => {
  const intervals = [
    {mean: 5, low: 3, high: 8},
    {mean: 5, low: NaN, high: NaN},
  ];
  const {array, arrayminus} = errorBars(intervals, {color: 'red'});
  assert.deepEqual(
    [array, arrayminus],
    [
      [3, null],
      [2, null],
    ],
  );
});
