import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {axis, colors, layout, marks, size, spread, wrap} from '../../lib/figures/theme';
import {withoutTheme} from './snapshot';

test('labels are moved apart, in their order, and those with room stay', () => {
  assert.deepEqual(spread([0, 100, 50], 10), [0, 100, 50]);
  assert.deepEqual(spread([50, 52], 10), [46, 56]);
  fc.assert(
    fc.property(
      fc.array(fc.integer({min: 0, max: 300}), {maxLength: 12}),
      fc.integer({min: 1, max: 40}),
      (values, gap) => {
        const moved = spread(values, gap);
        const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]! || a - b);
        order.slice(1).forEach((i, k) => assert.ok(moved[i]! - moved[order[k]!]! >= gap - 1e-9));
        const sum = (all: number[]) => all.reduce((a, b) => a + b, 0);
        // as little as possible: the center stays
        assert.ok(Math.abs(sum(moved) - sum(values)) < 1e-6);
      },
    ),
  );
});

test('text is broken after blanks and hyphens, and cut with an ellipsis', () => {
  assert.deepEqual(wrap('transport-ground and more', 12), ['transport-', 'ground and', 'more']);
  assert.deepEqual(wrap('transport-ground and more', 12, 2), ['transport-', 'ground and…']);
  assert.deepEqual(wrap('immeasurable', 6), ['immea…']);
});

test('no two series look alike without color', () => {
  assert.equal(new Set(marks.map(({symbol}) => symbol)).size, marks.length);
  assert.equal(new Set(marks.map(({color}) => color)).size, marks.length);
});

test('the look that all figures share', () => {
  assert.deepEqual(size, {title: 27, heading: 21, text: 20, small: 18});
  assert.deepEqual(
    Object.entries(colors).map(([name, hex]) => `${name} ${hex}`),
    [
      'blue #0072B2',
      'vermilion #D55E00',
      'green #009E73',
      'purple #CC79A7',
      'amber #E69F00',
      'sky #56B4E9',
      'black #000000',
      'text #222222',
      'quiet #5A5A5A',
      'grid #E4E4E4',
      'paper #FFFFFF',
      'tint #F5F5F2',
    ],
  );
  assert.deepEqual(layout({title: 'Title', subtitle: 'subtitle', height: 470, top: 100, legend: true, bargap: 0}), {
    width: 960,
    height: 470,
    font: {family: '"Open Sans", Arial, Helvetica, sans-serif', size: 20, color: '#222222'},
    paper_bgcolor: '#FFFFFF',
    plot_bgcolor: '#FFFFFF',
    margin: {t: 100, b: 80, l: 90, r: 40, pad: 0},
    title: {
      text: 'Title',
      font: {size: 27},
      subtitle: {text: 'subtitle', font: {size: 18, color: '#5A5A5A'}},
      x: 0,
      xref: 'container',
      xanchor: 'left',
      y: 1,
      yref: 'container',
      yanchor: 'top',
      pad: {t: 16, l: 24},
    },
    hovermode: 'closest',
    hoverlabel: {font: {size: 18}},
    showlegend: true,
    legend: {
      orientation: 'h',
      x: 0.02,
      xref: 'container',
      xanchor: 'left',
      y: 0.8,
      yref: 'container',
      yanchor: 'top',
      font: {size: 20},
      itemsizing: 'trace',
      tracegroupgap: 0,
    },
    bargap: 0,
  });
  assert.deepEqual(axis({title: 'epoch', range: [0, 1]}), {
    showline: true,
    linecolor: '#5A5A5A',
    linewidth: 1.5,
    ticks: 'outside',
    tickcolor: '#5A5A5A',
    ticklen: 6,
    tickfont: {size: 18},
    gridcolor: '#E4E4E4',
    gridwidth: 1,
    zeroline: false,
    automargin: false,
    title: {text: 'epoch', font: {size: 21}, standoff: 12},
    range: [0, 1],
  });
});

test('a snapshot is the same under another look, and another where a figure differs', () => {
  const figure = (color: string, legend: boolean) => ({
    data: [{marker: {color}}],
    layout: layout({title: 'Title', subtitle: 'subtitle', height: 470, top: 100, legend, xaxis: axis({range: [0, 1]})}),
  });
  assert.deepEqual(withoutTheme(figure(colors.blue, true)), {
    data: [{marker: {color: 'blue'}}],
    layout: {
      height: 470,
      margin: {b: 80, l: 90, pad: 0, r: 40, t: 100},
      showlegend: true,
      subtitle: 'subtitle',
      title: 'Title',
      xaxis: {range: [0, 1]},
    },
  });
  assert.notDeepEqual(withoutTheme(figure(colors.blue, true)), withoutTheme(figure(colors.blue, false)));
});
