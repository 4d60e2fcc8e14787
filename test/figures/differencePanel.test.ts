import assert from 'node:assert/strict';
import {test} from 'node:test';
import {differencePanel, differencesText} from '../../lib/figures/differencePanel';
import {colors, mark} from '../../lib/figures/theme';

const differences = [
  {dial: 0.05, mean: -0.06, low: -0.08, high: -0.04, n: 3},
  {dial: 1, mean: 0.004, low: -0.01, high: 0.018, n: 2},
];
const options = {reference: 0.3, nameOf: (τ: number) => `τ = ${τ}`, style: 0};

test('points of accuracy with their intervals; filled where the interval leaves 0 out', () => {
  const {traces, heading, marks} = differencePanel(differences, options);
  const [trace] = traces as {x: number[]; y: number[]; marker: {color: string[]}; error_y: {array: number[]}}[];
  assert.deepEqual(
    [trace!.x, trace!.y],
    [
      [0.05, 1],
      [-6, 0.4],
    ],
  );
  assert.deepEqual(trace!.marker.color, [mark(0).color, colors.paper]);
  assert.ok(Math.abs(trace!.error_y.array[0]! - 2) < 1e-9);
  assert.match(heading!, /^difference to τ = 0\.3 \(points/);
  const {shapes} = marks!({x: 'x', y: 'y'});
  assert.deepEqual([shapes![0]!.y0, shapes![0]!.y1], [0, 0]);
});

test('in words', () => {
  assert.equal(
    differencesText(differences, options),
    'Difference to τ = 0.3 in points: τ = 0.05 −6.0 (−8.0 to −4.0), τ = 1 +0.4 (−1.0 to +1.8)',
  );
});
