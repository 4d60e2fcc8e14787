import assert from 'node:assert/strict';
import {test} from 'node:test';
import {profileFigure} from '../../lib/figures/profileFigure';
import type {Profile, ProfileRow} from '../../lib/analysis/profile';
import {isSound, matchesSnapshot} from './snapshot';

const row = (part: string, file: string, operation: string, milliseconds: number): ProfileRow => ({
  part,
  function: file,
  operation,
  milliseconds,
  count: 3,
  line: `${file} (lib/${file}.ts:1:2)`,
});
const profile: Profile = {
  rows: [
    row('gradient of backbone', 'convolution', 'Conv2DBackpropFilter', 60),
    row('gradient of backbone', 'convolution', 'Conv2D', 20),
    row('views', 'color', 'Mul', 12),
    row('views', 'crop', 'Add', 0.5),
    row('views', 'flip', 'Select', 0.4),
    row('backbone', 'convolution', 'Conv2D', 40),
    row('backbone', 'relu', 'Relu', 10),
    row('optimizer', 'adamW', 'Mul', 0.9),
    row('loss', 'ntXent', 'MatMul', 0.7),
    row('waiting', 'waiting', 'waiting', 1.5),
  ],
  untraced: [140, 150, 145],
  traced: [150, 152, 147],
  threads: 2,
  device: 'CPU, 2 threads (Some Processor), TensorFlow 2.21.0, Node 20.20.2',
};
type Trace = {base: number[]; y: number[]};

test('three columns of blocks, the thin ones together', () => {
  const figure = profileFigure(profile, {title: 'SimCLR, batch 256'});
  isSound(figure);
  matchesSnapshot(figure, __dirname, 'profileFigure');
});

test('in each column the blocks cover the step without gaps', () => {
  for (const {base, y} of profileFigure(profile, {title: 'SimCLR'}).data as unknown as Trace[]) {
    const ends = base.map((start, i) => start + y[i]!);
    assert.equal(base[0], 0);
    base.slice(1).forEach((start, i) => assert.ok(Math.abs(start - ends[i]!) < 1e-9, `${base} ${y}`));
    assert.ok(Math.abs(ends.at(-1)! - 146) < 1e-9);
  }
});

test('says how long a step takes, untraced and traced, and where', () => {
  const {layout, caption} = profileFigure(profile, {title: 'SimCLR'});
  assert.match(JSON.stringify(layout.title), /145 ms a step \(150 traced\) on 2 threads: Some Processor/);
  assert.match(caption, /145\.0 ms a step untraced, 150\.0 ms traced \(medians of 3 runs each/);
});

test('no rows are refused', () => {
  assert.throws(
    () => profileFigure({...profile, rows: []}, {title: ''}),
    /^RangeError: profileFigure: expected at least one row/,
  );
});
