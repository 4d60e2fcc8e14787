import assert from 'node:assert/strict';
import {test} from 'node:test';
import {neighborsFigure} from '../../lib/figures/neighborsFigure';
import {picture} from './sample';
import {isSound, matchesSnapshot} from './snapshot';

test('queries with their neighbors', () => {
  const figure = neighborsFigure(
    [
      {query: picture('cat'), neighbors: [picture('cat'), picture('dog')]},
      {query: picture('dog'), neighbors: [picture('dog'), picture('dog')]},
    ],
    {credits: ['somebody']},
  );
  isSound(figure);
  matchesSnapshot(figure, __dirname, 'neighborsFigure');
});

test('without classes nothing is judged', () => {
  const figure = neighborsFigure([{query: picture(), neighbors: [picture('cat')]}]);
  assert.deepEqual(figure.layout.shapes, []);
  assert.match(figure.caption, /No classes known/);
});

test('queries need equally many neighbors', () => {
  assert.throws(() => neighborsFigure([]), /^RangeError: neighborsFigure: expected at least one query/);
  assert.throws(
    () =>
      neighborsFigure([
        {query: picture(), neighbors: [picture()]},
        {query: picture(), neighbors: []},
      ]),
    /^RangeError: neighborsFigure: expected 1 neighbors of each query, got 1,0/,
  );
});
