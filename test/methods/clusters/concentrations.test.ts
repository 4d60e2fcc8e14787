import assert from 'node:assert/strict';
import {test} from 'node:test';
import {concentrations} from '../../../lib/methods/clusters/concentrations';
import {close} from '../../close';
import reference from '../../reference/prototypes.json';

test("equal those of the authors' formula, with a cluster of one point and one of none", () => {
  const {distances, assignment, k, values} = reference.concentrations;
  close(concentrations(distances, assignment, k, {temperature: 0.2}), values, 1e-6);
});

test('the mean is the temperature; a loose cluster has more than a close one, a small one than a large one', () => {
  const [loose, close_] = concentrations([2, 2, 1, 1], [0, 0, 1, 1], 2, {temperature: 0.1});
  close([(loose! + close_!) / 2], [0.1], 1e-6);
  assert.ok(loose! > close_!);
  const [small, large] = concentrations([1, 1, 1, 1, 1, 1], [0, 0, 1, 1, 1, 1], 2, {temperature: 0.1});
  assert.ok(small! > large!);
});

test('clusters that are one place each have the temperature itself; a temperature of 0 is refused', () => {
  close(concentrations([0, 0, 0], [0, 1, 2], 3, {temperature: 0.3}), [0.3, 0.3, 0.3], 1e-6);
  assert.throws(
    () => concentrations([1], [0], 1, {temperature: 0}),
    /^RangeError: concentrations: expected temperature > 0, got 0/,
  );
});
