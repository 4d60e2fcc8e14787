import assert from 'node:assert/strict';
import {test} from 'node:test';
import {inPercent, percentText} from '../lib/percent';

test('a share in percent, as a number and as a text', () => {
  assert.deepEqual([0.12345, 1, 0, -0.5].map(inPercent), [12.3, 100, 0, -50]);
  assert.deepEqual([percentText(0.5), percentText(0.126, 0), percentText(1 / 3, 2)], ['50.0 %', '13 %', '33.33 %']);
});
