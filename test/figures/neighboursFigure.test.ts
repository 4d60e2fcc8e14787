import assert from 'node:assert/strict';
import {test} from 'node:test';
import {neighboursFigure} from '../../lib/figures/neighboursFigure';
import {picture} from './sample';
import {isSound, matchesSnapshot} from './snapshot';

test('queries with their neighbors', () => {
  const figure = neighboursFigure(
    [
      {query: picture('cat'), neighbours: [picture('cat'), picture('dog')]},
      {query: picture('dog'), neighbours: [picture('dog'), picture('dog')]},
    ],
    {credits: ['somebody']},
  );
  isSound(figure);
  matchesSnapshot(figure, __dirname, 'neighboursFigure');
});

test('without classes nothing is judged', () => {
  const figure = neighboursFigure([{query: picture(), neighbours: [picture('cat')]}]);
  assert.deepEqual(figure.layout.shapes, []);
  assert.match(figure.caption, /No classes known/);
});

test('queries need equally many neighbors', () => {
  assert.throws(() => neighboursFigure([]), /^RangeError: neighboursFigure: expected at least one query/);
  assert.throws(
    () =>
      neighboursFigure([
        {query: picture(), neighbours: [picture()]},
        {query: picture(), neighbours: []},
      ]),
    /^RangeError: neighboursFigure: expected 1 neighbors of each query, got 1,0/,
  );
});
