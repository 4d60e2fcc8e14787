import assert from 'node:assert/strict';
import {test} from 'node:test';
import {spectrumFigure} from '../../lib/figures/spectrumFigure';
import {isSound, matchesSnapshot} from './snapshot';

const falling = (first: number, share: number) => Array.from({length: 24}, (_, k) => first * share ** k);
const spectra = {
  sound: falling(0.2, 0.85),
  flat: [...falling(0.5, 0.9).slice(0, 2), ...falling(1e-5, 0.5).slice(2)],
  point: falling(1e-5, 0.7),
};

test('a curve for each, with its name at its end; rounding is cut off', () => {
  const figure = spectrumFigure(spectra, {source: 'made up'});
  isSound(figure);
  matchesSnapshot(figure, __dirname, 'spectrumFigure');
  const lowest = Math.min(...(figure.data as {y: number[]}[]).flatMap(({y}) => y));
  assert.equal(lowest, 1e-9);
  assert.ok(Math.min(...figure.rows.map(({variance}) => variance as number)) < 1e-9, 'rows keep what was measured');
});

test('none is refused', () => {
  assert.throws(
    () => spectrumFigure({}),
    /^RangeError: spectrumFigure: expected at least one spectrum with values, got none/,
  );
  assert.throws(
    () => spectrumFigure({empty: []}),
    /^RangeError: spectrumFigure: expected at least one spectrum with values, got none/,
  );
});
