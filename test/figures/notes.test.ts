import assert from 'node:assert/strict';
import {test} from 'node:test';
import {across, down, inside, note} from '../../lib/figures/notes';

const axes = {x: 'x2', y: 'y2'};

test('a note stands where it is put, by the part of it that is named', () => {
  const {font, ...placed} = note('log K', {on: inside(axes), x: 1, y: 0, anchor: 'left bottom', shift: {y: 4}});
  assert.deepEqual(placed, {
    text: 'log K',
    xref: 'x2 domain',
    yref: 'y2 domain',
    x: 1,
    y: 0,
    xanchor: 'left',
    yanchor: 'bottom',
    yshift: 4,
    showarrow: false,
  });
  assert.deepEqual(font, {size: 18});
});

test('lines across and down fill their panel at a value of the other axis', () => {
  const look = {color: 'red', width: 2};
  const ends = ({xref, yref, x0, x1, y0, y1}: ReturnType<typeof across>) => [xref, yref, x0, x1, y0, y1];
  assert.deepEqual(ends(across(axes, 7, look)), ['x2 domain', 'y2', 0, 1, 7, 7]);
  assert.deepEqual(ends(down(axes, 7, look)), ['x2', 'y2 domain', 7, 7, 0, 1]);
});
