import assert from 'node:assert/strict';
import {test} from 'node:test';
import {quantile} from '../lib/quantile';
import {close} from './close';

test('between two values, and at both ends, as numpy\'s', () => {
  close([0, 0.25, 0.5, 0.75, 1].map(share => quantile([1, 2, 4], share)), [1, 1.5, 2, 3, 4], 1e-12);
  close([0.1, 0.9].map(share => quantile(Float32Array.from([-3, 0, 1, 1, 8, 20]), share)), [-1.5, 14], 1e-12);
  assert.equal(quantile([7], 0.3), 7);
});
