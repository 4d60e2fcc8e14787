import assert from 'node:assert/strict';
import {test} from 'node:test';
import {attentionFigure} from '../../lib/figures/attentionFigure';
import {picture} from './sample';
import {isSound, matchesSnapshot} from './snapshot';

const maps = [
  [picture('40 %'), picture('50 %'), picture('60 %')],
  [picture('10 %'), picture('20 %'), picture('30 %')],
];

test('an image a row, the heads of two networks beside it', () => {
  const figure = attentionFigure([picture('cat'), picture('dog')], maps, {
    networks: {untrained: 1, MAE: 2},
    labels: 'share on the drawing',
    credits: ['somebody'],
  });
  isSound(figure);
  matchesSnapshot(figure, __dirname, 'attentionFigure');
});

test('one network needs no name', () => {
  assert.match(
    attentionFigure([picture('cat')], maps.slice(1)).alt,
    /cat: image, head 1 10 %, head 2 20 %, head 3 30 %/,
  );
});

test('numbers that do not fit are refused', () => {
  assert.throws(
    () => attentionFigure([picture()], maps),
    /^RangeError: attentionFigure: expected as many maps of each of 1 images, got 3, 3/,
  );
  assert.throws(
    () => attentionFigure([], []),
    /^RangeError: attentionFigure: expected as many maps of each of 0 images, got none/,
  );
  assert.throws(
    () => attentionFigure([picture(), picture()], [maps[0]!, maps[1]!.slice(1)]),
    /^RangeError: attentionFigure: expected as many maps of each of 2 images, got 3, 2/,
  );
  assert.throws(
    () => attentionFigure([picture(), picture()], maps, {networks: {MAE: 2}}),
    /^RangeError: attentionFigure: expected networks with 3 maps in all, got 2/,
  );
});
