import assert from 'node:assert/strict';
import {test} from 'node:test';
import {viewsFigure} from '../../lib/figures/viewsFigure';
import {picture} from './sample';
import {isSound, matchesSnapshot} from './snapshot';

test('originals beside their views', () => {
  const figure = viewsFigure(
    [picture('cat'), picture('dog')],
    {'view 1': [picture(), picture()], 'view 2': [picture(), picture()]},
    {title: 'Two views', credits: ['somebody']},
  );
  isSound(figure);
  matchesSnapshot(figure, __dirname, 'viewsFigure');
});

test('a view for each original', () => {
  assert.throws(
    () => viewsFigure([picture(), picture()], {crop: [picture()]}),
    /^RangeError: viewsFigure: expected 2 pictures of "crop", one for each original, got 1/,
  );
});
