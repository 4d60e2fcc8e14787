import assert from 'node:assert/strict';
import {test} from 'node:test';
import {accuracyFigure} from '../../lib/figures/accuracyFigure';
import {isSound, matchesSnapshot} from './snapshot';

const rows = [0.42, 0.45, 0.43]
  .map((accuracy, seed) => ({name: 'SimCLR', accuracy, seed, run: `r${seed}`}))
  .concat({name: 'HOG', accuracy: 0.52, seed: null as never, run: undefined as never, baseline: true} as never);

test('bars with seeds, intervals and a baseline', () => {
  const figure = accuracyFigure(rows, {title: 'k-NN', protocol: 'k = 20, τ = 0.07'});
  isSound(figure);
  matchesSnapshot(figure, __dirname, 'accuracyFigure');
  assert.deepEqual(figure.runs, ['r0', 'r1', 'r2']);
});

test('no rows are refused', () => {
  assert.throws(
    () => accuracyFigure([], {title: '', protocol: ''}),
    /^RangeError: accuracyFigure: expected at least one row/,
  );
});
