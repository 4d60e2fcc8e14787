import assert from 'node:assert/strict';
import {test} from 'node:test';
import {imageGrid} from '../../lib/figures/imageGrid';
import {picture} from './sample';
import {isSound, matchesSnapshot} from './snapshot';

test('a grid with names, verdicts and a credit', () => {
  const figure = imageGrid(
    [[picture('a'), {...picture('a'), verdict: 'right'}, {...picture('b & <c>'), verdict: 'wrong'}], [picture('d')]],
    {
      title: 'Grid',
      columns: ['first', 'second', 'third'],
      rowNames: ['one', 'a name of a row that needs several lines'],
      credits: ['somebody, CC BY 4.0'],
    },
  );
  isSound(figure);
  matchesSnapshot(figure, __dirname, 'imageGrid');
});

test('pictures keep their proportions and do not overlap', () => {
  const {layout} = imageGrid([[{...picture(), width: 200, height: 100}, picture()]], {title: ''});
  const [wide, square] = layout.images as unknown as {x: number; y: number; sizex: number; sizey: number}[];
  assert.equal(wide!.sizex / wide!.sizey, 2);
  assert.ok(wide!.x + wide!.sizex < square!.x);
});

test('twelve columns fit the width', () => {
  const {layout} = imageGrid([Array.from({length: 12}, () => picture('label'))], {title: 'Wide'});
  assert.ok(layout.width <= 960);
});

test('nothing to show, and names that do not fit, are refused', () => {
  assert.throws(() => imageGrid([], {title: ''}), /^RangeError: imageGrid: expected at least one picture/);
  assert.throws(
    () => imageGrid([[picture()]], {title: '', columns: ['a', 'b']}),
    /^RangeError: imageGrid: expected 1 column names, got 2/,
  );
  assert.throws(
    () => imageGrid([[picture()]], {title: '', rowNames: []}),
    /^RangeError: imageGrid: expected 1 row names, got 0/,
  );
});
