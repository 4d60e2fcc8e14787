import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {FactorName} from '../../lib/datasets/factors';
import {missingInformation, sharedInformation} from '../../lib/information/sharedInformation';

test('what is missing for a task, and what is shared beside it, make the whole', () => {
  assert.deepEqual(missingInformation(['digit'], 'digit'), {missing: 0, excess: 0});
  assert.deepEqual(missingInformation(['background'], 'digit'), {missing: Math.log(10), excess: Math.log(8)});
  const {missing, excess} = missingInformation(['digit', 'background'], 'digit');
  assert.ok(missing === 0 && Math.abs(excess - Math.log(8)) < 1e-12);
  assert.ok(Math.abs(sharedInformation(['digit', 'background']) - Math.log(80)) < 1e-12);
  assert.throws(
    () => missingInformation(['digit'], 'shape' as FactorName),
    /^RangeError: missingInformation: expected factors of/,
  );
});
