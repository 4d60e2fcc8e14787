import assert from 'node:assert/strict';
import {test} from 'node:test';
import {mae2022} from '../../../lib/studies/masks/published';
import {maskAblations} from '../../../lib/studies/masks/ablations';
import type {MaskRow} from '../../../lib/studies/masks/study';
import {maskRow} from '../../figures/sample';

const changed = (settings: Partial<MaskRow['settings']>, name?: string) =>
  maskRow(0.75, 0, {accuracy: 0.4, settings, ...(name && {variant: name})});
const rows = [
  maskRow(null, 0, {accuracy: 0.3}),
  maskRow(0.75, 0, {accuracy: 0.4}),
  maskRow(0.75, 1, {accuracy: 0.4}),
  changed({target: 'pixels'}, 'target pixels'),
  changed({target: 'tokens'}, 'target tokens'),
  changed({maskTokenInEncoder: true}, 'mask token in the encoder'),
  changed({decoder: {width: 64, depth: 4}}, 'decoder of 4 blocks'),
  changed({decoder: {width: 32, depth: 1}}, 'decoder of 32 channels'),
  changed({decoder: {width: 128, depth: 1}}, 'decoder of 128 channels'),
];

test('each comparison has the reference and what differs from it in that thing alone, in order', () => {
  const all = maskAblations([...rows, changed({target: 'hog', maskTokenInEncoder: true}, 'two things')]);
  assert.deepEqual(
    all.map(({ablation, lines}) => [ablation, lines.map(({name, rows: {length}}) => `${name}: ${length}`)]),
    [
      ['target', ['pixels: 1', 'normalized pixels: 2', 'tokens: 1']],
      ['mask token', ['in the decoder: 2', 'in the encoder: 1']],
      ['decoder depth', ['1: 2', '4: 1']],
      ['decoder width', ['32: 1', '64: 2', '128: 1']],
    ],
  );
  assert.equal(
    all[0]!.about,
    'Masked autoencoders that differ in this alone. All else: random 75 % hidden, mask tokens in the ' +
      'decoder, a decoder of 1 block, 64 channels.',
  );
});

test('strategies have names that can be read aloud', () => {
  const [strategy] = maskAblations([
    rows[1]!,
    changed({mask: {strategy: 'inverseBlock', ratio: 0.75}}, 'inverseBlock 75 %'),
  ]);
  assert.deepEqual(
    strategy!.lines.map(({name}) => name),
    ['random 75 %', 'inverse blocks 75 %'],
  );
});

test('the paper has the same settings under its own names: a decoder as wide a share of the encoder', () => {
  const lines = new Map(
    maskAblations(rows).map(({ablation, lines: settings}) => [
      ablation,
      settings.map(({paper}) => mae2022.find(row => row.ablation === ablation && row.setting === paper)?.linear),
    ]),
  );
  assert.deepEqual(
    [...lines],
    [
      ['target', [0.735, 0.739, 0.716]],
      ['mask token', [0.735, 0.596]],
      ['decoder depth', [0.655, 0.719]],
      ['decoder width', [0.713, 0.735, 0.731]],
    ],
  );
});

test('a decoder that nobody chose has two thirds of the encoder', () => {
  const [depth] = maskAblations([
    {...rows[1]!, settings: {...rows[1]!.settings, decoder: undefined}},
    {...rows[1]!, settings: {...rows[1]!.settings, decoder: {width: 96, depth: 1}}},
  ]);
  assert.deepEqual(
    depth!.lines.map(({name}) => name),
    ['1', '3'],
  );
});

test('without the reference there is nothing to compare with', () => {
  assert.throws(
    () => maskAblations(rows.slice(3, 5)),
    /^RangeError: maskAblations: expected rows of random 75 %, got target pixels; target tokens/,
  );
  assert.deepEqual(maskAblations(rows.slice(1, 3)), []);
});
