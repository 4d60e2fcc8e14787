import assert from 'node:assert/strict';
import {test} from 'node:test';
import {capital, count, percent, roomyRange, sentences, signed, spanOf, thousands} from '../../lib/figures/texts';

test('sentences without a reason are left out', () => {
  const runs: string[] = [];
  assert.equal(sentences('One.', runs.length > 0 && 'Two.', undefined, '', 'Three.'), 'One. Three.');
});

test('numbers as a person writes them', () => {
  assert.deepEqual([count(1, 'image'), count(0, 'image'), count(3, 'image')], ['1 image', '0 images', '3 images']);
  assert.deepEqual([percent(41.06), percent(41.06, 0)], ['41.1 %', '41 %']);
  assert.deepEqual([signed(-0.244, 2), signed(0.5, 2)], ['−0.24', '0.50']);
  assert.equal(thousands(65536), '65,536');
  assert.equal(capital('one seed'), 'One seed');
});

test('spans and ranges pass over what is not finite', () => {
  assert.deepEqual(spanOf([3, NaN, -1, Infinity, 2]), [-1, 3]);
  assert.deepEqual(roomyRange([0, 10, NaN], 0.1), [-1, 11]);
  assert.deepEqual(roomyRange([4, 4], 0.5), [3.5, 4.5]);
  assert.throws(() => spanOf([NaN]), /^RangeError: spanOf: expected at least one finite number, got none/);
});
