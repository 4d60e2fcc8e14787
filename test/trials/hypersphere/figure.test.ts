import assert from 'node:assert/strict';
import {test} from 'node:test';
import {hypersphereFigure, type DrawnFrame} from '../../../lib/trials/hypersphere/figure';
import {isSound, matchesSnapshot} from '../../figures/snapshot';

const onCircle = (degrees: readonly number[]) =>
  degrees.map(angle => [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)]);
const base = {
  dataset: 'toy',
  seed: 0,
  steps: 20,
  labels: [0, 0, 1, 1],
  classes: ['cat', 'dog'],
  alignment: 0.125,
  uniformity: 1.5,
  tolerance: -0.25,
};
const at = (objective: string, step: number, degrees: readonly number[]): DrawnFrame => ({
  ...base,
  objective,
  step,
  loss: step === 0 ? null : 2,
  points: onCircle(degrees),
});
const circles = [
  at('τ = 0.2', 0, [1, 2, 3, 4]),
  at('τ = 0.2', 20, [10, 20, 190, 200]),
  at('τ = 1', 0, [1, 2, 3, 4]),
  at('τ = 1', 20, [45, 135, 225, 315]),
];
const spheres = [
  [
    [0, 0, 1],
    [0, 0, -1],
    [1, 0, 0],
    [0, -1, 0],
  ],
  [
    [0.6, 0, 0.8],
    [0.6, 0, -0.8],
    [1, 0, 0],
    [0, 1, 0],
  ],
].map((points, i): DrawnFrame => ({...base, objective: 'τ = 0.2', step: 20 * i, points}));
type Trace = {
  r?: number[];
  theta?: number[];
  x?: number[];
  y?: number[];
  text?: string[];
  type: string;
  mode?: string;
  marker?: {size?: number};
};
const points = ({data}: {data: unknown[]}) =>
  (data as Trace[]).filter(({mode, marker}) => mode === 'markers' && marker?.size === 8);

test('a circle for each temperature', () => {
  const figure = hypersphereFigure(circles);
  isSound(figure);
  matchesSnapshot(figure, __dirname, 'figure');
});

test('the sphere as two discs', () => {
  const figure = hypersphereFigure(spheres);
  isSound(figure);
  matchesSnapshot(figure, __dirname, 'figureSphere');
});

test('it opens at the last step; every frame moves the traces that it names, each with its own data', () => {
  for (const figure of [hypersphereFigure(circles), hypersphereFigure(spheres)]) {
    const [first, last] = figure.frames as unknown as {name: string; data: object[]; traces: number[]}[];
    assert.deepEqual([first!.name, last!.name], ['0', '20']);
    for (const {data, traces} of [first!, last!]) assert.equal(data.length, traces.length);
    last!.traces.forEach((trace, i) => assert.deepEqual({...figure.data[trace], ...last!.data[i]}, figure.data[trace]));
    assert.notDeepEqual(first!.data, last!.data);
  }
  assert.deepEqual(
    points(hypersphereFigure(circles)).map(({theta}) => theta),
    [
      [10, 20],
      [190, 200],
      [45, 135],
      [225, 315],
    ],
  );
});

test('bins of an even share are all as long, and bars of all classes add up to all points', () => {
  const even = Array.from({length: 40}, (_, i) => 9 * i + 1);
  const [frame] = [{...base, objective: 'even', step: 0, points: onCircle(even), labels: even.map((_, i) => i % 2)}];
  const traces = hypersphereFigure([frame]).data as unknown as Trace[];
  // the first carries the others
  const bars = traces.filter(({type}) => type === 'barpolar').slice(1);
  const total = bars[0]!.r!.map((length, bin) => Number((length + bars[1]!.r![bin]!).toFixed(6)));
  assert.deepEqual(
    total,
    Array.from({length: 8}, () => 0.12),
  );
});

test('equal areas of the sphere are equal areas of the discs, and the rim is shared', () => {
  const cap = (z: number): DrawnFrame => ({
    ...base,
    objective: 'cap',
    step: 0,
    points: [
      [Math.sqrt(1 - z * z), 0, z],
      [0, 1, 0],
      [0, 0, 1],
      [0, 0, -1],
    ],
  });
  for (const z of [0.9, 0.5, 0.1, -0.5]) {
    const [first] = points(hypersphereFigure([cap(z)]));
    const [x, y] = [first!.x![0]!, first!.y![0]! - (z >= 0 ? 1.1 : -1.1)];
    assert.ok(
      Math.abs(x * x + y * y - (1 - Math.abs(z))) < 2e-3,
      `a cap has the area 2π(1 − z), its disc ${x * x + y * y} π`,
    );
  }
  const [front] = points(hypersphereFigure([cap(0)]));
  const [back] = points(hypersphereFigure([cap(-1e-9)]));
  assert.deepEqual([front!.x![0], front!.y![0]! - back!.y![0]!], [back!.x![0], 2.2]);
});

test("measurements that are not known are left out, and points of one's own need no training", () => {
  const {dataset, classes, labels} = base;
  const figure = hypersphereFigure([
    {dataset, classes, labels, objective: 'by hand', step: 0, points: onCircle([0, 90, 180, 270]), uniformity: 1.7},
  ]);
  isSound(figure);
  assert.ok(!figure.frames && !figure.layout.sliders);
  assert.deepEqual((figure.data.at(-1) as {text: string[]}).text, ['uniformity 1.70']);
  assert.match(figure.caption, /^4 points on the unit circle\. /);
});

test('frames that do not go together are refused', () => {
  const refused = (frames: readonly DrawnFrame[], message: RegExp) =>
    assert.throws(() => hypersphereFigure(frames), message);
  refused([], /^RangeError: hypersphereFigure: expected at least one frame/);
  refused(
    [...circles, {...circles[0]!, classes: ['cat', 'bird']}],
    /^RangeError: hypersphereFigure: expected frames of one data set, its classes and one number of dimensions, got toy \(cat, dog\) in 2 dimensions; toy \(cat, bird\)/,
  );
  refused(
    [...circles, {...circles[0]!, labels: [0, 1, 0, 1]}],
    /^RangeError: hypersphereFigure: expected the same images in all frames, got other labels in some/,
  );
  refused(
    [{...circles[0]!, points: [[1], [1], [1], [1]]}],
    /^RangeError: hypersphereFigure: expected points of 2 or 3 dimensions, got 1/,
  );
  refused(
    circles.slice(0, 2).concat(circles[3]!),
    /^RangeError: hypersphereFigure: expected a frame of each panel at step 0, got none of τ = 1/,
  );
});

test('a panel that has no frame of a step shows its latest one', () => {
  const figure = hypersphereFigure([...circles, at('τ = 1', 10, [5, 6, 7, 8])]);
  const middle = (figure.frames as unknown as {name: string; data: Trace[]}[]).find(({name}) => name === '10')!;
  assert.deepEqual(
    middle.data.filter(({theta, r}) => theta && !r).map(({theta}) => theta),
    [
      [1, 2],
      [3, 4],
      [5, 6],
      [7, 8],
    ],
  );
});
