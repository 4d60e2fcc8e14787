import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tf} from '../../lib/engine/tf';
import {dialFigure} from '../../lib/figures/dialFigure';
import {flat} from '../flat';
import {isSound, matchesSnapshot} from './snapshot';

test('a row an image, a column a value; no tensor is left', async () => {
  const figure = await flat(() =>
    dialFigure([0, 0.5, 1], value => tf.fill([2, 1, 1, 3], value), {
      dial: 'brightness',
      title: 'Brighter',
      labels: ['a', 'b'],
      format: value => `${100 * value} %`,
      credits: ['somebody'],
    }),
  );
  isSound(figure);
  assert.deepEqual(
    figure.rows.map(({row, column}) => [row, column]),
    ['a', 'b'].flatMap(row => ['0 %', '50 %', '100 %'].map(column => [row, column])),
  );
  const {source: _, ...first} = (figure.layout.images as {source: string}[])[0]!;
  // the bytes of a PNG depend on sharp's version
  matchesSnapshot({...figure, layout: {...figure.layout, images: [first]}}, __dirname, 'dialFigure');
  const sources = (figure.layout.images as {source: string}[]).map(({source}) => source);
  assert.equal(new Set(sources.slice(0, 3)).size, 3);
  assert.deepEqual(sources.slice(0, 3), sources.slice(3));
});

test('no value, and other numbers of images, are refused', async () => {
  await assert.rejects(
    dialFigure([], () => tf.zeros([1, 1, 1, 3]), {dial: 'x', title: ''}),
    /^RangeError: dialFigure: expected at least one value of the dial/,
  );
  await assert.rejects(
    dialFigure([1, 2], n => tf.zeros([n, 1, 1, 3]), {dial: 'x', title: ''}),
    /^RangeError: dialFigure: expected 1 images at each value, got 1,2/,
  );
});
